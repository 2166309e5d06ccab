import { readFileSync } from 'node:fs';
import { Secret } from '../../base/index.js';
import type { AskSecret } from '../../credentials/index.js';
import { askAtTerminal, canAsk } from '../ask.js';
import { UsageError } from '../exit-codes.js';
import { clean } from '../output/clean.js';

/** Returns the bytes of a file, `-` being standard input. @throws UsageError. */
export function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new UsageError(`cannot read ${file === '-' ? 'standard input' : file}: ${reasonOf(error)}`);
  }
}

/** What the system says, without the path once more. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const says: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file or folder',
    EISDIR: 'it is a folder',
    EACCES: 'no permission',
    EEXIST: 'it is there already',
    ENOSPC: 'no space is left there',
  };
  return says[code ?? ''] ?? code ?? message;
}

/** Asks for a passphrase where somebody is there; the last one that was given is the one that fitted. */
export function askPassphrase(): { readonly ask: AskSecret | undefined; given(): Secret | undefined } {
  let given: Secret | undefined;
  const ask: AskSecret = async ({ prompt }) => {
    const text = await askAtTerminal(clean(`${prompt} `));
    given = new Secret(text);
    return text;
  };
  return { ask: canAsk() ? ask : undefined, given: () => given };
}
