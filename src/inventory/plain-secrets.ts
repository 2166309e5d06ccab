import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Place } from './problems.js';

/** How the inventories begin that rollcall writes itself, of simulated devices and recordings: their secrets are none. */
const OURS = /^# Written by `rollcall/;

/** Whether whoever reads such a file reads no secret of anybody's. */
export const isHarmlessText = (text: string): boolean => OURS.test(text);

/** How many files a warning names: of Ansible's `host_vars` there is one for each device. */
const NAMED = 3;

interface PlainFile {
  readonly file: string;
  readonly count: number;
  readonly open: boolean;
}

/**
 * Returns one warning for all files in which secrets stand that whoever reads the file can read; none of files that are
 * `closed`, and of what is no file.
 */
export async function plainSecretsWarnings(
  places: readonly Pick<Place, 'file'>[],
  closed: ReadonlySet<string>,
): Promise<readonly string[]> {
  const counts = new Map<string, number>();
  for (const { file } of places) if (!closed.has(file)) counts.set(file, (counts.get(file) ?? 0) + 1);
  const found: PlainFile[] = [];
  for (const [file, count] of counts) {
    // A pipe, a module's value, a program's answer: nothing lies there to be read.
    const stats = await stat(file).catch(() => undefined);
    if (stats?.isFile()) found.push({ file, count, open: isOpen(stats) });
  }
  return found.length === 0 ? [] : [warningOf(found)];
}

function warningOf(files: readonly PlainFile[]): string {
  const [{ file } = { file: '' }, ...others] = files;
  const one = others.length === 0;
  const count = files.reduce((sum, each) => sum + each.count, 0);
  const names = files.slice(0, NAMED).map((each) => each.file);
  const more = files.length > NAMED ? [`${files.length - NAMED} more`] : [];
  const where = one ? file : `${files.length} files (${[...names, ...more].join(', ')})`;
  const open = files.filter((each) => each.open).length;
  const which = one ? ['the file', 'it'] : [open === files.length ? 'them' : `${open} of them`, 'them'];
  const who = open === 0 ? '' : `, and others on this machine may read ${which[0]} (chmod 600 ${which[1]})`;
  const what = count === 1 ? '1 password stands' : `${count} passwords stand`;
  const remedy = one ? `the file: rollcall secret encrypt ${file}` : 'the files: rollcall secret encrypt FILE';
  return `${what} in ${where} in plain text${who}; write { env: NAME } and its like in their place, or encrypt ${remedy} (docs/secrets.md)`;
}

/** Windows has no such bits: there every file looks as if everybody may read it. */
const isOpen = ({ mode }: Stats): boolean => process.platform !== 'win32' && (mode & 0o044) !== 0;
