import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, Secret } from 'rollcall/session';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { realDevicesOrSkip } from './use.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-autodetect-'));

beforeAll(() => {
  mkdirSync(join(folder, 'home'));
  vi.stubEnv('HOME', join(folder, 'home'));
  vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
  vi.stubEnv('SSH_AUTH_SOCK', '');
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const real = realDevicesOrSkip();

test.each([
  ['zebra', 'frr', 'exec', 'show version'],
  ['vtysh', 'frr', 'privileged', 'show version'],
  ['shell', 'linux', 'shell', 'uname -r'],
  ['dropbear', 'linux', 'shell', 'uname -r'],
] as const)('%s is detected as %s', async (kind, platform, mode, command) => {
  const { host, port, transport, username, password } = real().device(kind);
  const target = { host, port, transport, username, password: new Secret(password), platform: 'autodetect' };
  await using session = await connect(target, { hostKeys: { policy: 'off' } });
  expect([session.platform, session.mode]).toEqual([platform, mode]);
  expect(await session.sendCommand(command)).toMatchObject({ ok: true, output: expect.stringMatching(/\d/) });
  expect((await session.sendCommand('bogus')).ok).toBe(false);
});
