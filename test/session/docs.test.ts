import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Lab, startLab } from 'rollcall/lab';
import * as session from 'rollcall/session';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ERROR_CODES, PHASES } from '#dist/base/index.js';
import { exampleUnder, runExample as runInFolder } from './doc-example.ts';

const checkout = join(import.meta.dirname, '..', '..');
const page = (name: string): string => readFileSync(join(checkout, 'docs', name), 'utf8').replaceAll('\r\n', '\n');
const examplesOf = (name: string): string[] =>
  [...page(name).matchAll(/```js\n([\s\S]*?)```/g)].map(([, text = '']) => text);
const words = (text: string): string[] => [...text.matchAll(/`(\w+)`/g)].map(([, word = '']) => word);

test('the page prints every code and every phase, in order, and no others', () => {
  const [, codes = '', phases = ''] =
    /All codes of rollcall[^:]*:\n([\s\S]*?)\nAll phases, in order:\n([\s\S]*)$/.exec(page('sessions.md')) ?? [];
  expect(words(codes)).toEqual([...ERROR_CODES]);
  expect(words(phases)).toEqual([...PHASES]);
});

test('the table of errors names classes and codes that there are', () => {
  const rows = [...page('sessions.md').matchAll(/^\| `(\w+Error)` +\| ([^|]+)\|/gm)];
  const doors: Record<string, unknown> = { ...session };
  expect(rows.map(([, name = '']) => typeof doors[name])).toEqual(rows.map(() => 'function'));
  expect(rows).toHaveLength(Object.keys(doors).filter((name) => name.endsWith('Error')).length);
  for (const [, , codes = ''] of rows) for (const code of words(codes)) expect(ERROR_CODES).toContain(code);
});

const folder = mkdtempSync(join(tmpdir(), 'rollcall-session-docs-'));
let lab: Lab;
beforeAll(async () => {
  const devices = [
    ...[{ transport: 'ssh' as const }, { transport: 'telnet' as const }],
    ...[{ platform: 'juniper_junos' as const }, { platform: 'cisco_asa' as const }],
  ];
  lab = await startLab({ devices, stateDirectory: join(folder, 'lab') });
});
afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs an example as its reader would, in a folder of its own, with the lab's routers in place of r1 and r2. */
function runExample(text: string): Promise<string> {
  const where = lab.devices.map(({ host, port }) => `host: '${host}', port: ${port}`);
  const source = text.replace(/host: 'r(\d)\.example\.net'/, (_, number: string) => where[Number(number) - 1] ?? '');
  return runInFolder(source, folder);
}

test('the examples of the sessions page work (lab)', async () => {
  const [first = '', ends = '', ...rest] = examplesOf('sessions.md');
  const [modes = '', questions = '', single = '', configuring = '', commit = '', contexts = '', errors = '', ...more] =
    rest;
  expect(more).toEqual([]);
  expect(await runExample(ends)).toMatch(
    /^silence \*?\d\d:.*\npattern R1 uptime is.*\n[\s\S]*show privilege\nCurrent privilege level is\b.*\nprompt \d+ \d{3,}\n$/,
  );
  expect(await runExample(first)).toMatch(
    new RegExp(
      [
        String.raw`^R1#show clock\n\*?\d\d:\d\d:\d\d\.\d{3} UTC .*true`,
        String.raw`false % Unknown command or computer name.*`,
        String.raw`R1#configure terminal`,
        String.raw`[\s\S]*R1\(config\)#interface Loopback0`,
        String.raw`R1\(config-if\)#description set by rollcall`,
        String.raw`R1\(config-if\)#end`,
        String.raw`R1#\n$`,
      ].join(String.raw`\n`),
    ),
  );
  expect(await runExample(modes)).toBe('config R1(config)#\nR1(config)# privileged\n');
  expect(await runExample(questions)).toMatch(/^true Destination filename \[startup-config\]\? \n[\s\S]*\[OK\]\n$/);
  expect(await runExample(single)).toMatch(/^true Current privilege level is \d+ 0 "" exit\nfalse\n$/);
  expect(await runExample(configuring)).toMatch(
    new RegExp(
      [
        String.raw`^false 7 \d % Invalid input detected at '\^' marker\.`,
        String.raw`R1#configure terminal`,
        String.raw`[\s\S]*R1\(config\)#banner motd \^`,
        String.raw`[\s\S]*R1# looks like a prompt, and is text`,
        String.raw`\^`,
        String.raw`R1\(config\)#interface Loopback7`,
        String.raw`R1\(config-if\)# description seven`,
        String.raw`R1\(config-if\)# ip adress 192\.0\.2\.7 255\.255\.255\.255`,
        String.raw`[\s\S]*R1\(config-if\)#end`,
        String.raw`R1#\n$`,
      ].join(String.raw`\n`),
    ),
  );
  expect(await runExample(commit)).toMatch(
    /^true commit complete\ntrue config\nexec edge-2\nfalse .*syntax error.*\n$/,
  );
  expect(await runExample(contexts)).toBe('R4/admin#  R4# \n');
  expect(await runExample(errors)).toBe('check the password: authentication authenticate\n');
});

test('the examples of the ways in work (lab)', async () => {
  const key = spawnSync(process.execPath, ['-e', makeKey], { encoding: 'utf8', cwd: checkout });
  const ssh = exampleUnder('ways-in.md', 'SSH');
  const telnet = exampleUnder('ways-in.md', 'Telnet');
  writeFileSync(join(folder, 'id_ed25519'), key.stdout, { mode: 0o600 });
  expect(await runExample(ssh.replace('~/.ssh/id_ed25519', '~/id_ed25519'))).toBe('R1\n');
  expect(readFileSync(join(folder, 'known_hosts'), 'utf8')).toMatch(/^\[127\.0\.0\.1\]:\d+ ssh-ed25519 \S+\n$/);
  expect(await runExample(telnet)).toBe('R2>\n');
});

const makeKey = "process.stdout.write(require('ssh2').utils.generateKeyPairSync('ecdsa', { bits: 256 }).private)";
