import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { type DeviceSettings, type FaultName, type Lab, startLab } from 'rollcall/lab';
import {
  checkCommands,
  connect,
  type RollcallError,
  Secret,
  type SessionOptions,
  type SessionTarget,
} from 'rollcall/session';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-connect-'));
beforeAll(() => {
  vi.stubEnv('HOME', folder);
  vi.stubEnv('XDG_STATE_HOME', folder);
  vi.stubEnv('SSH_AUTH_SOCK', '');
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

let lab: Lab | undefined;
afterEach(async () => {
  await lab?.close();
  lab = undefined;
});

async function router(settings: DeviceSettings = {}): Promise<SessionTarget> {
  lab = await startLab({ devices: [settings], stateDirectory: join(folder, 'lab') });
  const [device] = lab.devices;
  if (device === undefined) throw new Error('no device');
  const { host, port, username } = device;
  return {
    host,
    port,
    username,
    platform: 'cisco_ios',
    transport: settings.transport ?? 'ssh',
    password: new Secret(device.password),
    secret: new Secret(device.secret),
  };
}

async function failure(work: Promise<unknown>): Promise<RollcallError> {
  try {
    await work;
  } catch (error) {
    return error as RollcallError;
  }
  throw new Error('it did not fail');
}

const quick: SessionOptions = { hostKeys: { policy: 'off' }, timeouts: { idleMs: 600 } };
const patient: SessionOptions = { hostKeys: { policy: 'off' } };

describe.each(['ssh', 'telnet'] as const)('a router over %s (lab)', (transport) => {
  test('is logged in to, enabled, asked, configured and left', async () => {
    const device = await router({ transport });
    const phases: string[] = [];
    const session = await connect(device, { ...patient, onPhase: (phase) => phases.push(phase) });
    expect(phases).toEqual([
      ...(transport === 'ssh' ? ['connect', 'negotiate', 'host_key', 'authenticate'] : ['connect']),
      ...['open', 'login', 'prepare', 'enable'],
    ]);
    expect([session.hostname, session.mode, session.findPrompt()]).toEqual(['R1', 'privileged', 'R1#']);
    const answers = await Promise.all(
      ['show clock', 'show ip interface brief', 'bogus'].map((command) => session.sendCommand(command)),
    );
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, false]);
    expect(answers[0]?.output).toMatch(/^\*?\d\d:\d\d:\d\d\.\d{3} UTC/);
    const { ok } = await session.sendConfig(['interface Loopback9', 'description nine']);
    expect(ok).toBe(true);
    expect((await session.sendCommand('show running-config interface Loopback9')).output).toContain(
      ' description nine',
    );
    await session.close();
    await session.close();
    await expect(session.sendCommand('show clock')).rejects.toMatchObject({ code: 'session_closed' });
    await vi.waitFor(() => expect(lab?.counters.connected).toBe(0), { timeout: 5_000, interval: 5 });
    expect(lab?.commandsOf('R1').slice(0, 3)).toEqual(['terminal length 0', 'terminal width 511', 'enable']);
    expect(lab?.commandsOf('R1').at(-1)).toBe('exit');
  });

  test.each<FaultName[][]>([
    [['banner_100k']],
    [['duplicate_prompt']],
    [['noise']],
    [['dribble']],
    [['noise', 'dribble']],
    [['duplicate_prompt', 'dribble']],
  ])('whose line has %j answers all the same', async (faults) => {
    const device = await router({ transport, faults });
    await using session = await connect(device, patient);
    const [clock, brief, ...more] = await Promise.all(
      ['show clock', 'show ip interface brief', 'show clock', 'show version'].map((command) =>
        session.sendCommand(command),
      ),
    );
    expect(clock?.output.split('\n').filter((line) => /UTC/.test(line) && !line.includes('%'))).toHaveLength(1);
    expect(brief?.output).toContain('Interface ');
    expect(more.every(({ ok }) => ok)).toBe(true);
    expect(session.mode).toBe('privileged');
  });

  test.each([
    ['ask_confirm', 'unexpected_question'],
    ['close_mid_answer', 'closed'],
    ['hang_mid_answer', 'idle_timeout'],
  ] as const)('that does %s in an answer gives an error with code %s, and no answer', async (fault, code) => {
    const session = await connect(await router({ transport, faults: [fault] }), quick);
    expect(await failure(session.sendCommand('show version'))).toMatchObject({ code, phase: 'command' });
    await session.close();
    expect(lab?.commandsOf('R1').at(-1)).toBe('show version');
  });

  test('that echoes nothing is an error before any command of ours', async () => {
    const device = await router({ transport, faults: ['no_echo'] });
    expect(await failure(connect(device, quick))).toMatchObject({ code: 'echo_missing', phase: 'prepare' });
  });

  test('with a wrong password', async () => {
    const device = { ...(await router({ transport })), password: new Secret('pa55word-of-mine') };
    const error = await failure(connect(device, patient));
    expect(error).toMatchObject({ name: 'AuthenticationError', code: 'authentication' });
    expect(error.message).toMatch(
      /^Authentication failure: unable to connect cisco_ios 127\.0\.0\.1:\d+: the device refused user 'cisco'/,
    );
    expect(inspect(error, { depth: 9 }) + JSON.stringify(error)).not.toContain('of-mine');
    expect(lab?.counters.refusedLogins).toBe(1);
  });

  test('with a wrong secret, without one, and told not to enable', async () => {
    const device = await router({ transport });
    const wrong = await failure(connect({ ...device, secret: new Secret('s3cret-of-mine') }, patient));
    expect(wrong).toMatchObject({ name: 'AuthenticationError', code: 'enable_secret', phase: 'enable' });
    expect(inspect(wrong, { depth: 9 }) + JSON.stringify(wrong)).not.toContain('of-mine');
    const none = { ...device, secret: undefined };
    expect(await failure(connect(none, { ...patient, enable: 'always' }))).toMatchObject({ code: 'enable_secret' });
    for (const [target, options] of [
      [none, patient],
      [device, { ...patient, enable: 'never' }],
    ] as const) {
      await using session = await connect(target, options);
      expect(session.mode).toBe('exec');
    }
  });

  test.each([
    ['silent', 'connect_timeout', { timeouts: { connectMs: 150 } }],
    ['silent', 'device_timeout', { timeouts: { totalMs: 150 } }],
    ['close_at_once', 'closed', {}],
    ['refuse', 'connect_refused', {}],
  ] as const)('that does %s: %s', async (fault, code, options) => {
    const error = await failure(connect(await router({ transport, faults: [fault] }), { ...patient, ...options }));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/^127\.0\.0\.1:\d+: /);
  });

  test('called off in the middle of a command', async () => {
    const calledOff = new AbortController();
    const session = await connect(await router({ transport, faults: ['hang_mid_answer'] }), {
      ...patient,
      signal: calledOff.signal,
    });
    const answer = failure(session.sendCommand('show version'));
    await vi.waitFor(() => expect(lab?.commandsOf('R1').at(-1)).toBe('show version'), { timeout: 5_000, interval: 5 });
    calledOff.abort();
    expect(await answer).toMatchObject({ name: 'AbortedError', code: 'cancelled' });
    await session.close();
    // The device hears of it a moment after we do.
    await vi.waitFor(() => expect(lab?.counters.connected).toBe(0), { timeout: 5_000, interval: 5 });
  });
});

test('a line whose round trip is 400 ms is no line that is silent or asks something (lab)', async () => {
  const device = await router({ transport: 'telnet', latencyMs: 400 });
  await using session = await connect(device, patient);
  expect(session.mode).toBe('privileged');
});

test('a command wider than the terminal is scrolled by the router, and known by its end (lab)', async () => {
  await using session = await connect(await router(), patient);
  const { ok } = await session.sendConfig(['interface Loopback1', `description ${'0123456789'.repeat(24)}`]);
  expect(ok).toBe(true);
});

describe('options are checked before anything is connected', () => {
  const target: SessionTarget = { host: '192.0.2.1', platform: 'cisco_ios', username: 'x', password: new Secret('x') };

  test.each([
    [{ timeouts: { idleMs: 0 } }, {}, /timeouts\.idleMs must be a number of milliseconds, at least 1; got 0/],
    [{ timeouts: { settleMs: -1 } }, {}, /timeouts\.settleMs .* at least 0; got -1/],
    [{ timeouts: { connectMs: Number.NaN } }, {}, /timeouts\.connectMs/],
    [{ limits: { outputBytes: 0.5 } }, {}, /limits\.outputBytes must be a whole number of bytes above 0; got 0\.5/],
    [{ enable: 'yes' as 'auto' }, {}, /enable must be 'auto', 'always' or 'never'; got the text "yes"/],
    [{}, { secret: 'plain-text' as unknown as Secret }, /secret must be a Secret .*; got a string/],
    [{}, { host: '' }, /host must be a name or an address/],
    [{}, { port: 70_000 }, /port must be .*; got 70000/],
  ])('%j %j', async (options, rest, message) => {
    const error = await failure(connect({ ...target, ...rest }, options));
    expect(error).toMatchObject({ name: 'OptionError', code: 'bad_option' });
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('plain-text');
  });

  test('an unknown platform, and a command that cannot be sent', async () => {
    expect(await failure(connect({ ...target, platform: 'cisco_ois' }))).toMatchObject({ code: 'unknown_platform' });
    expect(() => checkCommands(['show clock', 'show ?'], 'cisco_ios')).toThrow(
      expect.objectContaining({ code: 'bad_command' }),
    );
    expect(() => checkCommands(['show clock'], 'cisco_ios')).not.toThrow();
    expect(() => checkCommands(['ls ?'], 'linux')).not.toThrow();
  });
});
