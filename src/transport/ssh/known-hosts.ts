import { createHmac, timingSafeEqual } from 'node:crypto';

/** One line of a known_hosts file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). */
export interface KnownHost {
  readonly marker: 'none' | 'revoked' | 'cert-authority';
  /** Whether the line speaks of this host, named as `hostId` names it. */
  matches(hostId: string): boolean;
  readonly keyType: string;
  /** The key blob in base64. */
  readonly key: string;
}

/** Names a host as known_hosts files do: the bare name for port 22, else `[name]:port`. */
export function hostId(host: string, port: number): string {
  const name = host.toLowerCase();
  return port === 22 ? name : `[${name}]:${port}`;
}

function hashedMatcher(field: string): KnownHost['matches'] {
  const [, , salt = '', hash = ''] = field.split('|');
  const wanted = Buffer.from(hash, 'base64');
  const key = Buffer.from(salt, 'base64');
  return (id) => {
    const digest = createHmac('sha1', key).update(id).digest();
    return digest.length === wanted.length && timingSafeEqual(digest, wanted);
  };
}

/** Returns what tells whether a name is one of these, which may have wildcards and `!` in front (ssh_config(5), PATTERNS). */
export function namesMatcher(names: readonly string[]): (name: string) => boolean {
  const patterns = names.map((name) => name.toLowerCase());
  if (patterns.every((pattern) => !/[*?!]/.test(pattern))) return (id) => patterns.includes(id);
  const rules = patterns.map((pattern) => {
    const negated = pattern.startsWith('!');
    const source = (negated ? pattern.slice(1) : pattern)
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*+/g, '.*')
      .replaceAll('?', '.');
    return { negated, regex: new RegExp(`^${source}$`) };
  });
  // A negated pattern that fits forbids the whole line, whatever else fits.
  return (id) =>
    !rules.some(({ negated, regex }) => negated && regex.test(id)) &&
    rules.some(({ negated, regex }) => !negated && regex.test(id));
}

/** Reads one line; undefined for a comment, an empty line and one that is not understood (as OpenSSH does). */
export function parseKnownHost(line: string): KnownHost | undefined {
  const fields = line.trim().split(/\s+/);
  let marker: KnownHost['marker'] = 'none';
  if (fields[0]?.startsWith('@')) {
    const name = fields.shift()?.slice(1);
    if (name !== 'revoked' && name !== 'cert-authority') return undefined;
    marker = name;
  }
  const [names, keyType, key] = fields;
  if (names === undefined || keyType === undefined || key === undefined || names.startsWith('#')) return undefined;
  const matches = names.startsWith('|1|') ? hashedMatcher(names) : namesMatcher(names.split(','));
  return { marker, matches, keyType, key };
}

/** Writes the line that remembers a key. */
export function formatKnownHost(id: string, key: Buffer): string {
  return `${id} ${keyTypeOf(key)} ${key.toString('base64')}\n`;
}

/** Returns the type that a key blob names itself (RFC 4253, section 6.6: a string in front). */
export function keyTypeOf(key: Buffer): string {
  const length = key.length >= 4 ? key.readUInt32BE(0) : 0;
  return key.subarray(4, 4 + Math.min(length, 64)).toString('latin1');
}
