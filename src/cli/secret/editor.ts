import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from '../../base/index.js';
import { UsageError } from '../exit-codes.js';

/** What came of an editor: the text, or why there is none. */
export type Edited = { readonly bytes: Uint8Array } | { readonly failed: string; readonly signal?: NodeJS.Signals };

/** Has a text edited in a folder for its owner alone, which is gone afterwards, however that ends. @throws UsageError. */
export async function editPrivately(name: string, bytes: Uint8Array): Promise<Edited> {
  const folder = mkdtempSync(join(privateRoot(), 'rollcall-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    const path = join(folder, name);
    writeFileSync(path, bytes, { mode: 0o600 });
    const failed = await edit(path);
    return failed ?? { bytes: readFileSync(path) };
  } finally {
    remove();
    process.removeListener('exit', remove);
  }
}

/** A folder of the session's own is in memory on Linux; others write to a disk. */
function privateRoot(): string {
  const runtime = process.env.XDG_RUNTIME_DIR;
  return runtime?.startsWith('/') && statSync(runtime, { throwIfNoEntry: false })?.isDirectory() ? runtime : tmpdir();
}

/** The editor's words are parted at blanks, as in `code --wait`: no shell reads them. */
function editorWords(): readonly string[] {
  const named = process.env.VISUAL?.trim() || process.env.EDITOR?.trim();
  return (named || (process.platform === 'win32' ? 'notepad' : 'vi')).split(/\s+/);
}

async function edit(path: string): Promise<Exclude<Edited, { bytes: unknown }> | undefined> {
  const [program = '', ...args] = editorWords();
  const child = spawn(program, [...args, path], { stdio: 'inherit', env: childEnvironment() });
  const release = passSignals(child);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', ({ code }: NodeJS.ErrnoException) =>
        reject(new UsageError(`cannot start the editor '${program}' (${code}); name one with EDITOR`)),
      );
      child.once('exit', (code, signal) => {
        if (code === 0) return resolve(undefined);
        if (signal === null) return resolve({ failed: `the editor ended with exit code ${code}` });
        resolve({ failed: `the editor was ended by ${signal}`, signal });
      });
    });
  } finally {
    release();
  }
}

/** Ctrl-C is a key for the editor, which has the terminal; who ends rollcall ends the editor. */
function passSignals(child: ChildProcess): () => void {
  const handlers = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => {
    const handler = (): void => void (signal !== 'SIGINT' && child.kill(signal));
    process.on(signal, handler);
    return () => process.removeListener(signal, handler);
  });
  return () => {
    for (const release of handlers) release();
  };
}
