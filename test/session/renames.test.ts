import { loadPlatform, type Platform } from 'rollcall/platforms';
import { expect, test } from 'vitest';
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
