import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';

const checkout = join(import.meta.dirname, '..', '..');

/** Returns the one example under a heading of a page of docs/. */
export function exampleUnder(page: string, heading: string): string {
  const text = readFileSync(join(checkout, 'docs', page), 'utf8').replaceAll('\r\n', '\n');
  const section = text.split(/^(?=## )/m).find((one) => one.startsWith(`## ${heading}\n`)) ?? '';
  const examples = [...section.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code = '']) => code);
  expect(examples, `examples under '## ${heading}' of ${page}`).toHaveLength(1);
  return examples[0] ?? '';
}

/** Runs an example as its reader would, in that folder, which is its home as well, and returns what it printed. */
export async function runExample(text: string, folder: string): Promise<string> {
  const door = join(process.env.ROLLCALL_PACKAGE ?? checkout, 'dist', 'session', 'index.js');
  const source = text
    .replaceAll("'rollcall/session'", `'${pathToFileURL(door).href}'`)
    // Node 20 cannot parse it; a reader's compiler, or Node 24, does.
    .replace(/await using session = (await connect\([\s\S]*?\));/, 'const session = $1; closing = session;');
  const file = join(folder, 'example.mjs');
  writeFileSync(file, `let closing;\n${source}\nawait closing?.close();\n`);
  const env = { ...process.env, HOME: folder, USERPROFILE: folder, XDG_STATE_HOME: folder, SSH_AUTH_SOCK: '' };
  const child = spawn(process.execPath, [file], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  expect(await new Promise((settle) => child.once('close', settle))).toBe(0);
  return stdout;
}
