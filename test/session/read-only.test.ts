import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, Secret, sendCommands } from 'rollcall';
import { type DeviceSettings, type Lab, startLab } from 'rollcall/lab';
import { loadPlatforms } from 'rollcall/platforms';
import { connect, type Session } from 'rollcall/session';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-read-only-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function labOf(settings: DeviceSettings = {}): Promise<Lab> {
  return startLab({ devices: [settings], stateDirectory: join(folder, 'lab') });
}

function targetOf(lab: Lab) {
  const [device] = lab.devices;
  if (device === undefined) throw new Error('no device');
  return { ...device, password: new Secret(device.password), secret: new Secret(device.secret) };
}
const hostKeys = { policy: 'off' } as const;
const read_only = (message: RegExp) => ({ code: 'read_only', message: expect.stringMatching(message) });

test('harmless commands get through, the pager and enable included', async () => {
  await using lab = await labOf();
  await using session = await connect(targetOf(lab), { hostKeys, readOnly: true });
  expect(session.mode).toBe('privileged');
  for (const command of ['show version', 'sh run | inc hostname', 'sho ip int br']) {
    expect(await session.sendCommand(command)).toMatchObject({ ok: true });
  }
});

test.each<[string, (session: Session) => Promise<unknown>, RegExp]>([
  [
    'a command that is on no list',
    (session) => session.sendCommand('clear counters'),
    /'clear counters' is not on the list/,
  ],
  ['output into a file', (session) => session.sendCommand('show run | redirect flash:x'), /may write/],
  ['a command by time', (session) => session.sendCommandTiming('reload'), /'reload' is not on the list/],
  [
    'a harmless command in configuration',
    (session) => session.sendCommand('show run', { mode: 'config' }),
    /mode 'config'/,
  ],
  ['answers to questions', (session) => session.sendInteractive([{ send: 'show version' }]), /sendInteractive/],
  ['configuration', (session) => session.sendConfig(['hostname R9']), /sendConfig/],
  ['the mode of configuration', (session) => session.enterMode('config'), /mode 'config'/],
  ['raw text', (session) => session.write('reload\r'), /write/],
  ['a save', (session) => session.save(), /save/],
  ['a commit', (session) => session.commit(), /commit/],
  ['a file', (session) => session.files.put(import.meta.filename, 'x'), /put/],
])('%s is refused before a byte of it is sent, and the session goes on', async (_, harm, message) => {
  await using lab = await labOf();
  await using session = await connect(targetOf(lab), { hostKeys, readOnly: true });
  const before = lab.commandsOf('R1');
  await expect(harm(session)).rejects.toMatchObject(read_only(message));
  expect(lab.commandsOf('R1')).toEqual(before);
  expect(session.isOpen).toBe(true);
  expect(await session.sendCommand('show clock')).toMatchObject({ ok: true });
});

test('the run of the ready task refuses all of it before anything is connected', async () => {
  await using lab = await labOf();
  const input = { commands: ['show version', 'reload'], session: { hostKeys, readOnly: true } };
  const { results } = await run(sendCommands, [targetOf(lab)], { input });
  expect(results[0]).toMatchObject({ status: 'failed', error: read_only(/'reload'/) });
  expect(lab.counters.connections).toBe(0);
});

test('of a device that is yet to be found the session says it', async () => {
  await using lab = await labOf();
  const input = { commands: ['show version', 'reload'], session: { hostKeys, readOnly: true } };
  const { results } = await run(sendCommands, [{ ...targetOf(lab), platform: 'autodetect' }], { input });
  expect(results[0]).toMatchObject({ status: 'failed', error: read_only(/'reload'.*cisco_ios/) });
  expect(lab.commandsOf('R1')).not.toContain('reload');
});

test("a user's own platform has a list of its own, or none", async () => {
  const file = join(folder, 'my-ios.yaml');
  writeFileSync(file, 'name: my_ios\nextends: cisco_ios\nreadOnly:\n  allow: ["^show clock$"]\n  refuse: null\n');
  const platforms = loadPlatforms(file);
  await using lab = await labOf();
  await using session = await connect(
    { ...targetOf(lab), platform: 'my_ios' },
    { hostKeys, platforms, readOnly: true },
  );
  expect(await session.sendCommand('show clock')).toMatchObject({ ok: true });
  await expect(session.sendCommand('show version')).rejects.toMatchObject(read_only(/my_ios/));
  await expect(connect(targetOf(lab), { readOnly: 'yes' as unknown as boolean })).rejects.toMatchObject({
    code: 'bad_option',
  });
});

test('a session that may write still does', async () => {
  await using lab = await labOf();
  await using session = await connect(targetOf(lab), { hostKeys });
  expect(await session.sendConfig(['hostname R9'])).toMatchObject({ ok: true });
});
