import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { AuthenticationError, processWide, RollcallError, Secret } from '../../base/index.js';
import type { ConnectionOptions } from '../connection.js';
import { answered } from './answered.js';
import { decryptKey } from './decrypt.js';
import { type Ssh2Key, ssh2 } from './ssh2.js';

/** The user's own keys, in the order in which ssh tries them. */
const OWN_KEYS = ['id_ed25519', 'id_ecdsa', 'id_rsa'];

/** A private key, and the file that it stands in. */
export interface KeyOfFile {
  readonly path: string;
  readonly key: Ssh2Key;
}

type Parsed = Ssh2Key | Error;

const IS_PUBLIC = 'it is a public key; name the private one';

const fileKeys = () => processWide('sshKeys', () => new Map<string, { stamp: string; parsed: Promise<Parsed> }>());

/** Returns a path with `~/` written out. */
export const expandHome = (file: string): string => (file.startsWith('~/') ? join(homedir(), file.slice(2)) : file);

/** Tells whether a file is still the one that it was. */
async function stampOf(path: string): Promise<string> {
  const { ino, size, mtimeMs, ctimeMs } = await stat(path);
  return `${ino}/${size}/${mtimeMs}/${ctimeMs}`;
}

/** Reads a key file once per process as long as it stays the same. */
async function parse(path: string, passphrase: Secret | undefined): Promise<Parsed> {
  const cache = fileKeys();
  const secret = passphrase === undefined ? '' : createHash('sha256').update(passphrase.reveal()).digest('base64');
  const id = JSON.stringify([path, secret]);
  try {
    const stamp = await stampOf(path);
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

async function parseKey(data: Buffer, passphrase: Secret | undefined): Promise<Parsed> {
  const parsed = ssh2().utils.parseKey(data);
  const key = Array.isArray(parsed) ? (parsed[0] ?? new Error('the file holds no key')) : parsed;
  if (passphrase !== undefined && needsPassphrase(key)) return decryptKey(data, passphrase);
  if (key instanceof Error || key.isPrivateKey()) return key;
  return new Error(IS_PUBLIC);
}

const needsPassphrase = (parsed: Parsed): boolean =>
  parsed instanceof Error && /no passphrase given/i.test(parsed.message);

/**
 * Asks a person for the passphrase, once per file and process however many connections want it. What was answered
 * counts as long as the file stays the same, right or wrong: hundreds of devices would else ask hundreds of times.
 */
async function askForKey(path: string, host: string, ask: NonNullable<ConnectionOptions['ask']>): Promise<Parsed> {
  const asked = processWide('sshAskedKeys', () => new Map<string, { stamp: string; parsed: Promise<Parsed> }>());
  const stamp = await stampOf(path);
  for (let known = asked.get(path); known?.stamp === stamp; known = asked.get(path)) {
    const parsed = await known.parsed.catch(() => undefined);
    if (parsed !== undefined) return parsed;
    // Whoever asked got no answer, perhaps because its own session was called off: the next one asks.
    if (asked.get(path) === known) asked.delete(path);
  }
  const parsed = ask({ host, prompt: `Passphrase of the key file ${path}:`, echo: false, about: path }).then((text) =>
    parse(path, new Secret(text)),
  );
  asked.set(path, { stamp, parsed });
  return parsed;
}

function explain(path: string, error: Error, unlocked: boolean): string {
  if (needsPassphrase(error)) return `${path} is encrypted, and no passphrase is given`;
  if (unlocked && /integrity|decrypt|passphrase/i.test(error.message)) {
    return `${path} cannot be decrypted: the passphrase is wrong`;
  }
  return `cannot use the key file ${path}: ${error.message}`;
}

/** Whether a key file can be used by itself: it is not encrypted, and no public half without its private one. */
export async function standsAlone(file: string): Promise<boolean> {
  const parsed = await parse(expandHome(file), undefined);
  return !(parsed instanceof Error) || !(needsPassphrase(parsed) || parsed.message === IS_PUBLIC);
}

/**
 * Returns the key of a file that the inventory names; a passphrase that is missing is asked for.
 * @throws AuthenticationError with what is wrong with it; DeviceTimeoutError, AbortedError.
 */
export async function loadKey(
  file: string,
  passphrase: Secret | undefined,
  { host, ...options }: ConnectionOptions & { readonly host: string },
): Promise<KeyOfFile> {
  const path = expandHome(file);
  const phase = 'authenticate';
  const waiting = { what: `the key of ${path}`, phase } as const;
  let key = await answered(parse(path, passphrase), options, waiting);
  const { ask } = options;
  const asking = passphrase === undefined && ask !== undefined && needsPassphrase(key);
  if (asking) {
    const answer = askForKey(path, host, ask).catch((error: Error) => {
      if (error instanceof RollcallError) throw error;
      const says = `${path} is encrypted, and nobody gave its passphrase: ${error.message}`;
      throw new AuthenticationError('authentication', says, { phase, cause: error });
    });
    key = await answered(answer, options, { ...waiting, what: `the passphrase of ${path}` });
  }
  if (!(key instanceof Error)) return { path, key };
  const unlocked = asking || passphrase !== undefined;
  throw new AuthenticationError('authentication', explain(path, key, unlocked), { phase, cause: key });
}

/**
 * Returns the user's own keys, those in `~/.ssh` or in these files, that can be read without a passphrase; an encrypted
 * one is mentioned in the notes.
 */
export async function loadOwnKeys(notes: string[], files: readonly string[] = ownKeyFiles()): Promise<KeyOfFile[]> {
  const keys = await Promise.all(files.map(async (path) => ({ path, key: await parse(path, undefined) })));
  for (const { path, key } of keys) {
    if (!needsPassphrase(key)) continue;
    notes.push(`${path} is encrypted and was passed over: name it as ssh.keyFile, or give it to an agent`);
  }
  return keys.filter((one): one is KeyOfFile => !(one.key instanceof Error));
}

export const ownKeyFiles = (): string[] => OWN_KEYS.map((name) => join(homedir(), '.ssh', name));
