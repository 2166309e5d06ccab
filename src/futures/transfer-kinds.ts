import { Secret } from '../base/index.js';
import { decodeError, type EncodedError, encodeError } from './error-codec.js';
import { isError } from './naming.js';
import type { TransferKind } from './transfer.js';

const secret: TransferKind = {
  kind: 'secret',
  matches: Secret.is,
  encode: (value) => (value as Secret).reveal(),
  decode: (data) => new Secret(data as string),
};

const error: TransferKind = {
  kind: 'error',
  matches: isError,
  encode: (value, inner) => encodeError(value as Error, inner),
  decode: (data, restoring) => decodeError(data as EncodedError, restoring),
};

/** Structured clone would make a Uint8Array of it, and carry the whole pool of memory that it is a slice of. */
const buffer: TransferKind = {
  kind: 'buffer',
  matches: Buffer.isBuffer,
  encode: (value) => new Uint8Array(value as Buffer),
  decode: (data) => {
    const bytes = data as Uint8Array;
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  },
};

const url: TransferKind = {
  kind: 'url',
  matches: (value) => value instanceof URL,
  encode: (value) => (value as URL).href,
  decode: (data) => new URL(data as string),
};

/** The kinds of object that every boundary carries. */
export const COMMON_KINDS: readonly TransferKind[] = [secret, error, buffer, url];
