import { describe, expect, test } from 'vitest';
import { Secret } from '#dist/base/index.js';
import { type LoginData, loadPlatform, type Platform } from '#dist/platforms/index.js';
import { awaitPrompt, logIn } from '#dist/session/login/login.js';
import { failure } from './failure.ts';
import { converse, inEverySplit, type Reply, ScriptedDevice } from './scripted-device.ts';

const ios = loadPlatform('cisco_ios');
const waiting = { phase: 'login', expected: 'the first prompt', idleMs: 5_000 } as const;
const credentials = { username: 'ann', password: new Secret('sesame') };
const that = (login: Partial<LoginData>): Platform => ({ ...ios, login: { ...ios.login, ...login } });

const anyKey = { prompt: String.raw`^Press any key to continue$`, answer: ' ' };
const licence = { prompt: String.raw`^Show the licence\? \[Y/n\]: ?$`, answer: 'n\r' };
const newPassword = { prompt: String.raw`^Change the password now\? \[Y/N\]: ?$`, answer: 'n\r' };
const pressReturn = { prompt: String.raw`^Press RETURN to get started[.!]?$`, answer: '\r' };

describe.concurrent('what a device asks at login', () => {
  test('is answered as the platform declares it, each once, however the bytes are cut', async () => {
    const platform = that({ answers: [anyKey, licence, newPassword] });
    const replies: Reply[] = [
      { to: ' ', says: '\r                         \rShow the licence? [Y/n]: ' },
      { to: 'n\r', says: 'n\r\nYour password is 400 days old.\r\nChange the password now? [Y/N]: ' },
      { to: 'n\r', says: 'n\r\nR1#' },
    ];
    await inEverySplit('Banner\r\nPress any key to continue', replies, async (device) => {
      const conversation = converse(device, { platform });
      await awaitPrompt(conversation, waiting);
      expect(conversation.prompt.host).toBe('R1');
      expect(device.written).toBe(' n\rn\r');
    });
  });

  test('may stand above the line of the cursor, on a console', async () => {
    const platform = that({ answers: [pressReturn] });
    const greeting = '\r\n\r\nR1 con0 is now available\r\n\r\nPress RETURN to get started.\r\n\r\n\r\n';
    const device = new ScriptedDevice(greeting, [{ to: '\r', says: '\r\nR1>' }]);
    const conversation = converse(device, { platform });
    await logIn(conversation, credentials, waiting);
    expect(device.written).toBe('\r');
  });

  test('is answered between the user name and the password as well', async () => {
    const platform = that({ answers: [{ prompt: String.raw`^Accept\? \(y/n\) ?$`, answer: 'y\r' }] });
    const replies: Reply[] = [
      { to: 'ann\r', says: 'ann\r\nAccept? (y/n) ' },
      { to: 'y\r', says: 'y\r\nPassword: ' },
      { to: 'sesame\r', says: '\r\nR1>' },
    ];
    await inEverySplit('Username: ', replies, async (device) => {
      await logIn(converse(device, { platform }), credentials, waiting);
      expect(device.written).toBe('ann\ry\rsesame\r');
    });
  });

  test('a second time is not answered', async () => {
    const platform = that({ answers: [licence] });
    const replies: Reply[] = [{ to: 'n\r', says: 'n\r\nShow the licence? [Y/n]: ' }];
    const device = new ScriptedDevice('Show the licence? [Y/n]: ', replies);
    const error = await failure(awaitPrompt(converse(device, { platform }), waiting));
    expect(error).toMatchObject({ code: 'unexpected_question', phase: 'login' });
    expect(device.written).toBe('n\r');
  });

  test('and nobody declared is an error, with nothing answered', async () => {
    const device = new ScriptedDevice('Erase everything? [yes/no]: ');
    const error = await failure(awaitPrompt(converse(device), waiting));
    expect(error).toMatchObject({ code: 'unexpected_question', phase: 'login' });
    expect(device.written).toBe('');
  });
});

describe.concurrent('a console that is silent', () => {
  test('is woken once where the platform has a key for it', async () => {
    const platform = that({ wake: '\r' });
    const device = new ScriptedDevice('', [{ to: '\r', says: '\r\nR1>' }]);
    const conversation = converse(device, { platform });
    await logIn(conversation, credentials, { ...waiting, console: true });
    expect([device.written, conversation.prompt.host]).toEqual(['\r', 'R1']);
  });

  test('is woken, where a line that is none would not be: there a key could answer something', async () => {
    const device = new ScriptedDevice('', []);
    const loggedIn = logIn(converse(device, { platform: that({ wake: '\r' }) }), credentials, waiting);
    setTimeout(() => device.say('R1>'), 2_600);
    await loggedIn;
    expect(device.written).toBe('');
  });

  test('is not woken where the platform has none', async () => {
    const device = new ScriptedDevice('', []);
    const error = await failure(
      logIn(converse(device, { platform: loadPlatform('frr') }), credentials, {
        ...waiting,
        console: true,
        idleMs: 2_500,
      }),
    );
    expect(error.code).toBe('idle_timeout');
    expect(device.written).toBe('');
  });

  test('but has said something is left alone', async () => {
    const device = new ScriptedDevice('Connecting ...\r\n', []);
    const onConsole = { ...waiting, console: true };
    const loggedIn = logIn(converse(device, { platform: that({ wake: '\r' }) }), credentials, onConsole);
    setTimeout(() => device.say('R1>'), 2_600);
    await loggedIn;
    expect(device.written).toBe('');
  });
});
