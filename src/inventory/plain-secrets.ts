import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Place } from './problems.js';

/** How the inventories begin that rollcall writes itself, of simulated devices and recordings: their secrets are none. */
const OURS = /^# Written by `rollcall/;

/** Whether whoever reads such a file reads no secret of anybody's. */
export const isHarmlessText = (text: string): boolean => OURS.test(text);

/**
 * Returns one warning for each file in which secrets stand that whoever reads the file can read; none of files that are
 * `closed`, and of what is no file.
 */
export async function plainSecretsWarnings(
  places: readonly Pick<Place, 'file'>[],
  closed: ReadonlySet<string>,
): Promise<readonly string[]> {
  const counts = new Map<string, number>();
  for (const { file } of places) if (!closed.has(file)) counts.set(file, (counts.get(file) ?? 0) + 1);
  const warnings: string[] = [];
  for (const [file, count] of counts) {
    // A pipe, a module's value, a program's answer: nothing lies there to be read.
    const stats = await stat(file).catch(() => undefined);
    if (stats?.isFile()) warnings.push(warningOf(file, count, stats));
  }
  return warnings;
}

function warningOf(file: string, count: number, stats: Stats): string {
  const what = count === 1 ? '1 password stands' : `${count} passwords stand`;
  const who = isOpen(stats) ? ', and others on this machine may read the file (chmod 600 it)' : '';
  return `${what} in ${file} in plain text${who}; write { env: NAME } and its like in their place, or encrypt the file: rollcall secret encrypt ${file} (docs/secrets.md)`;
}

/** Windows has no such bits: there every file looks as if everybody may read it. */
const isOpen = ({ mode }: Stats): boolean => process.platform !== 'win32' && (mode & 0o044) !== 0;
