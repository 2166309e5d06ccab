import { decryptAge, isAge } from '../../credentials/index.js';
import { EXIT, UsageError } from '../exit-codes.js';
import { writeNew } from './private-file.js';
import { askPassphrase, readBytes, reasonOf } from './read-file.js';

export interface DecryptFlags {
  readonly output?: string;
}

/** `rollcall secret decrypt`: prints what is encrypted in a file; returns the exit code. @throws UsageError, CredentialError. */
export async function decryptCommand(file: string, { output }: DecryptFlags): Promise<number> {
  const bytes = readBytes(file);
  const what = file === '-' ? 'standard input' : file;
  if (!isAge(bytes)) throw new UsageError(`${what} is not encrypted with age`);
  const { ask } = askPassphrase();
  const plain = await decryptAge(bytes, { what: `the file ${what}`, ask });
  if (output === undefined) {
    process.stdout.write(plain);
    return EXIT.ok;
  }
  try {
    writeNew(output, plain);
  } catch (error) {
    throw new UsageError(`cannot write ${output}: ${reasonOf(error)}`);
  }
  return EXIT.ok;
}
