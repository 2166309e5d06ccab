import { loadPlatform, type Platform } from 'rollcall/platforms';
import { connect, Secret } from 'rollcall/session';
import { expect, test } from 'vitest';
import { temporaryLab } from '../lab/clients.js';
import { openSession, ScriptedDevice } from './scripted-device.ts';

const platform: Platform = {
  ...loadPlatform('cisco_ios'),
  renames: ['^hostname (?<host>\\w+)$', '^set name "(?<host>[^"]+)"$'],
};

test('two rules may both have the host in them: the one that fits gives the new name', async () => {
  const device = new ScriptedDevice('R1#', [
    { to: 'show x\r', says: 'show x\r\nx\r\nR1#' },
    { to: 'set name "R2"\r', says: 'set name "R2"\r\nR2#' },
  ]);
  const session = await openSession(device, { platform });
  expect((await session.sendCommand('show x')).output).toBe('x');
  await session.sendCommand('set name "R2"');
  expect(session.hostname).toBe('R2');
});

/** Platforms with a candidate: the prompt has the old name until the commit, whatever was set. */
test.each([
  ['cisco_xr', 'hostname edge-2', 'domain name example.net', 'show version'],
  ['juniper_junos', 'set system host-name edge-2', 'set system location floor 3', 'show version'],
  ['cisco_viptela', 'system host-name edge-2', 'system site-id 7', 'show version'],
  ['nokia_srl', 'set / system name host-name edge-2', 'set / system information location x', 'show version'],
] as const)('a host name that changes at the commit on %s is learned then', async (name, rename, line, show) => {
  await using stage = await temporaryLab({ devices: [{ name: 'edge-1', platform: name, transport: 'ssh' }] });
  const { platform: _platform, password, secret, ...where } = stage.first;
  await using session = await connect(
    { ...where, platform: name, password: new Secret(password), secret: new Secret(secret) },
    { hostKeys: { policy: 'off' }, timeouts: { idleMs: 2_000 } },
  );
  expect(session.hostname).toBe('edge-1');
  // Lines behind it are still answered by a prompt of the old name.
  expect(await session.sendConfig([rename, line])).toMatchObject({ ok: true, pending: true });
  expect(session.hostname).toBe('edge-1');
  expect(await session.commit()).toMatchObject({ ok: true });
  expect(await session.sendCommand(show)).toMatchObject({ ok: true });
  expect(session.hostname).toBe('edge-2');
  expect(await session.sendConfig([line])).toMatchObject({ ok: true });
});

test('a host name that was set and dropped changes nothing', async () => {
  await using stage = await temporaryLab({
    devices: [{ name: 'edge-1', platform: 'juniper_junos', transport: 'ssh' }],
  });
  const { password, secret: _secret, ...where } = stage.first;
  await using session = await connect(
    { ...where, password: new Secret(password) },
    { hostKeys: { policy: 'off' }, timeouts: { idleMs: 2_000 } },
  );
  await session.sendConfig(['set system host-name edge-2']);
  await session.discard();
  expect(await session.sendCommand('show version')).toMatchObject({ ok: true });
  expect(session.hostname).toBe('edge-1');
});
