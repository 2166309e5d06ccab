import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { type AgeKey, agePeople, decryptAge, encryptAge, isAge } from '../../credentials/index.js';
import { EXIT, KeepingError, UsageError } from '../exit-codes.js';
import { clean } from '../output/clean.js';
import { type KeyFlags, keyOf } from './age-keys.js';
import { editPrivately } from './editor.js';
import { replaceFile, writeNew } from './private-file.js';
import { askPassphrase, readBytes, reasonOf } from './read-file.js';

/** What the shell is told when the editor was ended by a signal, which most likely was meant for rollcall too. */
const SIGNAL_CODES: Readonly<Record<string, number>> = { SIGINT: EXIT.interrupted, SIGTERM: 143, SIGHUP: 129 };

interface Opened {
  readonly plain: Uint8Array;
  readonly key: AgeKey;
  readonly armored: boolean;
}

/**
 * `rollcall secret edit`: has an encrypted file edited, a new one where there is none; returns the exit code. The file
 * stays as it is when the editor fails. @throws UsageError, CredentialError, KeepingError.
 */
export async function editCommand(file: string, flags: KeyFlags): Promise<number> {
  const path = existsSync(file) ? realpathSync(file) : resolve(file);
  refuseUnwritable(path);
  const { plain, key, armored } = existsSync(path) ? await open(path, file, flags) : await fresh(flags);
  const edited = await editPrivately(basename(path).replace(/\.age$/, '') || 'secret', plain);
  if ('failed' in edited) {
    tell(`${edited.failed}; ${file} stays as it is`);
    return SIGNAL_CODES[edited.signal ?? ''] ?? EXIT.failed;
  }
  if (Buffer.from(plain).equals(edited.bytes)) {
    tell(`nothing was changed; ${file} stays as it is`);
    return EXIT.ok;
  }
  keep(path, await encryptAge(edited.bytes, key, { armor: armored }));
  tell(`${file} is written`);
  return EXIT.ok;
}

const tell = (text: string): void => void process.stderr.write(`rollcall: ${clean(text)}\n`);

/** What cannot be kept is told before somebody has worked on it. */
function refuseUnwritable(path: string): void {
  try {
    accessSync(dirname(path), constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new UsageError(`cannot write to the folder ${dirname(path)}: ${reasonOf(error)}`);
  }
}

async function fresh(flags: KeyFlags): Promise<Opened> {
  return { plain: new Uint8Array(), key: await keyOf(flags), armored: false };
}

async function open(path: string, file: string, flags: KeyFlags): Promise<Opened> {
  const bytes = readBytes(path);
  if (!isAge(bytes))
    throw new UsageError(`${file} is not encrypted with age; to encrypt it: rollcall secret encrypt ${file}`);
  const armored = bytes[0] === '-'.charCodeAt(0);
  const { ask, given } = askPassphrase();
  const plain = await decryptAge(bytes, { what: `the file ${file}`, ask });
  const people = await agePeople(bytes);
  const passphrase = given();
  const isNamed = flags.passphrase === true || (flags.recipient?.length ?? 0) > 0;
  if (people.passphrase && !isNamed && passphrase !== undefined) return { plain, key: { passphrase }, armored };
  const key = await keyOf(flags);
  if (!isNamed && 'recipients' in key && people.recipients > key.recipients.length) {
    const says = `${file} is encrypted for ${people.recipients} recipients, and age does not tell for whom`;
    throw new UsageError(`${says}: name all of them with --recipient, or the others cannot read it any more`);
  }
  return { plain, key, armored };
}

/** What cannot be written to its place is not lost: it lies, encrypted, where it can be. */
function keep(path: string, bytes: Uint8Array): void {
  try {
    replaceFile(path, bytes);
  } catch (error) {
    const aside = join(tmpdir(), `rollcall-edited-${process.pid}-${basename(path)}`);
    writeNew(aside, bytes);
    throw new KeepingError(`cannot write ${path}: ${reasonOf(error)}; what you have written is in ${aside}, encrypted`);
  }
}
