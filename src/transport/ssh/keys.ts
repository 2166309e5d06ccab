import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { AuthenticationError, processWide, type Secret } from '../../base/index.js';
import { type Ssh2Key, ssh2 } from './ssh2.js';

/** The user's own keys, in the order in which ssh tries them. */
const OWN_KEYS = ['id_ed25519', 'id_ecdsa', 'id_rsa'];

type Parsed = Ssh2Key | Error;

/** Parses a key file once per process as long as it stays the same: decrypting one costs a third of a second, and blocks. */
async function parse(path: string, passphrase: Secret | undefined): Promise<Parsed> {
  const cache = processWide('sshKeys', () => new Map<string, { stamp: string; parsed: Promise<Parsed> }>());
  const id = JSON.stringify([path, passphrase?.reveal()]);
  try {
    const { ino, size, mtimeMs, ctimeMs } = await stat(path);
    const stamp = `${ino}/${size}/${mtimeMs}/${ctimeMs}`;
    const known = cache.get(id);
    if (known?.stamp === stamp) return await known.parsed;
    const parsed = readFile(path).then((data) => parseKey(data, passphrase));
    cache.set(id, { stamp, parsed });
    return await parsed;
  } catch (error) {
    cache.delete(id);
    return error as Error;
  }
}

function parseKey(data: Buffer, passphrase: Secret | undefined): Parsed {
  const parsed = ssh2().utils.parseKey(data, passphrase?.reveal());
  const key = Array.isArray(parsed) ? (parsed[0] ?? new Error('the file holds no key')) : parsed;
  if (key instanceof Error || key.isPrivateKey()) return key;
  return new Error('it is a public key; name the private one');
}

function explain(path: string, error: Error, passphrase: Secret | undefined): string {
  if (/no passphrase given/i.test(error.message)) return `${path} is encrypted, and no passphrase is given`;
  if (passphrase !== undefined && /integrity|decrypt|passphrase/i.test(error.message)) {
    return `${path} cannot be decrypted: the passphrase is wrong`;
  }
  return `cannot use the key file ${path}: ${error.message}`;
}

/** Returns the key of a file that the inventory names. @throws AuthenticationError with what is wrong with it. */
export async function loadKey(file: string, passphrase: Secret | undefined): Promise<Ssh2Key> {
  const path = file.startsWith('~/') ? join(homedir(), file.slice(2)) : file;
  const key = await parse(path, passphrase);
  if (!(key instanceof Error)) return key;
  throw new AuthenticationError('authentication', explain(path, key, passphrase), {
    phase: 'authenticate',
    cause: key,
  });
}

const ownKeyFiles = (): string[] => OWN_KEYS.map((name) => join(homedir(), '.ssh', name));

/** Returns the user's own keys that are there and can be read without a passphrase. */
export async function loadOwnKeys(files: readonly string[] = ownKeyFiles()): Promise<Ssh2Key[]> {
  const keys = await Promise.all(files.map((path) => parse(path, undefined)));
  return keys.filter((key): key is Ssh2Key => !(key instanceof Error));
}
