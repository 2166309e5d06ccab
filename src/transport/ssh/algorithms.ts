/**
 * Key exchange methods in our order: the curves, then the named groups, and group exchange last. Group exchange
 * makes ssh2 test the server's prime, which stops the whole process for 0.2 to 27 s, so it is for servers that
 * have nothing else.
 */
export const KEX: readonly string[] = [
  'curve25519-sha256',
  'curve25519-sha256@libssh.org',
  'ecdh-sha2-nistp256',
  'ecdh-sha2-nistp384',
  'ecdh-sha2-nistp521',
  'diffie-hellman-group14-sha256',
  'diffie-hellman-group16-sha512',
  'diffie-hellman-group18-sha512',
  'diffie-hellman-group15-sha512',
  'diffie-hellman-group17-sha512',
  'diffie-hellman-group-exchange-sha256',
];

const HOST_KEYS: readonly string[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
  'ssh-rsa',
];

/**
 * Returns the host key algorithms to offer, those of keys that are already known for the host first: otherwise a
 * server with several keys would show one that we have never seen (OpenSSH orders them so as well).
 */
export function hostKeyAlgorithms(knownTypes: readonly string[]): readonly string[] {
  const known = knownTypes
    .flatMap((type) => (type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'] : [type]))
    .filter((name) => HOST_KEYS.includes(name));
  return [...new Set([...known, ...HOST_KEYS])];
}
