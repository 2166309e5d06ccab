import { connect, type Session } from 'rollcall/session';
import { describe, expect, test } from 'vitest';
import { loadPlatform, loadPlatforms, modeOf } from '#dist/platforms/index.js';
import { failure } from './failure.ts';
import { openSession, ScriptedDevice } from './scripted-device.ts';

/** A session as a program without types sees it. */
type Untyped = Record<keyof Session, (...given: unknown[]) => Promise<unknown>>;

describe.concurrent('wrong options of an operation were taken, or gave a TypeError', () => {
  const set = ['x'];
  test.each<[string, (session: Untyped) => Promise<unknown>, string]>([
    [
      'a misspelt refusals',
      (s) => s.sendCommand('x', { refusals: 'Ignore' }),
      `got the text "Ignore"; did you mean 'ignore'?`,
    ],
    ['a misspelt idleMs', (s) => s.sendCommand('x', { idelMs: 5 }), "has no option 'idelMs'; did you mean 'idleMs'?"],
    ['no object', (s) => s.sendCommand('x', null), 'the options of sendCommand are an object; got null'],
    ['a time that is a text', (s) => s.sendCommand('x', { totalMs: '5' }), 'at least 1; got the text "5"'],
    ['a mode that is none', (s) => s.sendCommand('x', { mode: 5 }), 'mode must be a text; got 5'],
    ['a context that is none', (s) => s.sendCommand('x', { context: 5 }), 'context must be a text; got 5'],
    ['enterMode of a number', (s) => s.enterMode(5), 'mode must be a text; got 5'],
    ['enterMode of nothing', (s) => s.enterMode(), 'mode must be a text; got null'],
    ['write of a number', (s) => s.write(5), 'text must be a text; got 5'],
    ['a window that is a text', (s) => s.sendConfig(set, { window: '3' }), 'got the text "3"'],
    ['a configuration that is none', (s) => s.sendConfig(), '{ file }; got nothing'],
    [
      'a commit that is none',
      (s) => s.sendConfig(set, { commit: 'yes' }),
      'commit must be true, or the options of a commit',
    ],
    ['a misspelt onRefusal', (s) => s.sendConfig(set, { onRefusal: 'stopp' }), "did you mean 'stop'?"],
    ['a misspelt comment', (s) => s.commit({ coment: 'x' }), "did you mean 'comment'?"],
    [
      'a step that is none',
      (s) => s.sendInteractive([{ sned: 'x' }]),
      "a step has no option 'sned'; did you mean 'send'?",
    ],
    ['a hidden that is none', (s) => s.sendInteractive([{ send: 'x', hidden: 'no' }]), 'hidden must be true or false'],
  ])('%s', async (_what, call, says) => {
    const device = new ScriptedDevice('R1#', [{ to: 'x\r', says: 'x\r\nR1#' }]);
    const session = await openSession(device);
    const error = await failure(call(session as unknown as Untyped));
    expect(error).toMatchObject({ name: 'OptionError', code: 'bad_option' });
    expect(error.message).toContain(says);
    expect((await session.sendCommand('x')).ok).toBe(true);
    expect(device.written).toBe('x\r');
  });
});

describe('wrong options of connect were looked at after the network, or gave a TypeError', () => {
  const target = { host: '192.0.2.1', platform: 'cisco_ios' };
  const untyped = connect as (...given: unknown[]) => Promise<unknown>;

  test.each<[string, unknown, unknown, string]>([
    ['no target', undefined, {}, 'connect takes a target'],
    ['no host', { platform: 'cisco_ios' }, {}, 'host must be a name or an address; got nothing'],
    ['no platform', { host: 'x' }, {}, 'platform must be a text; got null'],
    ['a user that is none', { ...target, username: 5 }, {}, 'username must be a text; got 5'],
    ['a context that is none', { ...target, context: 5 }, {}, 'context must be a text; got 5'],
    ['an encoding that is none', { ...target, encoding: 'cp866x' }, {}, 'got the text "cp866x"'],
    ['a signal that is none', target, { signal: 5 }, 'signal must be an AbortSignal; got 5'],
    ['an onPhase that is none', target, { onPhase: 5 }, 'onPhase must be a function; got 5'],
    ['timeouts that are none', target, { timeouts: 5 }, 'the options of timeouts are an object; got 5'],
    ['a misspelt timeout', target, { timeouts: { idelMs: 5 } }, "did you mean 'idleMs'?"],
    ['a misspelt option', target, { timeout: {} }, "connect has no option 'timeout'; did you mean 'timeouts'?"],
    ['half a platform', target, { platform: { name: 'x' } }, 'got one without modes, terminal'],
    ['null', target, null, 'the options of connect are an object; got null'],
  ])('%s', async (_what, to, options, says) => {
    const error = await failure(untyped(to, options));
    expect(error).toMatchObject({ name: 'OptionError', code: 'bad_option' });
    expect(error.message).toContain(says);
  });

  test('and so did those of platforms', () => {
    const calls = [
      () => modeOf('cisco_ios' as never, 'R1#'),
      () => modeOf(loadPlatform('cisco_ios'), undefined as never),
      () => loadPlatforms(undefined as never),
      () => loadPlatform(undefined as never),
    ];
    for (const call of calls) expect(call).toThrow(expect.objectContaining({ code: 'bad_option' }));
  });
});

test('a device that goes on and on was waited for without end', async () => {
  const device = new ScriptedDevice('R1#', [{ to: 'show log\r', says: 'show log\r\n' }]);
  const session = await openSession(device, { idleMs: 1_000 });
  const talking = setInterval(() => device.say('.\r\n'), 20);
  const error = await failure(session.sendCommand('show log', { totalMs: 200 }));
  clearInterval(talking);
  expect(error).toMatchObject({ name: 'DeviceTimeoutError', code: 'device_timeout', phase: 'command' });
  expect(error.message).toContain("the prompt after 'show log' did not come: its totalMs are over");
});
