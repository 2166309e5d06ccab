import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  AuthenticationError,
  checkMs,
  Deadline,
  didYouMean,
  ERROR_CODES,
  errorClassNamed,
  nearest,
  OptionError,
  PHASES,
  processWide,
  quote,
  RollcallError,
  stateDirectory,
} from '#dist/base/index.js';

describe('a deadline', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('calls once when it passes, and not when it was called off', () => {
    const [passed, off] = [vi.fn(), vi.fn()];
    Deadline.after(100).schedule(passed);
    const unschedule = Deadline.after(100).schedule(off);
    vi.advanceTimersByTime(99);
    expect(passed).not.toHaveBeenCalled();
    unschedule();
    vi.advanceTimersByTime(10_000);
    expect([passed.mock.calls.length, off.mock.calls.length]).toEqual([1, 0]);
  });

  test('may be longer than a timer can hold', () => {
    const passed = vi.fn();
    const days = 60 * 24 * 3600 * 1000;
    Deadline.after(days).schedule(passed);
    vi.advanceTimersByTime(days - 1);
    expect(passed).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2);
    expect(passed).toHaveBeenCalledTimes(1);
  });

  test('without a limit never passes, and keeps no timer', () => {
    Deadline.after(undefined).schedule(() => {});
    expect(vi.getTimerCount()).toBe(0);
    expect(Deadline.never.passed).toBe(false);
    expect(Deadline.never.remainingMs()).toBe(Infinity);
    const near = Deadline.after(5);
    expect(Deadline.never.earlier(near)).toBe(near);
    expect(near.earlier(Deadline.after(9))).toBe(near);
  });
});

test('a time that is none is refused with what came', () => {
  expect(checkMs('idleMs', 5)).toBe(5);
  expect(checkMs('idleMs', undefined)).toBeUndefined();
  for (const [wrong, shown] of [
    [-1, '-1'],
    [Number.NaN, 'NaN'],
    ['5' as unknown as number, 'the text "5"'],
  ] as const) {
    expect(() => checkMs('idleMs', wrong)).toThrow(OptionError);
    expect(() => checkMs('idleMs', wrong)).toThrow(`idleMs must be a number of milliseconds, at least 0; got ${shown}`);
  }
});

describe('an error', () => {
  test('carries its code, phase and details, and nothing that it was not given', () => {
    const cause = new Error('why');
    const error = new AuthenticationError('authentication', 'no', {
      phase: 'login',
      cause,
      details: { tried: 'password' },
    });
    expect(error).toBeInstanceOf(RollcallError);
    expect(error).toMatchObject({
      name: 'AuthenticationError',
      code: 'authentication',
      phase: 'login',
      cause,
      details: { tried: 'password' },
    });
    expect(Object.keys(new RollcallError('closed', 'gone'))).toEqual(['code']);
    expect('cause' in new RollcallError('closed', 'gone')).toBe(false);
  });

  test('of a class that is known is found by its name', () => {
    expect(errorClassNamed('AuthenticationError')).toBe(AuthenticationError);
    expect(errorClassNamed('toString')).toBeUndefined();
  });

  test('has one of the codes and phases of the lists, each there once', () => {
    expect(new Set(ERROR_CODES).size).toBe(ERROR_CODES.length);
    expect(new Set(PHASES).size).toBe(PHASES.length);
    for (const word of [...ERROR_CODES, ...PHASES]) expect(word).toMatch(/^[a-z]+(_[a-z]+)*$/);
  });
});

test('the nearest names of a mistyped word', () => {
  const names = ['cisco_ios', 'cisco_xe', 'frr', 'linux'];
  expect(nearest('cisco_ois', names)).toEqual(['cisco_ios']);
  expect(nearest('LINUX', names)).toEqual(['linux']);
  expect(nearest('cisco', names)).toEqual(['cisco_ios', 'cisco_xe']);
  expect(nearest('juniper', names)).toEqual([]);
  expect(didYouMean('cisco', names)).toBe("; did you mean 'cisco_ios' or 'cisco_xe'?");
  expect(didYouMean('juniper', names)).toBe('');
});

test('a foreign text in quotes has nothing that a terminal would obey, and is cut', () => {
  expect(quote('a"b')).toBe('"a\\"b"');
  expect(quote('\u001b[31m\u202e\u009b')).toBe('"\\u001b[31m\\u{202e}\\u{9b}"');
  expect(quote('x'.repeat(100))).toBe(`"${'x'.repeat(60)}…"`);
});

test('what must be one per process is one', () => {
  const made = vi.fn(() => ({}));
  expect(processWide('test of base', made)).toBe(processWide('test of base', made));
  expect(made).toHaveBeenCalledTimes(1);
});

test('the state directory is where the platform wants it', () => {
  expect(stateDirectory({ XDG_STATE_HOME: '/x' }, 'linux')).toBe(join('/x', 'rollcall'));
  expect(stateDirectory({ XDG_STATE_HOME: 'relative' }, 'linux')).toBe(join(homedir(), '.local', 'state', 'rollcall'));
  expect(stateDirectory({}, 'darwin')).toBe(join(homedir(), '.local', 'state', 'rollcall'));
  expect(stateDirectory({ LOCALAPPDATA: 'C:\\x' }, 'win32')).toBe(join('C:\\x', 'rollcall'));
});
