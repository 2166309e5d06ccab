import { createReadStream } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';
import { AbortedError, CredentialError } from '../base/index.js';
import { InventoryError } from './errors.js';
import { isHarmlessText } from './plain-secrets.js';

/** What is read when no path is given. */
export const DEFAULT_INVENTORY = './devices.yaml';

/** Room for 100,000 devices with a kilobyte each; an endless device file or pipe is stopped here. */
const MOST_MIB = 128;

export interface ReadOptions {
  /** What `-` stands for; the process's standard input by default. */
  readonly stdin?: Readable | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Opens a file that age has encrypted; without it such a file is an error. */
  readonly decrypt?: ((bytes: Uint8Array, file: string) => Promise<Uint8Array>) | undefined;
  /** Takes the names of files in which no secret can be read. */
  readonly closed?: Set<string> | undefined;
}

/** What messages call a path. */
export const shownPath = (path: string): string => (path === '-' ? 'standard input' : path);

/** Reads a file of text, or standard input when the path is `-`. Throws InventoryError, AbortedError. */
export async function readText(path: string, options: ReadOptions): Promise<string> {
  const file = shownPath(path);
  const bytes = await readBytes(path, file, options);
  const encrypted = isEncrypted(bytes);
  const text = decode(file, encrypted ? await decrypted(file, bytes, options) : bytes);
  if (encrypted || isHarmlessText(text)) options.closed?.add(file);
  return text;
}

/** How files of age begin, in either form (age-encryption.org/v1). */
const AGE = /^(?:age-encryption\.org\/v1\n|\s*-----BEGIN AGE ENCRYPTED FILE-----)/;

const isEncrypted = (bytes: Uint8Array): boolean => AGE.test(Buffer.from(bytes.subarray(0, 256)).toString('latin1'));

async function decrypted(file: string, bytes: Uint8Array, { decrypt }: ReadOptions): Promise<Uint8Array> {
  if (decrypt === undefined) throw unreadable(file, 'is encrypted with age: give loadInventory a way to decrypt it');
  try {
    return await decrypt(bytes, file);
  } catch (error) {
    if (error instanceof CredentialError) throw unreadable(file, error.message);
    throw error;
  }
}

async function readBytes(path: string, file: string, { stdin, signal }: ReadOptions): Promise<Uint8Array> {
  const source = path === '-' ? (stdin ?? process.stdin) : createReadStream(path);
  if (signal !== undefined) addAbortSignal(signal, source);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of source as AsyncIterable<Uint8Array | string>) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      chunks.push(bytes);
      size += bytes.length;
      if (size > MOST_MIB * 1024 * 1024) throw unreadable(file, `larger than ${MOST_MIB} MiB: this is no inventory`);
    }
  } catch (error) {
    if (error instanceof InventoryError) throw error;
    if (signal?.aborted) throw new AbortedError(`reading ${file} was called off`, { cause: signal.reason });
    throw unreadable(file, reasonOf(error, path));
  }
  return Buffer.concat(chunks);
}

export function unreadable(file: string, message: string): InventoryError {
  return new InventoryError([{ file, message }]);
}

/** Why a path cannot be read, for its user. */
export function reasonOf(error: unknown, path: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return path === DEFAULT_INVENTORY
        ? 'no such file; name your inventory with -i FILE, or start simulated devices with `rollcall lab`'
        : 'no such file';
    case 'EISDIR':
      return 'this is a directory; name a file in it';
    case 'EACCES':
    case 'EPERM':
      return 'no permission to read this file';
    default:
      return `cannot be read: ${code ?? message}`;
  }
}

/** UTF-8, or the UTF-16 that Windows' shells write, which its byte order mark gives away. */
function decode(file: string, bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw unreadable(file, 'this is no text in UTF-8; save the file as UTF-8');
  }
}
