import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { makeFolder } from '../../base/index.js';
import { encryptAge, identityFile, makeIdentity } from '../../credentials/index.js';
import { EXIT, UsageError } from '../exit-codes.js';
import { clean } from '../output/clean.js';
import { writeNew } from './private-file.js';
import { reasonOf } from './read-file.js';
import { askTwice } from './read-value.js';

export interface KeygenFlags {
  readonly output?: string;
  readonly passphrase?: boolean;
}

/** `rollcall secret keygen`: makes an identity and prints its public key; returns the exit code. @throws UsageError. */
export async function keygenCommand({ output, passphrase = false }: KeygenFlags): Promise<number> {
  const path = output === undefined ? identityFile() : resolve(output);
  // What was encrypted for an identity that is overwritten can never be read again.
  if (existsSync(path))
    throw new UsageError(`${path} is there already, and is not overwritten; name another with --output FILE`);
  const sealed = passphrase ? await askTwice('New passphrase of the identity file') : undefined;
  const { identity, recipient } = await makeIdentity();
  const text = `# created: ${new Date().toISOString()}\n# public key: ${recipient}\n${identity}\n`;
  const bytes =
    sealed === undefined
      ? Buffer.from(text)
      : await encryptAge(Buffer.from(text), { passphrase: sealed }, { armor: true });
  try {
    makeFolder(dirname(path), 0o700);
    writeNew(path, bytes);
  } catch (error) {
    throw new UsageError(`cannot write the identity to ${path}: ${reasonOf(error)}`);
  }
  const named = path === identityFile() ? '' : `; to use it, set ROLLCALL_AGE_IDENTITY=${path}`;
  process.stderr.write(
    `${clean(`rollcall: the identity is in ${path}: keep a copy of it${named}. Its public key:`)}\n`,
  );
  process.stdout.write(`${recipient}\n`);
  return EXIT.ok;
}
