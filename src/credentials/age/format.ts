/** How binary files of age begin (age-encryption.org/v1, "Header"). */
const BINARY = 'age-encryption.org/v1\n';
/** How armoured ones do (the same, "ASCII armor"). */
const ARMORED = '-----BEGIN AGE ENCRYPTED FILE-----';

/** Headers are short: each recipient has two lines of it. */
const HEADER_BYTES = 256 * 1024;

/** Whether bytes are what age writes, in either form. */
export function isAge(bytes: Uint8Array): boolean {
  return isArmored(bytes) || startOf(bytes, BINARY.length) === BINARY;
}

/** Whether they are in the form that is text. */
export function isArmored(bytes: Uint8Array): boolean {
  return startOf(bytes, 1024).trimStart().startsWith(ARMORED);
}

/** The kinds of the recipients that a binary file names in its header: `X25519`, `scrypt`, and others. */
export function recipientKinds(bytes: Uint8Array): readonly string[] {
  const [header = ''] = startOf(bytes, HEADER_BYTES).split(/^---/m, 1);
  // What is no kind of recipient is there to keep others from relying on there being none (the same, "grease").
  return [...header.matchAll(/^-> (\S+)/gm)].flatMap(([, kind = '']) => (kind.endsWith('-grease') ? [] : [kind]));
}

const startOf = (bytes: Uint8Array, length: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(length, bytes.byteLength)).toString('latin1');
