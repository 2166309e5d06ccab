import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Lab, type LabOptions, startLab } from 'rollcall/lab';
import { loadPlatform, type Platform } from 'rollcall/platforms';
import { connect, Secret, type SessionOptions, type SessionTarget } from 'rollcall/session';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Conversation } from '#dist/session/line/exchange.js';
import { autodetect, startingRules } from '#dist/session/login/autodetect.js';
import { awaitPrompt } from '#dist/session/login/login.js';
import { resumedTransport } from '#dist/session/login/resumed-transport.js';
import type { ConnectionFacts } from '#dist/transport/index.js';
import { converse, type Reply, ScriptedDevice, type Split } from './scripted-device.ts';

const ios = loadPlatform('cisco_ios');
const SHOW_VERSION = { send: 'show version', answer: '^Cisco IOS Software' };
const withDetect = (name: string, detect: Platform['detect'], rest: Partial<Platform> = {}): Platform => ({
  ...ios,
  name,
  ...rest,
  ...(detect === undefined ? {} : { detect }),
});
const one = (prompt: string): Platform['modes'] => ({ exec: { prompt, enter: [] } });

/** Platforms of the test's own: each goes before one of the same name in the catalogue. */
const IOS = withDetect('cisco_ios', { ident: String.raw`\bCisco-1\.\d+`, probe: SHOW_VERSION });

describe('a scripted device', () => {
  const facts: ConnectionFacts = { transport: 'ssh' };

  /** Detects what plays the script, and says what was written to it. */
  async function detected(
    greeting: string,
    replies: readonly Reply[],
    { own = [], known = facts, split = 'whole' as Split } = {} as {
      own?: readonly Platform[];
      known?: ConnectionFacts;
      split?: Split;
    },
  ): Promise<{ conversation: Conversation; written: string }> {
    const device = new ScriptedDevice(greeting, replies, split);
    const platform = startingRules(loadPlatform('autodetect'), known, own);
    const first = converse(device, { platform, settleMs: 50 });
    await awaitPrompt(first, { phase: 'login', expected: 'the first prompt', idleMs: 2_000, settles: true });
    const conversation = await autodetect({
      conversation: first,
      facts: known,
      own,
      idleMs: 2_000,
      converse: (found, said) => converse(resumedTransport(device, said), { platform: found }),
    });
    return { conversation, written: device.written };
  }

  const version = (line: string, prompt: string): Reply => ({
    to: 'show version\r',
    says: `show version\r\n${line}\r\n${prompt}`,
  });

  test.each<Split>(['whole', 'bytes'])('is known by the answer to one command (%s)', async (split) => {
    const replies = [version('Cisco IOS Software, Version 15.4', 'R1>')];
    const { conversation, written } = await detected('\r\nWelcome\r\nR1>', replies, { own: [IOS], split });
    expect([conversation.platform, written]).toEqual([IOS, 'show version\r']);
    expect([conversation.prompt.mode, conversation.prompt.host]).toEqual(['exec', 'R1']);
  });

  test('is another of those that the command tells apart than the likeliest', async () => {
    const other = withDetect('other_os', { probe: { send: 'show version', answer: '^OtherOS' } });
    const known = { ...facts, serverSoftware: 'Cisco-1.25' };
    const { conversation } = await detected('R1>', [version('OtherOS 3', 'R1>')], { own: [IOS, other], known });
    expect(conversation.platform).toBe(other);
    expect(conversation.prompt.host).toBe('R1');
  });

  test("is the caller's own platform, whose command was answered, and not one that its SSH server speaks for", async () => {
    const mine = withDetect('my_ios', { probe: SHOW_VERSION });
    const known = { ...facts, serverSoftware: 'Cisco-1.25' };
    const replies = [version('Cisco IOS Software, Version 15.4', 'R1>')];
    const { conversation } = await detected('R1>', replies, { own: [mine], known });
    expect(conversation.platform).toBe(mine);
  });

  test('is known by the second command, where the first said nothing', async () => {
    const box = withDetect('box_os', { probe: { send: 'whoareyou', answer: '^BoxOS$' } });
    const replies = [version('% Unknown', 'R1>'), { to: 'whoareyou\r', says: 'whoareyou\r\nBoxOS\r\nR1>' }];
    const { conversation, written } = await detected('R1>', replies, {
      own: [IOS, withDetect('x', { probe: SHOW_VERSION }), box],
    });
    expect([conversation.platform.name, written]).toEqual(['box_os', 'show version\rwhoareyou\r']);
  });

  test.each<[string, Platform['detect'], ConnectionFacts, string]>([
    ['its prompt', { prompt: '^RP/\\d' }, facts, 'RP/0>'],
    ['what it prints after login', { banner: '^Welcome to MyOS' }, facts, 'Welcome to MyOS 4\r\nR1>'],
    ['its SSH banner', { banner: '^Welcome to MyOS' }, { ...facts, banner: 'Hello\nWelcome to MyOS 4\n' }, 'R1>'],
    ["its SSH server's software", { ident: '^SSH-2\\.0-MySSH$' }, { ...facts, serverSoftware: 'MySSH' }, 'R1>'],
  ])('is known by %s without a command', async (_by, detect, known, greeting) => {
    const mine = withDetect('my_os', detect, { modes: one('^(?<host>[^\\s>]+)>$') });
    const { conversation, written } = await detected(greeting, [], { own: [mine], known });
    expect([conversation.platform, written]).toEqual([mine, '']);
  });

  test('is asked in a prompt of two lines, which the found platform then has as its own', async () => {
    const modes: Platform['modes'] = {
      config: {
        prompt: '^(?<user>\\w+)@(?<host>\\w+)#$',
        above: { line: '^\\[edit.*\\]$', stands: 'always' },
        enter: [],
      },
    };
    const mine = withDetect('my_os', { prompt: '^me@', probe: { send: 'run id', answer: '^MyOS' } }, { modes });
    const replies = [{ to: 'run id\r', says: 'run id\r\nMyOS 1\r\n\r\n[edit]\r\nme@R1#' }];
    const { conversation } = await detected('\r\n[edit]\r\nme@R1#', replies, { own: [mine] });
    const { mode, host } = conversation.prompt;
    expect([conversation.platform.name, mode, host]).toEqual(['my_os', 'config', 'R1']);
  });

  test('whose prompt comes in pieces is not taken for known before it is whole', async () => {
    const mine = withDetect(
      'my_os',
      { prompt: '^\\[admin@.*\\] >$' },
      { modes: one('^\\[(?<user>\\w+)@(?<host>[^\\]]+)\\] >$') },
    );
    const { conversation } = await detected('[admin@Router] > ', [], { own: [mine], split: 14 });
    expect(conversation.prompt.host).toBe('Router');
  });

  test('that is none of them is an error that says what was seen and tried, after two commands at most', async () => {
    const own = [
      IOS,
      withDetect('a', { probe: { send: 'id a', answer: '^a' } }),
      withDetect('b', { probe: { send: 'id b', answer: '^b' } }),
    ];
    const replies = [
      { to: 'show version\r', says: 'show version\r\n\r\nNo such thing: 7 secret\r\nR1>' },
      { to: 'id a\r', says: 'id a\r\nWhat?\r\nR1>' },
    ];
    const known = { ...facts, serverSoftware: 'Cisco-1.25' };
    const error = await detected('R1>', replies, { own: [...own], known }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({
      code: 'unknown_platform',
      phase: 'login',
      message:
        "the platform could not be detected: its SSH server calls itself 'Cisco-1.25', its prompt is 'R1>', " +
        "'show version' was answered 'No such thing: 7 secret', 'id a' was answered 'What?'; name it (device_type, or platform)",
      details: {
        prompt: 'R1>',
        serverSoftware: 'Cisco-1.25',
        tried: ['show version: No such thing: 7 secret', 'id a: What?'],
      },
    });
  });

  test('that may be two of them is an error that names both', async () => {
    const own = [withDetect('a', { probe: SHOW_VERSION }), withDetect('b', { probe: SHOW_VERSION })];
    await expect(detected('R1>', [version('Cisco IOS Software', 'R1>')], { own })).rejects.toThrow(
      /could not be detected.*; it may be one of a, b; name it/,
    );
  });

  test('that asks a question at a probe gets no answer to it', async () => {
    const replies = [{ to: 'show version\r', says: 'show version\r\nErase everything? [confirm]' }];
    const device = new ScriptedDevice('R1>', replies);
    const first = converse(device, { platform: startingRules(loadPlatform('autodetect'), facts, [IOS]) });
    await awaitPrompt(first, { phase: 'login', expected: 'the first prompt', idleMs: 2_000 });
    const detecting = autodetect({
      ...{ conversation: first, facts, own: [IOS], idleMs: 2_000 },
      converse: (found, said) => converse(resumedTransport(device, said), { platform: found }),
    });
    await expect(detecting).rejects.toMatchObject({
      code: 'unexpected_question',
      message: expect.stringMatching(/^the platform could not be detected: .*\(a probe, sent as to cisco_ios\)$/),
    });
    expect(device.written).toBe('show version\r');
  });
});

describe.each(['ssh', 'telnet'] as const)('a router over %s (lab)', (transport) => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-autodetect-'));
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
  afterEach(() => lab?.close());

  async function router(settings: Partial<LabOptions> = {}): Promise<SessionTarget> {
    lab = await startLab({ devices: 1, transport, stateDirectory: join(folder, 'lab'), ...settings });
    const [device] = lab.devices;
    if (device === undefined) throw new Error('no device');
    const { host, port, username, password, secret } = device;
    return {
      ...{ host, port, username, transport, platform: 'autodetect' },
      ...{ password: new Secret(password), secret: new Secret(secret) },
    };
  }
  const options: SessionOptions = { hostKeys: { policy: 'off' } };

  test('is detected, prepared and enabled, and tells its platform', async () => {
    await using session = await connect(await router({ motd: 'Keep out #\nreally >' }), options);
    expect([session.platform, session.mode, session.hostname]).toEqual(['cisco_ios', 'privileged', 'R1']);
    expect(lab?.commandsOf('R1')).toEqual(['show version', 'terminal length 0', 'terminal width 511', 'enable']);
    expect((await session.sendCommand('show clock')).output).toMatch(/^\*?\d\d:/);
    expect((await session.sendConfig(['hostname R7'])).ok).toBe(true);
    expect(session.hostname).toBe('R7');
  });

  test.each([{ platforms: './my.yaml' }, { platforms: ['./my.yaml'] }, { platform: './my.yaml' }])(
    'takes platforms, and not their paths: %j',
    async (wrong) => {
      const opening = connect(await router(), { ...options, ...wrong } as unknown as SessionOptions);
      await expect(opening).rejects.toMatchObject({
        code: 'bad_option',
        message: expect.stringMatching(/loadPlatforms/),
      });
    },
  );

  test('is told to be unknown where no platform fits', async () => {
    const other = withDetect('cisco_ios', { probe: { send: 'show version', answer: '^OtherOS' } });
    await expect(connect(await router(), { ...options, platforms: [other], enable: 'never' })).rejects.toMatchObject({
      code: 'unknown_platform',
      message: expect.stringMatching(/^127\.0\.0\.1:\d+: the platform could not be detected: .*its prompt is 'R1>'/),
    });
    expect(lab?.commandsOf('R1').length).toBeLessThanOrEqual(2);
  });
});
