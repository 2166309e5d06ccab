import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import { AbortedError, CredentialError, OptionError } from '../base/index.js';
import type { Inventory } from './device.js';
import { InventoryError } from './errors.js';
import { openInventoryText, type ParseOptions } from './parse.js';
import { plainSecretsWarning } from './plain-secrets.js';

const DEFAULT_INVENTORY = './devices.yaml';

/** Room for 100,000 devices with a kilobyte each; an endless device file or pipe is stopped here. */
const MOST_MIB = 128;

export interface LoadOptions extends Pick<ParseOptions, 'platforms'> {
  /** What `-` stands for; the process's standard input by default. */
  readonly stdin?: Readable;
  readonly signal?: AbortSignal;
  /** Opens a file that age has encrypted; without it such a file is an error. */
  readonly decrypt?: (bytes: Uint8Array, file: string) => Promise<Uint8Array>;
}

/**
 * Reads an inventory from a YAML or JSON file, or from standard input when the path is `-`; without a path from
 * `./devices.yaml`. Throws InventoryError when it cannot be read or anything in it is wrong, AbortedError, OptionError.
 */
export async function loadInventory(path = DEFAULT_INVENTORY, options: LoadOptions = {}): Promise<Inventory> {
  if (typeof path !== 'string' || path === '') {
    const got = path === '' ? 'an empty text' : typeof path;
    throw new OptionError(`an inventory must be a path, or - for standard input; got ${got}`);
  }
  const file = path === '-' ? 'standard input' : path;
  const bytes = await readBytes(path, file, options);
  const encrypted = isEncrypted(bytes);
  const text = decode(file, encrypted ? await decrypted(file, bytes, options) : bytes);
  const { platforms } = options;
  const { inventory, plainSecrets } = openInventoryText(text, {
    file,
    ...(platforms === undefined ? {} : { platforms }),
  });
  // What comes by a pipe lies nowhere.
  if (encrypted || path === '-') return inventory;
  const stats = await stat(path).catch(() => undefined);
  const warnings = plainSecretsWarning(file, { text, count: plainSecrets.size, stats });
  return { ...inventory, warnings: [...inventory.warnings, ...warnings] };
}

async function readBytes(path: string, file: string, { stdin, signal }: LoadOptions): Promise<Uint8Array> {
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

/** How files of age begin, in either form (age-encryption.org/v1). */
const AGE = /^(?:age-encryption\.org\/v1\n|\s*-----BEGIN AGE ENCRYPTED FILE-----)/;

const isEncrypted = (bytes: Uint8Array): boolean => AGE.test(Buffer.from(bytes.subarray(0, 256)).toString('latin1'));

async function decrypted(file: string, bytes: Uint8Array, { decrypt }: LoadOptions): Promise<Uint8Array> {
  if (decrypt === undefined) throw unreadable(file, 'is encrypted with age: give loadInventory a way to decrypt it');
  try {
    return await decrypt(bytes, file);
  } catch (error) {
    if (error instanceof CredentialError) throw unreadable(file, error.message);
    throw error;
  }
}

function unreadable(file: string, message: string): InventoryError {
  return new InventoryError([{ file, message }]);
}

function reasonOf(error: unknown, path: string): string {
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
