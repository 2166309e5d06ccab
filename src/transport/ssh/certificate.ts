import { verify as verifySignature } from 'node:crypto';
import { type Ssh2Key, ssh2 } from './ssh2.js';
import { WireReader, wireString } from './wire.js';

/** What the name of a key's type, or of an algorithm, has behind it when it goes with a certificate. */
export const CERTIFICATE_SUFFIX = '-cert-v01@openssh.com';

/** How many fields the public key itself has, by its type (OpenSSH's PROTOCOL.certkeys). */
const KEY_FIELDS: Readonly<Record<string, number>> = {
  'ssh-ed25519': 1,
  'ecdsa-sha2-nistp256': 2,
  'ecdsa-sha2-nistp384': 2,
  'ecdsa-sha2-nistp521': 2,
  'ssh-rsa': 2,
};

/** The hash that an authority signs with. RSA with SHA-1 is no signature to trust (OpenSSH has dropped it as well). */
const AUTHORITY_HASHES: Readonly<Record<string, string | null>> = {
  'ssh-ed25519': null,
  'ecdsa-sha2-nistp256': 'sha256',
  'ecdsa-sha2-nistp384': 'sha384',
  'ecdsa-sha2-nistp521': 'sha512',
  'rsa-sha2-256': 'sha256',
  'rsa-sha2-512': 'sha512',
};

/** An OpenSSH certificate (PROTOCOL.certkeys): a public key, and what an authority says of it. */
export interface Certificate {
  readonly blob: Buffer;
  /** The certified public key, by itself. */
  readonly publicKey: Buffer;
  readonly kind: 'user' | 'host' | 'unknown';
  readonly keyId: string;
  /** The users or hosts that it is for; empty: for all. */
  readonly principals: readonly string[];
  /** The names of what a party that does not understand it must refuse. */
  readonly criticalOptions: readonly string[];
  /** The first and the last-but-one second of its life, since 1970. */
  readonly validAfter: bigint;
  readonly validBefore: bigint;
  /** The public key of the authority. */
  readonly authority: Buffer;
  /** Whether the authority has really signed it. */
  isSigned(): boolean;
}

/** Whether a public key's blob is a certificate. */
export function isCertificate(blob: Buffer): boolean {
  try {
    return new WireReader(blob).text().endsWith(CERTIFICATE_SUFFIX);
  } catch {
    return false;
  }
}

/** Returns the key that a certificate is for; what is no certificate is a key already. */
export function plainKeyOf(blob: Buffer): Buffer {
  try {
    return isCertificate(blob) ? parseCertificate(blob).publicKey : blob;
  } catch {
    return blob;
  }
}

/** Reads a certificate. @throws Error with what is wrong with it. */
export function parseCertificate(blob: Buffer): Certificate {
  const reader = new WireReader(blob);
  const name = reader.text();
  const type = name.endsWith(CERTIFICATE_SUFFIX) ? name.slice(0, -CERTIFICATE_SUFFIX.length) : '';
  const count = KEY_FIELDS[type];
  if (count === undefined) throw new Error(`'${printable(name)}' is no type of certificate that is known`);
  reader.bytes(); // the nonce
  const fields = Array.from({ length: count }, () => wireString(reader.bytes()));
  reader.uint64(); // the serial number
  const kind = ({ 1: 'user', 2: 'host' } as const)[reader.uint32()] ?? 'unknown';
  const keyId = reader.text();
  const principals = textsOf(reader.bytes());
  const validAfter = reader.uint64();
  const validBefore = reader.uint64();
  const criticalOptions = textsOf(reader.bytes()).filter((_, index) => index % 2 === 0);
  reader.bytes(); // extensions: what is not understood here may be passed over
  reader.bytes(); // reserved
  const authority = reader.bytes();
  const signed = blob.subarray(0, reader.position);
  const signature = reader.bytes();
  if (!reader.atEnd) throw new Error('there is more behind its end');
  return {
    ...{ blob, kind, keyId, principals, criticalOptions, validAfter, validBefore, authority },
    publicKey: Buffer.concat([wireString(type), ...fields]),
    isSigned: () => isSignatureOf(authority, signed, signature),
  };
}

/** Says why a certificate is not valid now; undefined when it is. */
export function invalidity({ validAfter, validBefore }: Certificate, nowMs = Date.now()): string | undefined {
  const now = BigInt(Math.floor(nowMs / 1000));
  if (now < validAfter) return `is valid only from ${dateOf(validAfter)} on (now: ${dateOf(now)})`;
  if (now >= validBefore) return `expired on ${dateOf(validBefore)}`;
  return undefined;
}

/** Where a public key goes with its certificate to the server: ssh2 takes an object that inherits from its own. */
export function certifiedKey(key: Ssh2Key, certificate: Certificate): Ssh2Key {
  return Object.assign(Object.create(key) as Ssh2Key, { getPublicSSH: () => certificate.blob });
}

function dateOf(seconds: bigint): string {
  const date = new Date(Number(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? 'a day beyond the calendar' : date.toISOString().replace('.000', '');
}

function textsOf(packed: Buffer): string[] {
  const reader = new WireReader(packed);
  const texts: string[] = [];
  while (!reader.atEnd) texts.push(reader.text());
  return texts;
}

function isSignatureOf(authority: Buffer, data: Buffer, signature: Buffer): boolean {
  try {
    const reader = new WireReader(signature);
    const algorithm = reader.text();
    const value = reader.bytes();
    const key = ssh2().utils.parseKey(authority);
    const hash = AUTHORITY_HASHES[algorithm];
    if (Array.isArray(key) || key instanceof Error || hash === undefined || !reader.atEnd) return false;
    const fits = key.type === algorithm || (key.type === 'ssh-rsa' && algorithm.startsWith('rsa-sha2-'));
    if (!fits) return false;
    const pem = key.getPublicPEM();
    if (!algorithm.startsWith('ecdsa-')) return verifySignature(hash, data, pem, value);
    return verifySignature(hash, data, { key: pem, dsaEncoding: 'ieee-p1363' }, rAndS(value, algorithm));
  } catch {
    return false;
  }
}

/** The two numbers of an ECDSA signature (RFC 5656, section 3.1.2) side by side, each as long as the curve has it. */
function rAndS(value: Buffer, algorithm: string): Buffer {
  const length = Math.ceil(Number(algorithm.slice(-3)) / 8);
  const reader = new WireReader(value);
  const numbers = [reader.bytes(), reader.bytes()].map((bytes) => {
    const significant = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
    return Buffer.concat([Buffer.alloc(length - significant.length), significant]);
  });
  return Buffer.concat(numbers);
}

const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 60);
