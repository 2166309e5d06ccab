import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startLab } from 'rollcall/lab';
import { expect, test } from 'vitest';
import { Place } from '../../cli/cli.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'runs.md'), 'utf8').replaceAll(
  '\r\n',
  '\n',
);
const place = new Place();

/** The text below a heading, until the next one. */
const section = (heading: string): string => (page.split(`\n## ${heading}`)[1] ?? '').split('\n## ')[0] ?? '';
const firstCells = (text: string): string[] => [...text.matchAll(/^\| `([^`]+)` /gm)].map(([, name = '']) => name);

test('the program of the page runs as it stands there', async () => {
  const lab = await startLab({ devices: 2, transport: 'telnet', stateDirectory: place.path('keys') });
  place.afterwards(() => lab.close());
  place.file('devices.yaml', lab.inventory());
  const [, program = ''] = /```js\n([\s\S]*?)```/.exec(section('In a program')) ?? [];
  const door = import.meta.resolve('rollcall');
  writeFileSync(place.path('audit.mjs'), program.replace("'rollcall'", JSON.stringify(door)));
  const { stdout } = await promisify(execFile)(process.execPath, ['audit.mjs'], { cwd: place.folder, env: place.env });
  expect(stdout).toBe('2 of 2 are ok\nR1 ok\nR2 ok\n');
  expect(readdirSync(place.path('runs'))).toHaveLength(1);
});

test('the tables of the page have what there is, and nothing else', async () => {
  const help = await place.run(['run', '--help']);
  expect(firstCells(section('What a journal holds'))).toEqual(['--journal-outputs', 'redacted', 'none', 'full']);
  expect(help.stdout.replaceAll(/\s+/g, ' ')).toContain('(choices: "redacted", "none", "full")');
  place.file('devices.yaml', '- { device_type: cisco_ios, host: 127.0.0.1, port: 1, username: u, password: p }\n');
  await place.run(['run', 'show clock', '--journal', 'listed']);
  await place.run(['rerun', 'latest', '--journal', 'listed']);
  const { stdout } = await place.run(['runs', '--journal', 'listed', '--format', 'json']);
  const [newest] = JSON.parse(stdout) as [object];
  expect(Object.keys(newest).sort()).toEqual(firstCells(section('`rollcall runs`')).sort());
});
