import { createDiffieHellmanGroup, createPrivateKey, createPublicKey, diffieHellman, randomBytes } from 'node:crypto';
import { NegotiationError } from '../../base/index.js';
import { bits, integer, octets, publicNumber, sequence, unsigned } from './der.js';
import { type Ssh2Client, ssh2Changed } from './ssh2.js';

/** What of ssh2 1.17's key exchange is used and replaced here; it declares nothing of it. */
interface KeyExchange {
  readonly type: string;
  _prime: Buffer;
  _generator: Buffer;
  _minBits: number;
  _dh: DiffieHellman | null | undefined;
  _public: Buffer | null | undefined;
  generateKeys(): void;
}

interface DiffieHellman {
  generateKeys(): Buffer;
  getPrime(): Buffer;
  getGenerator(): Buffer;
  computeSecret(theirs: Buffer): Buffer;
}

/** RFC 8270: smaller groups are not safe any more; those of 1,024 bits are as good as group 1. */
const SAFE_BITS = 2_048;
const LEGACY_BITS = 1_024;
const MOST_BITS = 8_192;

/** Twice the 256 bits of the longest key that is made of the secret, as OpenSSH has it (RFC 4419, section 6.2). */
const EXPONENT_BYTES = 64;

/**
 * Makes the group exchanges of one client cost milliseconds. ssh2 1.17 gives the server's prime to
 * `createDiffieHellman`, which tests it, for 0.2 s at 2,048 bits and 27 s at 8,192, and everything else in the process
 * waits. As in OpenSSH's client the prime's size and the server's public value are checked instead. Other users of ssh2
 * in the process are not touched. Call it between `connect` and the first byte that arrives.
 * @throws NegotiationError when ssh2 is not built as it was.
 */
export function speedUpGroupExchange(client: Ssh2Client, { allowSmall }: { readonly allowSmall: boolean }): void {
  const protocol = (client as { _protocol?: object })._protocol;
  if (typeof protocol !== 'object' || protocol === null || !Object.hasOwn(protocol, '_kex')) throw ssh2Changed('_kex');
  let current: unknown = Reflect.get(protocol, '_kex');
  // Each exchange is a new object in this place: at the start, and when keys are renewed.
  Object.defineProperty(protocol, '_kex', {
    configurable: true,
    enumerable: true,
    get: () => current,
    set: (kex: unknown) => {
      current = kex;
      if ((kex as KeyExchange | undefined)?.type === 'groupex') replaceKeys(kex as KeyExchange, allowSmall);
    },
  });
}

function replaceKeys(kex: KeyExchange, allowSmall: boolean): void {
  for (const name of ['_prime', '_generator', '_minBits'] as const) if (!(name in kex)) throw ssh2Changed(name);
  if (typeof kex.generateKeys !== 'function') throw ssh2Changed('generateKeys');
  const leastBits = allowSmall ? LEGACY_BITS : SAFE_BITS;
  kex._minBits = leastBits;
  kex.generateKeys = () => {
    if (kex._dh) return;
    kex._dh = exchangeIn(kex._prime, kex._generator, leastBits);
    kex._public = kex._dh.generateKeys();
  };
}

/** Returns an exchange of keys in the server's group. @throws NegotiationError for a group that is too small or no group. */
export function exchangeIn(prime: Buffer, generator: Buffer, leastBits = SAFE_BITS): DiffieHellman {
  const p = asNumber(prime);
  const g = asNumber(generator);
  const size = p.toString(2).length;
  if (size < leastBits || size > MOST_BITS) {
    const hint =
      size >= LEGACY_BITS && size < leastBits ? '; legacy_algorithms: [diffie-hellman-group1-sha1] allows 1024' : '';
    throw wrong(`its group has ${size} bits; expected ${leastBits} to ${MOST_BITS}${hint}`);
  }
  if (p % 2n === 0n || g < 2n || g > p - 2n)
    throw wrong('its group is none: the prime is even, or the generator outside of it');
  const keys = namedGroup(prime, g) ?? ownGroup(prime, generator);
  return {
    ...keys,
    computeSecret(theirs) {
      checkPublicValue(asNumber(theirs), p);
      return keys.computeSecret(theirs);
    },
  };
}

/** OpenSSH's dh_pub_is_valid: 1 < y < p-1, and more than three bits set. */
function checkPublicValue(y: bigint, p: bigint): void {
  const ones = y.toString(2).replaceAll('0', '').length;
  if (y <= 1n || y >= p - 1n || ones <= 3) throw wrong('its public value is outside of the group, or trivial');
}

function wrong(says: string): NegotiationError {
  return new NegotiationError('negotiation', `the device's key exchange is not safe: ${says}`, { phase: 'negotiate' });
}

const asNumber = (bytes: Buffer): bigint => BigInt(`0x0${bytes.toString('hex')}`);

/** The groups of RFC 3526 that Node has by name: with these OpenSSL would raise the public value to the group's order. */
function namedGroup(prime: Buffer, g: bigint): DiffieHellman | undefined {
  if (g !== 2n) return undefined;
  const p = asNumber(prime);
  for (const name of ['modp2', 'modp14', 'modp15', 'modp16', 'modp17', 'modp18']) {
    const group = createDiffieHellmanGroup(name);
    if (asNumber(group.getPrime()) !== p) continue;
    return {
      generateKeys: () => group.generateKeys(),
      getPrime: () => group.getPrime(),
      getGenerator: () => group.getGenerator(),
      computeSecret: (theirs) => group.computeSecret(theirs),
    };
  }
  return undefined;
}

/**
 * Any other group. Node makes no short exponents in a group of one's own, and with full ones 8,192 bits take 0.23 s: the
 * private key is written down as PKCS #8 (RFC 5208, with the parameters of PKCS #3), and OpenSSL adds the public value.
 */
function ownGroup(prime: Buffer, generator: Buffer): DiffieHellman {
  const algorithm = sequence(DH_KEY_AGREEMENT, sequence(integer(prime), integer(generator)));
  const pkcs8 = sequence(integer(Buffer.of(0)), algorithm, octets(integer(randomBytes(EXPONENT_BYTES))));
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  return {
    generateKeys: () => publicNumber(createPublicKey(privateKey).export({ format: 'der', type: 'spki' })),
    getPrime: () => unsigned(prime),
    getGenerator: () => unsigned(generator),
    computeSecret(theirs) {
      const spki = sequence(algorithm, bits(integer(theirs)));
      const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
      return diffieHellman({ privateKey, publicKey });
    },
  };
}

/** 1.2.840.113549.1.3.1, from PKCS #3. */
const DH_KEY_AGREEMENT = Buffer.from('06092a864886f70d010301', 'hex');
