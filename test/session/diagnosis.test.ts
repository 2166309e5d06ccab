import { describe, expect, test } from 'vitest';
import type { RollcallError } from '#dist/base/index.js';
import { loadPlatform } from '#dist/platforms/index.js';
import { diagnose } from '#dist/session/line/diagnosis.js';
import { junosLike } from './own-platforms.ts';
import { openSession, ScriptedDevice } from './scripted-device.ts';

describe('what a device waits for when an answer does not come', () => {
  test.each([
    [' --More-- ', 'pager'],
    ['---- More ----', 'pager'],
    ['<--- More --->', 'pager'],
    ['Press any key to continue (Q to quit)', 'pager'],
    ['lines 1-23', 'pager'],
    ['Password: ', 'password prompt'],
    ["admin@192.0.2.1's password: ", 'password prompt'],
    ['Enter passphrase for key: ', 'password prompt'],
    ['Proceed with reload? [confirm]', 'question'],
    ['Save? [yes/no]: ', 'question'],
    ['Destination filename [startup-config]? ', 'question'],
    ['Are you sure (y/n) ', 'question'],
    ['Username: ', 'question'],
    ['R1>', 'other prompt'],
    ['router-7(config)#', 'other prompt'],
    ['user@box:~$ ', 'other prompt'],
    ['[HUAWEI-ui]', 'other prompt'],
    ['half a li', 'silence'],
    ['', 'silence'],
  ])('%j: %s', (line, stall) => {
    expect(diagnose(loadPlatform('cisco_ios'), line)).toBe(stall);
  });

  test('a prompt of two lines is one', () => {
    expect(diagnose(junosLike, 'ops@mx-1#', '[edit]')).toBe('other prompt');
  });
});

/** What the error tells that a session ends with, after the device has said this and no more. */
async function failure(says: string, closes = false): Promise<RollcallError> {
  const device = new ScriptedDevice('R1#', [{ to: 'show x\r', says, closes }]);
  const session = await openSession(device, { idleMs: 700, password: 'hunter2' });
  return session.sendCommand('show x').then(
    () => {
      throw new Error('it did not fail');
    },
    (error) => error as RollcallError,
  );
}

describe.concurrent('an error of a conversation tells the phase, what was expected, what it waits for, and the last words', () => {
  test.each([
    ['show x\r\none\r\nlogin as other: R9# ', 'idle_timeout', 'other prompt'],
    ['show x\r\none\r\n<--- More --->', 'idle_timeout', 'pager'],
    ['show x\r\none\r\nEnter PIN [none]? ', 'unexpected_question', 'question'],
    ['show x\r\none\r\nPassword: ', 'unexpected_question', 'password prompt'],
    ['show x\r\none', 'idle_timeout', 'silence'],
    ['show x\r\none\r\n', 'idle_timeout', 'silence'],
  ])('%j', async (says, code, stall) => {
    const error = await failure(says);
    expect(error).toMatchObject({ code, phase: 'command', details: { expected: "the prompt after 'show x'", stall } });
    expect(error.details?.lastReceived).toContain('one');
  });

  test('a connection that is closed, whatever stood on the line', async () => {
    const error = await failure('show x\r\nPassword: ', true);
    expect(error).toMatchObject({
      code: 'closed',
      details: { stall: 'closed', lastReceived: 'R1#show x\nPassword: ' },
    });
  });

  test('and no secret', async () => {
    const error = await failure('show x\r\nusername cisco password hunter2\r\nsnmp hunter2');
    expect(error.details?.lastReceived).toBe('R1#show x\nusername cisco password [secret]\nsnmp [secret]');
  });
});
