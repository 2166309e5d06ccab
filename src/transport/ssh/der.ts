/** The little of DER (X.690) that Diffie-Hellman keys are written in. */

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const SEQUENCE = 0x30;

function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content]);
  const digits = length < 0x100 ? [length] : [length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, 0x80 | digits.length, ...digits), content]);
}

export const sequence = (...parts: readonly Buffer[]): Buffer => element(SEQUENCE, ...parts);
export const octets = (content: Buffer): Buffer => element(OCTET_STRING, content);
/** A string of whole bytes: no bit at the end is unused. */
export const bits = (content: Buffer): Buffer => element(BIT_STRING, Buffer.of(0), content);

/** Returns the number without zeros in front of it. */
export function unsigned(number: Buffer): Buffer {
  const start = number.findIndex((byte) => byte !== 0);
  return start < 0 ? number.subarray(number.length - 1) : number.subarray(start);
}

/** A number that is not negative, whatever its first bit. */
export function integer(number: Buffer): Buffer {
  const digits = unsigned(number);
  return element(INTEGER, ((digits[0] ?? 0) & 0x80) === 0 ? digits : Buffer.concat([Buffer.of(0), digits]));
}

/** Returns the number that is the public key in a SubjectPublicKeyInfo (RFC 5280, section 4.1) of Diffie-Hellman. */
export function publicNumber(spki: Buffer): Buffer {
  const info = contentOf(spki, SEQUENCE).content;
  const afterAlgorithm = contentOf(info, SEQUENCE).rest;
  const key = contentOf(afterAlgorithm, BIT_STRING).content;
  return unsigned(contentOf(key.subarray(1), INTEGER).content);
}

function contentOf(der: Buffer, tag: number): { readonly content: Buffer; readonly rest: Buffer } {
  const first = der[1] ?? 0;
  const digits = first < 0x80 ? 0 : first & 0x7f;
  const start = 2 + digits;
  const length = digits === 0 ? first : der.readUIntBE(2, Math.min(digits, 6));
  if (der[0] !== tag || der.length < start + length) throw new RangeError('not the DER of a Diffie-Hellman key');
  return { content: der.subarray(start, start + length), rest: der.subarray(start + length) };
}
