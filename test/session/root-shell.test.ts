import { describe, expect, test } from 'vitest';
import { loadPlatform, type Platform } from '#dist/platforms/index.js';
import { failure } from './failure.ts';
import { inEverySplit, openSession, type Reply, ScriptedDevice } from './scripted-device.ts';

const GREETING = 'noc@box:~$ ';
const linux = loadPlatform('linux');
const options = { platform: linux, username: 'noc', secret: 'hunter2' };

const asksForSudo: readonly Reply[] = [
  { to: 'sudo -s\r', says: 'sudo -s\r\n[sudo] password for noc: ' },
  { to: 'hunter2\r', says: '\r\nroot@box:/home/noc# ' },
];

describe("root's shell on a Linux host", () => {
  test('is entered by sudo with the secret, and commands are typed there', async () => {
    const who: Reply = { to: 'id -un\r', says: 'id -un\r\nroot\r\nroot@box:/home/noc# ' };
    await inEverySplit(GREETING, [...asksForSudo, who], async (device) => {
      const session = await openSession(device, options);
      expect(session.mode).toBe('shell');
      await session.enterMode('root-shell');
      expect(session.mode).toBe('root-shell');
      expect((await session.sendCommand('id -un')).output).toBe('root');
    });
  });

  test('is entered without a question where sudo asks none', async () => {
    const device = new ScriptedDevice(GREETING, [{ to: 'sudo -s\r', says: 'sudo -s\r\nroot@box:/home/noc# ' }]);
    const session = await openSession(device, options);
    await session.enterMode('root-shell');
    expect(session.mode).toBe('root-shell');
  });

  test('is that of who logs in as root, and nothing is sent', async () => {
    const device = new ScriptedDevice('root@box:~# ');
    const session = await openSession(device, options);
    await session.enterMode('root-shell');
    expect([session.mode, device.written]).toEqual(['root-shell', '']);
  });

  test.each([
    ['a wrong password', '\r\nSorry, try again.\r\n[sudo] password for noc: '],
    ['a user who may not', '\r\nnoc is not in the sudoers file.\r\nnoc@box:~$ '],
  ])('is not entered with %s: the secret was refused, and is not sent twice', async (_what, says) => {
    const device = new ScriptedDevice(GREETING, [...asksForSudo.slice(0, 1), { to: 'hunter2\r', says }]);
    const session = await openSession(device, { ...options, idleMs: 500 });
    expect(await failure(session.enterMode('root-shell'))).toMatchObject({ code: 'enable_secret' });
    expect(device.written.match(/hunter2/g)).toHaveLength(1);
  });

  test('is entered by su where a platform says so', async () => {
    const [sudo, su] = linux.modes['root-shell']?.enter ?? [];
    expect([sudo?.send, su?.send]).toEqual(['sudo -s', 'su']);
    if (su === undefined) throw new Error('linux has no second way to root');
    const rootShell = { prompt: linux.modes['root-shell']?.prompt ?? '', enter: [su] };
    const bySu: Platform = { ...linux, modes: { ...linux.modes, 'root-shell': rootShell } };
    const device = new ScriptedDevice(GREETING, [
      { to: 'su\r', says: 'su\r\nPassword: ' },
      { to: 'hunter2\r', says: '\r\nroot@box:/home/noc# ' },
    ]);
    const session = await openSession(device, { ...options, platform: bySu });
    await session.enterMode('root-shell');
    expect(session.mode).toBe('root-shell');
  });
});
