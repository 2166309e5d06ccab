/** Old algorithms that a configuration can switch on, by OpenSSH's names. */
const LEGACY: ReadonlySet<string> = new Set([
  ...['diffie-hellman-group1-sha1', 'diffie-hellman-group14-sha1', 'diffie-hellman-group-exchange-sha1'],
  ...['ssh-rsa', 'ssh-dss'],
  ...['aes128-cbc', 'aes192-cbc', 'aes256-cbc', '3des-cbc'],
  ...['hmac-sha1', 'hmac-sha1-96', 'hmac-md5', 'hmac-md5-96', 'hmac-sha1-etm@openssh.com'],
]);

/**
 * Returns the old algorithms that a list of ssh_config(5) switches on: `+` and `^` add to the usual ones, a bare list
 * stands for itself, and `-` adds nothing.
 */
export function addedAlgorithms(list: string): readonly string[] {
  if (list.startsWith('-')) return [];
  return list
    .replace(/^[+^]/, '')
    .split(',')
    .filter((name) => LEGACY.has(name));
}
