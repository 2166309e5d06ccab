import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startLab } from 'rollcall/lab';
import { checkPlatform, loadPlatform } from 'rollcall/platforms';
import { connect, replayConnection, Secret } from 'rollcall/session';
import { afterAll, expect, test } from 'vitest';
import { entryText, headerText, parseRecording } from '#dist/base/index.js';

const checkout = join(import.meta.dirname, '..', '..', '..');
const page = readFileSync(join(checkout, 'docs', 'recordings.md'), 'utf8').replaceAll('\r\n', '\n');
const [, worked = ''] = /```text\n(rollcall-recording 1\n[\s\S]*?)```/.exec(page) ?? [];
const folder = mkdtempSync(join(tmpdir(), 'rollcall-recordings-docs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the worked example is what rollcall reads, and what it writes', () => {
  const { header, entries, cut } = parseRecording(worked, 'page');
  expect(cut).toBeUndefined();
  expect(headerText(header) + entries.map(entryText).join('')).toBe(worked);
});

test('the worked example can be played again', async () => {
  const recording = parseRecording(worked, 'page');
  const target = { host: 'h', platform: 'cisco_ios', username: 'bob', secret: new Secret('any') };
  const platform = { ...loadPlatform('cisco_ios'), prepare: [] };
  const session = await connect(target, { openConnection: replayConnection(recording), platform });
  const { output } = await session.sendCommand('show users | include bü');
  expect(output).toBe(' 2 vty 0 "bü" \ufffd');
  await session.close();
});

test('the program of the page records a device, and answers without it', async () => {
  const [, source = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
  await using lab = await startLab({ devices: 1, stateDirectory: join(folder, 'lab') });
  const root = process.env.ROLLCALL_PACKAGE ?? checkout;
  const file = join(folder, 'example.mjs');
  writeFileSync(
    file,
    source
      .replace("host: 'r1.example.net'", `host: '127.0.0.1', port: ${lab.devices[0]?.port}`)
      .replace("'rollcall/session'", `'${pathToFileURL(join(root, 'dist', 'session', 'index.js')).href}'`),
  );
  const env = { ...process.env, HOME: folder, USERPROFILE: folder, XDG_STATE_HOME: folder, SSH_AUTH_SOCK: '' };
  const said = await new Promise<string>((done, fail) =>
    execFile(process.execPath, [file], { cwd: folder, env }, (error, stdout, stderr) =>
      error === null ? done(stdout) : fail(new Error(stderr)),
    ),
  );
  expect(said).toBe('true\n');
  expect(readdirSync(join(folder, 'recordings'))).toEqual(['r1.rec']);
  expect(lab.counters.connections).toBe(1);
});

test('the platform file of the page proves its own lines', () => {
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  writeFileSync(join(folder, 'my_ios.yaml'), yaml);
  const { problems, cases } = checkPlatform(loadPlatform(join(folder, 'my_ios.yaml')));
  expect([problems, cases]).toEqual([[], 6]);
});
