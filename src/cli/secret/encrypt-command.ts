import { encryptAge, isAge } from '../../credentials/index.js';
import { EXIT, UsageError } from '../exit-codes.js';
import { clean } from '../output/clean.js';
import { type KeyFlags, keyOf } from './age-keys.js';
import { writeNew } from './private-file.js';
import { readBytes, reasonOf } from './read-file.js';
import { readValue } from './read-value.js';

export interface EncryptFlags extends KeyFlags {
  readonly output?: string;
  readonly armor?: boolean;
  readonly block?: boolean;
}

/** `rollcall secret encrypt`: a value to be pasted, or a whole file; returns the exit code. @throws UsageError. */
export async function encryptCommand(file: string | undefined, flags: EncryptFlags): Promise<number> {
  return file === undefined ? encryptValue(flags) : encryptFile(file, flags);
}

async function encryptValue({ output, armor, block = false, ...flags }: EncryptFlags): Promise<number> {
  if (output !== undefined || armor) throw new UsageError('--output and --armor go with a FILE; a value is printed');
  const key = await keyOf(flags);
  const value = await readValue('Secret');
  const text = Buffer.from(await encryptAge(Buffer.from(value.reveal()), key, { armor: true })).toString('latin1');
  process.stdout.write(block ? asBlock(text) : `{ age: ${JSON.stringify(text)} }\n`);
  return EXIT.ok;
}

/** On one line it can be pasted behind any key; as a block it has to be indented to fit. */
const asBlock = (text: string): string => `age: |\n${text.replace(/^(?=.)/gm, '  ')}`;

async function encryptFile(file: string, { block, armor = false, output, ...flags }: EncryptFlags): Promise<number> {
  if (block) throw new UsageError('--block is for a value; a FILE is written as --output FILE, or FILE.age');
  if (file === '-' && output === undefined)
    throw new UsageError('standard input has no name: name a file with --output FILE');
  const plain = readBytes(file);
  if (isAge(plain)) throw new UsageError(`${file} is encrypted already; to change it: rollcall secret edit ${file}`);
  const path = output ?? `${file}.age`;
  const bytes = await encryptAge(plain, await keyOf(flags), { armor });
  try {
    writeNew(path, bytes);
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${reasonOf(error)}; name another file with --output FILE`);
  }
  const still = file === '-' ? '' : `; ${file} is still there in plain text: remove it when ${path} serves you`;
  process.stderr.write(`${clean(`rollcall: ${path} is written${still}`)}\n`);
  return EXIT.ok;
}
