import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLab } from 'rollcall/lab';
import { connect, Secret } from 'rollcall/session';
import { afterAll, describe, expect, test } from 'vitest';
import { loadPlatform, type Platform } from '#dist/platforms/index.js';
import { awaitPrompt } from '#dist/session/login/login.js';
import { prepare } from '#dist/session/login/prepare.js';
import { failure } from './failure.ts';
import { converse, inEverySplit, type Reply, ScriptedDevice } from './scripted-device.ts';
import { SteppedLine } from './stepped-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-prepare-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const ios = loadPlatform('cisco_ios');
const waiting = { phase: 'login', expected: 'the first prompt', idleMs: 5_000 } as const;

async function prepared(device: ScriptedDevice | SteppedLine, platform: Platform) {
  const conversation = converse(device, { platform });
  await awaitPrompt(conversation, waiting);
  return prepare(conversation, platform.prepare, 5_000);
}

describe('the preparation', () => {
  test('keeps a line for the mode in which it has a meaning', async () => {
    const platform: Platform = {
      ...ios,
      prepareTogether: undefined as never,
      prepare: [{ send: 'terminal length 0' }, { send: 'no page', in: ['privileged'] }],
    };
    const device = new ScriptedDevice('R1>', [{ to: 'terminal length 0\r', says: 'terminal length 0\r\nR1>' }]);
    expect(await prepared(device, platform)).toEqual([{ send: 'no page', in: ['privileged'] }]);
    expect(device.written).toBe('terminal length 0\r');
  });

  test('sends such a line when the caller enters its mode later (lab)', async () => {
    await using lab = await startLab({ devices: 1, stateDirectory: join(folder, 'lab') });
    const [device] = lab.devices;
    if (device === undefined) throw new Error('no device');
    const { host, port, username, password, secret } = device;
    const target = {
      ...{ host, port, username, platform: 'cisco_ios' },
      ...{ password: new Secret(password), secret: new Secret(secret) },
    };
    const platform: Platform = { ...ios, prepare: [{ send: 'terminal length 0', in: ['privileged'] }] };
    await using session = await connect(target, { platform, enable: 'never', hostKeys: { policy: 'off' } });
    expect(lab.commandsOf('R1')).toEqual([]);
    await session.enable();
    await session.enable();
    expect(lab.commandsOf('R1')).toEqual(['enable', 'terminal length 0']);
  });

  test('answers what a line asks', async () => {
    const answers = [{ prompt: String.raw`^\{ <cr>.*\}:$`, answer: '\r' }];
    const platform: Platform = { ...ios, prepare: [{ send: 'scroll', answers }] };
    const replies: Reply[] = [
      { to: 'scroll\r', says: 'scroll\r\n{ <cr>|number<K> }:' },
      { to: '\r', says: '\r\n\r\nR1>' },
    ];
    await inEverySplit('R1>', replies, async (device) => {
      expect(await prepared(device, platform)).toEqual([]);
    });
  });

  test('goes at once where the platform takes that, in one round trip, each echo and prompt checked', async () => {
    const platform: Platform = {
      ...ios,
      prepareTogether: 'a test',
      prepare: ['a 1', 'b 2', 'c 3'].map((send) => ({ send })),
    };
    const line = new SteppedLine('\r\nR1>', () => 'R1>');
    expect(await prepared(line, platform)).toEqual([]);
    expect([line.roundTrips, line.lines]).toEqual([1, ['a 1', 'b 2', 'c 3']]);
    const says = 'a 1\r\nR1>b 2\r\n% Not for you\r\nR1>c 3\r\nR1>';
    await inEverySplit('R1>', [{ to: 'a 1\rb 2\rc 3\r', says }], async (device) => {
      expect(await prepared(device, platform)).toEqual([]);
    });
  });

  test('at once, from behind a line of the banner that looks like a prompt', async () => {
    const platform: Platform = { ...ios, prepareTogether: 'a test', prepare: [{ send: 'a 1' }, { send: 'b 2' }] };
    const replies = [{ to: 'a 1\rb 2\r', says: '\r\na 1\r\nb 2\r\nWelcome\r\nR1>a 1\r\nR1>b 2\r\nR1>' }];
    await inEverySplit('Staff-only>', replies, async (device) => {
      const conversation = converse(device, { platform });
      await awaitPrompt(conversation, waiting);
      await prepare(conversation, platform.prepare, 5_000);
      expect(conversation.prompt.host).toBe('R1');
    });
  });

  test('at once, on a device that shows each prompt twice', async () => {
    const platform: Platform = { ...ios, prepareTogether: 'a test', prepare: [{ send: 'a 1' }, { send: 'b 2' }] };
    const says = 'a 1\r\nR1>\r\nR1>b 2\r\nR1>\r\nR1>';
    await inEverySplit('R1>\r\nR1>', [{ to: 'a 1\rb 2\r', says }], async (device) => {
      expect(await prepared(device, platform)).toEqual([]);
    });
  });

  test('at once is an error when the device takes a line for an answer', async () => {
    const platform: Platform = { ...ios, prepareTogether: 'a test', prepare: [{ send: 'a 1' }, { send: 'b 2' }] };
    await inEverySplit('R1>', [{ to: 'a 1\rb 2\r', says: 'a 1\r\nSure? b 2\r\nR1>' }], async (device) => {
      expect(await failure(prepared(device, platform))).toMatchObject({ code: 'echo_missing', phase: 'prepare' });
    });
  });

  test('sends nothing in a configuration that somebody left open on a console', async () => {
    const device = new ScriptedDevice('R1(config)#');
    expect(await prepared(device, ios)).toEqual(ios.prepare);
    expect(device.written).toBe('');
  });
});

describe('over a line with a delay (lab)', () => {
  const latencyMs = 400;

  test('a session is usable 3 round trips after the shell is open, enabled 2 later, and a command takes 1', async () => {
    await using lab = await startLab({ devices: 1, latencyMs, stateDirectory: join(folder, 'lab') });
    const [device] = lab.devices;
    if (device === undefined) throw new Error('no device');
    const { host, port, username } = device;
    const target = {
      ...{ host, port, username, platform: 'cisco_ios' },
      ...{ password: new Secret(device.password), secret: new Secret(device.secret) },
    };
    const at = new Map<string, number>();
    const started = async () =>
      connect(target, {
        hostKeys: { policy: 'off' },
        onPhase: (phase) => at.set(phase, performance.now()),
      });
    await using session = await started();
    const ready = performance.now();
    const since = (from: string, to = ready): number => (to - (at.get(from) ?? 0)) / latencyMs;
    // What a machine takes by itself is part of the measured time: less than a round trip, or the test says so.
    expect(Math.floor(since('login', at.get('enable')))).toBeLessThanOrEqual(3);
    expect(Math.floor(since('enable'))).toBeLessThanOrEqual(2);
    const before = lab.commandsOf('R1').length;
    const { elapsedMs } = await session.sendCommand('show clock');
    expect(Math.floor(elapsedMs / latencyMs)).toBe(1);
    expect(lab.commandsOf('R1').slice(before)).toEqual(['show clock']);
  });

  test('neither preparing nor showing changes the configuration', async () => {
    await using lab = await startLab({ devices: 1, stateDirectory: join(folder, 'lab') });
    const [device] = lab.devices;
    if (device === undefined) throw new Error('no device');
    const { host, port, username } = device;
    const target = {
      ...{ host, port, username, platform: 'cisco_ios' },
      ...{ password: new Secret(device.password), secret: new Secret(device.secret) },
    };
    const running = async () => {
      await using session = await connect(target, { hostKeys: { policy: 'off' } });
      await session.sendCommand('show version');
      return (await session.sendCommand('show running-config')).output.replace(/^Current configuration.*$/m, '');
    };
    expect(await running()).toBe(await running());
    const sent = new Set(lab.commandsOf('R1'));
    expect([...sent].sort()).toEqual(
      ['enable', 'exit', 'show running-config', 'show version', ...ios.prepare.map(({ send }) => send)].sort(),
    );
  });
});
