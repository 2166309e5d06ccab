import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those that it lies in. Step by step: where a system allows no new folder and says that there is
 * none (/proc), `mkdir` of Node with `recursive` never ends. @throws what the system says.
 */
export function makeFolder(folder: string, mode = 0o777): void {
  const isThere = (): boolean => statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isThere()) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent, mode);
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    // Another one has made it meanwhile.
    if (!isThere()) throw error;
  }
}
