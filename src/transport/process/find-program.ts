import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

/** Returns the path of a program, looked for as a shell would; undefined where there is none that we may run. */
export function findProgram(name: string): string | undefined {
  const isPath = isAbsolute(name) || /[\\/]/.test(name);
  const folders = isPath ? [''] : (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const endings = process.platform === 'win32' ? ['', ...(process.env.PATHEXT ?? '.EXE').split(';')] : [''];
  const files = folders.flatMap((folder) =>
    endings.map((ending) => (isPath ? resolve(name) : join(folder, name)) + ending),
  );
  return files.find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
