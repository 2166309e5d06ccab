import { didYouMean, OptionError } from '../../base/index.js';
import { type Ssh2AlgorithmKind, supportedAlgorithms } from './ssh2.js';

/** What is agreed on at the start of a connection (RFC 4253, section 7.1). */
export type AlgorithmKind = Ssh2AlgorithmKind;

export type Algorithms = Readonly<Record<AlgorithmKind, readonly string[]>>;

/** What everybody is offered, in our order: the curves, then the named groups, and group exchange last. */
const SAFE: Algorithms = {
  kex: [
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
  ],
  serverHostKey: [
    'ssh-ed25519',
    'ecdsa-sha2-nistp256',
    'ecdsa-sha2-nistp384',
    'ecdsa-sha2-nistp521',
    'rsa-sha2-512',
    'rsa-sha2-256',
  ],
  cipher: [
    'aes128-gcm@openssh.com',
    'aes256-gcm@openssh.com',
    'chacha20-poly1305@openssh.com',
    'aes128-ctr',
    'aes192-ctr',
    'aes256-ctr',
  ],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
  compress: ['none', 'zlib@openssh.com', 'zlib'],
};

/** What only those devices are offered whose target names it: SHA-1 and MD5, groups of 1,024 bits, CBC; the best first. */
const LEGACY: Algorithms = {
  kex: ['diffie-hellman-group14-sha1', 'diffie-hellman-group-exchange-sha1', 'diffie-hellman-group1-sha1'],
  serverHostKey: ['ssh-rsa', 'ssh-dss'],
  cipher: [
    ...['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc', 'blowfish-cbc', 'cast128-cbc'],
    ...['arcfour256', 'arcfour128', 'arcfour'],
  ],
  hmac: [
    ...['hmac-sha1-etm@openssh.com', 'hmac-sha1', 'hmac-sha2-256-96', 'hmac-sha2-512-96', 'hmac-ripemd160'],
    ...['hmac-sha1-96', 'hmac-md5', 'hmac-md5-96'],
  ],
  compress: [],
};

const KINDS = Object.keys(SAFE) as readonly AlgorithmKind[];

/** Returns the legacy algorithms of a kind that this Node's OpenSSL can do, the best first. */
export function legacyOf(kind: AlgorithmKind): readonly string[] {
  return LEGACY[kind].filter((name) => supportedAlgorithms()[kind].includes(name));
}

/** Returns those of the names that are legacy algorithms. */
export function legacyAmong(names: readonly string[]): readonly string[] {
  return names.filter((name) => KINDS.some((kind) => LEGACY[kind].includes(name)));
}

/** Checks `ssh.legacyAlgorithms`. @throws OptionError for a name that nobody can do anything with. */
export function checkLegacyAlgorithms(names: readonly string[] = []): readonly string[] {
  const known = KINDS.flatMap(legacyOf);
  const list = known.join(', ');
  if (!Array.isArray(names)) {
    throw new OptionError(`ssh.legacyAlgorithms is a list of names; got a ${typeof names} (known: ${list})`);
  }
  const unknown = names.find((name) => !known.includes(name) && !KINDS.some((kind) => SAFE[kind].includes(name)));
  if (unknown === undefined) return names;
  const near = didYouMean(String(unknown), known);
  throw new OptionError(`ssh.legacyAlgorithms: there is no algorithm '${unknown}' (known: ${list})${near}`);
}

export interface Offer {
  /** The legacy algorithms that this device may use, by OpenSSH's names. */
  readonly legacy: readonly string[];
  /** The types of the host keys that are known for it. */
  readonly knownTypes: readonly string[];
}

/** Returns what to offer to a device: the safe algorithms, and behind them the legacy ones that its target names. */
export function algorithmsFor({ legacy, knownTypes }: Offer): Algorithms {
  const supported = supportedAlgorithms();
  const offer = (kind: AlgorithmKind): readonly string[] => [
    ...SAFE[kind].filter((name) => supported[kind].includes(name)),
    ...legacyOf(kind).filter((name) => legacy.includes(name)),
  ];
  return {
    kex: offer('kex'),
    serverHostKey: knownFirst(offer('serverHostKey'), knownTypes),
    cipher: offer('cipher'),
    hmac: offer('hmac'),
    compress: offer('compress'),
  };
}

/**
 * Those of keys that are already known for the host come first: otherwise a server with several keys would show one
 * that we have never seen (OpenSSH orders them so as well).
 */
function knownFirst(names: readonly string[], knownTypes: readonly string[]): readonly string[] {
  const known = knownTypes
    .flatMap((type) => (type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'] : [type]))
    .filter((name) => names.includes(name));
  return [...new Set([...known, ...names])];
}
