import type { Stats } from 'node:fs';

/** How the inventories begin that rollcall writes itself, of simulated devices and recordings: their secrets are none. */
const OURS = /^# Written by `rollcall/;

/** The one warning about a file whose secrets can be read by whoever reads the file; none where there are none. */
export function plainSecretsWarning(
  file: string,
  { text, count, stats }: { readonly text: string; readonly count: number; readonly stats?: Stats | undefined },
): readonly string[] {
  if (count === 0 || OURS.test(text)) return [];
  const what = count === 1 ? '1 password stands' : `${count} passwords stand`;
  const who =
    stats !== undefined && isOpen(stats) ? ', and others on this machine may read the file (chmod 600 it)' : '';
  return [
    `${what} in ${file} in plain text${who}; write { env: NAME } and its like in their place, or encrypt the file: rollcall secret encrypt ${file} (docs/secrets.md)`,
  ];
}

/** Windows has no such bits: there every file looks as if everybody may read it. */
const isOpen = ({ mode }: Stats): boolean => process.platform !== 'win32' && (mode & 0o044) !== 0;
