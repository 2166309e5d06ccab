import { expect, test } from 'vitest';
import { lines, Place } from './cli.ts';

const place = new Place();
const ndjson = ['--format', 'ndjson'];

test('harmless commands run, and the run says so', async () => {
  const lab = await place.lab('reads', { devices: 2 });
  const args = ['run', '--read-only', 'sh ver', 'show run | include host', '-i', lab.file];
  const { code, stdout, stderr } = await place.run([...args, ...ndjson]);
  expect(code).toBe(0);
  expect(lines(stdout)).toMatchObject([
    { status: 'ok', readOnly: true },
    { status: 'ok', readOnly: true },
  ]);
  expect(stderr).toContain('read-only: nothing was sent but commands that are known to be harmless');
  const { stdout: without } = await place.run(['run', 'sh ver', '-i', lab.file, ...ndjson]);
  expect(without).not.toContain('readOnly');
});

test('the journal says it too', async () => {
  const lab = await place.lab('journaled', { devices: 1 });
  const journal = ['--journal', place.path('runs')];
  await place.run(['run', '--read-only', 'show clock', '-i', lab.file, ...journal]);
  const runs = JSON.parse((await place.run(['runs', '--format', 'json', ...journal])).stdout) as { id: string }[];
  const { stdout } = await place.run(['runs', 'show', runs[0]?.id ?? '', ...ndjson, ...journal]);
  expect(lines(stdout)).toMatchObject([{ status: 'ok', readOnly: true }]);
});

test('a command that is on no list ends it with exit 2 before anything is connected, named with its devices', async () => {
  const lab = await place.lab('refuses', { devices: [...Array(7).fill({}), { platform: 'juniper_junos' }] });
  const commands = ['show version', 'show run | redirect flash:x', 'request system reboot'];
  const { code, stdout, stderr } = await place.run(['run', '--read-only', ...commands, '-i', lab.file, ...ndjson]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/'show run \| redirect flash:x' may write.* on cisco_ios.*\(R1, R2, R3, R4, R5 and 2 more\)/);
  expect(stderr).toMatch(/'request system reboot' is not on the list.* on juniper_junos \(R8\)/);
  expect(lab.counters.connections).toBe(0);
});

test('a platform without a list refuses every command, and says so', async () => {
  const file = place.file(
    'unknown.yaml',
    '- {host: 127.0.0.1, port: 1, device_type: generic, username: a, password: b}\n',
  );
  const { code, stderr } = await place.run(['run', '--read-only', 'show version', '-i', file]);
  expect(code).toBe(2);
  expect(stderr).toContain("the platform 'generic' has no list of harmless commands");
});

test('it goes with --exec, and not with put', async () => {
  const file = place.file('linux.yaml', '- {host: 127.0.0.1, port: 1, device_type: linux, username: a, password: b}\n');
  const harm = await place.run(['run', '--read-only', '--exec', 'df -h; reboot', '-i', file]);
  expect([harm.code, harm.stderr]).toEqual([2, expect.stringContaining("'df -h; reboot'")]);
  expect((await place.run(['put', file, '--read-only', '-i', file])).stderr).toContain('unknown option');
});

test('a task cannot take it back: one that asked for a session with changes had it', async () => {
  const lab = await place.lab('task', { devices: 1 });
  const task = place.file(
    'change.mjs',
    `export default async function change(_device, _input, context) {
       const session = await context.connect({ readOnly: false });
       await session.sendConfig(['hostname CHANGED']);
     }`,
  );
  const { code, stdout } = await place.run(['run', '--task', task, '--read-only', '-i', lab.file, ...ndjson]);
  expect([code, lines(stdout)[0]]).toMatchObject([1, { status: 'failed', error: { code: 'read_only' } }]);
});
