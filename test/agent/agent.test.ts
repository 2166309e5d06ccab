import type { DeviceSettings } from 'rollcall/lab';
import { ConversationError, connect, Secret, type SessionOptions, type SessionTarget } from 'rollcall/session';
import { describe, expect, test } from 'vitest';
import { type Agent, agentPlace, agentStatus, connectThroughAgent, forgetDevice } from '#dist/agent/index.js';
import { serveSsh } from '../transport/ssh-server.ts';
import { failure, ownAgents, target, until } from './use.ts';

const own = ownAgents();

/** One call: what `rollcall run` does with one device. */
async function call(agent: Agent, device: SessionTarget, commands = ['show privilege'], options: SessionOptions = {}) {
  await using session = await connectThroughAgent(agent.address, device, options);
  const outputs: string[] = [];
  for (const command of commands) outputs.push((await session.sendCommand(command)).output);
  return outputs;
}

const held = (agent: Agent) => agentStatus(agentPlace({ ROLLCALL_AGENT: agent.address }));

describe('a session', () => {
  test.each(['ssh', 'telnet'] as const)('stays open between calls: one login (%s)', async (transport) => {
    const [agent, lab] = await Promise.all([own.agent(), own.lab([{ transport }])]);
    const device = target(lab.devices[0]);
    for (let round = 0; round < 3; round++) {
      expect(await call(agent, device)).toEqual(['Current privilege level is 15']);
    }
    expect(lab.counters).toMatchObject({ connections: 1, logins: 1 });
    expect(await held(agent)).toEqual([
      {
        device: `127.0.0.1:${device.port}`,
        user: 'cisco',
        platform: 'cisco_ios',
        openedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        idleMs: expect.any(Number),
        commands: 3,
      },
    ]);
  });

  test('gives the same response as one without an agent, with the same phases', async () => {
    const [agent, lab] = await Promise.all([own.agent(), own.lab()]);
    const device = target(lab.devices[0]);
    const phases: string[][] = [[], []];
    const options = (index: number): SessionOptions => ({ onPhase: (phase) => phases[index]?.push(phase) });
    await using direct = await connect(device, options(0));
    await using kept = await connectThroughAgent(agent.address, device, options(1));
    expect(phases[1]).toEqual(phases[0]);
    expect([kept.hostname, kept.platform]).toEqual([direct.hostname, direct.platform]);
    for (const command of ['show version', 'show nonsense', 'show running-config']) {
      const there = { ...(await direct.sendCommand(command)), startedAt: '', elapsedMs: 0 };
      const here = { ...(await kept.sendCommand(command)), startedAt: '', elapsedMs: 0 };
      // One of the lines of the configuration tells the time.
      const alike = ({ output, ...rest }: typeof here) => ({ ...rest, output: output.replace(/\d\d:\d\d:\d\d/g, '') });
      expect(alike(here)).toEqual(alike(there));
      expect(Object.keys(here)).toEqual(Object.keys(there));
    }
  });

  test('is not given to who has another password, and what the device says of that comes back', async () => {
    const [agent, lab] = await Promise.all([own.agent(), own.lab()]);
    const device = target(lab.devices[0]);
    await call(agent, device);
    const wrong = { ...device, password: new Secret('guess') };
    const error = await failure(call(agent, wrong));
    expect([error.name, error.code, error.phase]).toEqual(['AuthenticationError', 'authentication', 'authenticate']);
    expect(error.message).toBe((await failure(connect(wrong))).message);
    expect(lab.counters).toMatchObject({ logins: 1, refusedLogins: 2 });
  });

  test.each<[string, Partial<SessionTarget>, SessionOptions]>([
    ['another enable secret', { secret: undefined }, {}],
    ['no enable', {}, { enable: 'never' }],
    ['another file of host keys', {}, { hostKeys: { knownHostsFile: 'elsewhere' } }],
    ['another policy for host keys', {}, { hostKeys: { policy: 'off' } }],
    ['another settle time', {}, { timeouts: { settleMs: 1 } }],
    ['another limit of answers', {}, { limits: { outputBytes: 1000 } }],
    ['another encoding', { encoding: 'latin1' }, {}],
  ])('is not given to who wants %s', async (_what, rest, options) => {
    const [agent, lab] = await Promise.all([own.agent(), own.lab()]);
    const device = target(lab.devices[0]);
    const resolved = { ...options, hostKeys: { knownHostsFile: `${own.folder}/known`, ...options.hostKeys } };
    const first = { hostKeys: { knownHostsFile: `${own.folder}/known` } };
    if (options.hostKeys?.knownHostsFile === 'elsewhere') resolved.hostKeys.knownHostsFile = `${own.folder}/elsewhere`;
    await call(agent, device, ['show privilege'], first);
    await call(agent, { ...device, ...rest }, ['show privilege'], resolved);
    expect(lab.counters.logins).toBe(2);
    await call(agent, device, ['show privilege'], first);
    expect(lab.counters.logins).toBe(2);
  });

  test('is given to who has other names for the device, and other clocks', async () => {
    const [agent, lab] = await Promise.all([own.agent(), own.lab()]);
    const device = target(lab.devices[0]);
    await call(agent, { ...device, name: 'a', data: { site: 1 } } as SessionTarget);
    const options = { timeouts: { idleMs: 7_000, totalMs: Infinity, connectMs: 9_000 } };
    await call(agent, { ...device, name: 'b' } as SessionTarget, ['show privilege'], options);
    expect(lab.counters.logins).toBe(1);
  });

  test('that was left in configuration is not kept: the next call begins where a login ends', async () => {
    const [agent, lab] = await Promise.all([own.agent(), own.lab()]);
    const device = target(lab.devices[0]);
    await call(agent, device, ['configure terminal', 'interface Loopback7']);
    expect(await call(agent, device)).toEqual(['Current privilege level is 15']);
    expect(lab.counters.logins).toBe(2);
    // The way out of configuration was typed, as at the end of a run without an agent.
    expect(lab.commandsOf('R1')).toContain('end');
  });

  test('that the device has closed meanwhile is opened anew, once', async () => {
    const [agent, lab] = await Promise.all([own.agent(), own.lab()]);
    const device = target(lab.devices[0]);
    await using session = await connectThroughAgent(agent.address, device);
    await call(agent, target(lab.devices[0], { secret: undefined }));
    expect(lab.counters.connected).toBe(2);
    const port = device.port;
    await lab.close();
    await until(async () => expect(await held(agent)).toEqual([]));
    const again = await own.lab([{ port }]);
    // Nothing of a command was sent in this call yet.
    expect((await session.sendCommand('show privilege')).output).toBe('Current privilege level is 15');
    expect(again.counters.logins).toBe(1);
    await again.close();
    const error = await failure(session.sendCommand('show privilege'));
    // The second time the call has sent something: what the device did is not done again behind anybody's back.
    expect(['closed', 'session_closed']).toContain(error.code);
  });

  test('ends when nobody has used it for the idle time, and in any case at the end of its life', async () => {
    const lab = await own.lab([{}, {}]);
    const [idle, life] = await Promise.all([own.agent({ idleMs: 50 }), own.agent({ lifeMs: 50 })]);
    for (const [index, agent] of [idle, life].entries()) {
      const name = `R${index + 1}`;
      await call(agent, target(lab.devices[index]));
      await until(() => expect(lab.countersOf(name)).toMatchObject({ logins: 1, connected: 0 }));
      expect(await held(agent)).toEqual([]);
      expect(lab.commandsOf(name).at(-1)).toBe('exit');
      await call(agent, target(lab.devices[index]));
      expect(lab.countersOf(name).logins).toBe(2);
    }
  });

  test('that is in use outlives the idle time, and not its life', async () => {
    const lab = await own.lab([{ commandMs: 150 }]);
    const agent = await own.agent({ idleMs: 50, lifeMs: 50 });
    const device = target(lab.devices[0]);
    expect(await call(agent, device, ['show privilege', 'show privilege'])).toHaveLength(2);
    expect(lab.counters.logins).toBe(1);
    await until(() => expect(lab.counters.connected).toBe(0));
  });

  test('makes room when more are kept than may be: the one that was unused longest', async () => {
    const [agent, lab] = await Promise.all([own.agent({ maxSessions: 2 }), own.lab([{}, {}, {}])]);
    for (const device of lab.devices) await call(agent, target(device));
    await until(() => expect(lab.counters.connected).toBe(2));
    expect(lab.countersOf('R1').connected).toBe(0);
  });

  test('is closed when it shall be forgotten', async () => {
    const [agent, lab] = await Promise.all([own.agent(), own.lab([{}, {}])]);
    for (const device of lab.devices) await call(agent, target(device));
    const place = agentPlace({ ROLLCALL_AGENT: agent.address });
    await until(async () =>
      expect((await held(agent))?.map(({ idleMs }) => typeof idleMs)).toEqual(['number', 'number']),
    );
    expect(await forgetDevice(place, `127.0.0.1:${lab.devices[1]?.port}`)).toBe(1);
    await until(() => expect(lab.countersOf('R2').connected).toBe(0));
    expect(lab.countersOf('R1').connected).toBe(1);
    expect(await forgetDevice(place, '127.0.0.1')).toBe(1);
    expect(await forgetDevice(place, '127.0.0.1')).toBe(0);
  });
});

/** A device whose second answer in a conversation never ends. */
const secondHangs: DeviceSettings = { faults: ['hang_mid_answer'], faultAt: 2 };

describe('calls', () => {
  test('on one device at once wait for each other, and have one login', async () => {
    const [agent, lab] = await Promise.all([own.agent(), own.lab([{ commandMs: 20 }])]);
    const device = target(lab.devices[0]);
    const calls = await Promise.all(
      Array.from({ length: 5 }, () => call(agent, device, ['show clock', 'show privilege'])),
    );
    expect(calls.map(([, privilege]) => privilege)).toEqual(Array(5).fill('Current privilege level is 15'));
    expect(lab.counters).toMatchObject({ logins: 1, mostConnected: 1 });
    // Nobody came between the two commands of a call.
    const typed = lab.commandsOf('R1').filter((line) => /^show (clock|privilege)$/.test(line));
    expect(typed).toEqual(Array.from({ length: 5 }, () => ['show clock', 'show privilege']).flat());
  });

  test('that wait no longer than their time in all, and until they are called off', async () => {
    const [agent, lab] = await Promise.all([own.agent(), own.lab()]);
    const device = target(lab.devices[0]);
    await using _first = await connectThroughAgent(agent.address, device);
    const late = await failure(call(agent, device, ['show clock'], { timeouts: { totalMs: 60 } }));
    expect([late.name, late.code]).toEqual(['DeviceTimeoutError', 'device_timeout']);
    const stop = new AbortController();
    const waiting = failure(call(agent, device, ['show clock'], { signal: stop.signal }));
    stop.abort();
    expect((await waiting).name).toBe('AbortedError');
    expect(lab.counters.logins).toBe(1);
  });

  test('of a hundred devices at once each have their own answer', async () => {
    const lab = await own.lab(Array.from({ length: 100 }, () => ({})));
    const agent = await own.agent();
    const round = () => Promise.all(lab.devices.map((device) => call(agent, target(device), ['show version'])));
    for (let at = 0; at < 2; at++) {
      const answers = await round();
      for (const [index, [version]] of answers.entries()) expect(version).toContain(`R${index + 1} uptime is`);
    }
    expect(lab.counters.logins).toBe(100);
  });

  test('that are called off in the middle throw the session away: the answer is nobody else’s', async () => {
    const [agent, lab] = await Promise.all([own.agent(), own.lab([secondHangs])]);
    const device = target(lab.devices[0]);
    const stop = new AbortController();
    const running = failure(call(agent, device, ['show clock', 'show version'], { signal: stop.signal }));
    await until(() => expect(lab.commandsOf('R1')).toContain('show version'));
    stop.abort();
    const error = await running;
    expect([error.name, error.code, error.phase]).toEqual(['AbortedError', 'cancelled', 'command']);
    expect(await call(agent, device)).toEqual(['Current privilege level is 15']);
    expect(lab.counters.logins).toBe(2);
  });

  test('that go away in the middle without a word do so too', async () => {
    const [agent, lab] = await Promise.all([own.agent(), own.lab([secondHangs])]);
    const device = target(lab.devices[0]);
    const session = await connectThroughAgent(agent.address, device);
    await session.sendCommand('show clock');
    const running = failure(session.sendCommand('show version'));
    await until(() => expect(lab.commandsOf('R1')).toContain('show version'));
    await session[Symbol.asyncDispose]();
    await running;
    expect(await call(agent, device)).toEqual(['Current privilege level is 15']);
    expect(lab.counters.logins).toBe(2);
  });

  test.each([
    ['hang_mid_answer', 'idle_timeout', 'DeviceTimeoutError'],
    ['close_mid_answer', 'closed', 'ConnectionClosedError'],
  ] as const)('fail as without an agent when the device fails: %s', async (fault, code, name) => {
    const [agent, lab] = await Promise.all([own.agent(), own.lab([{ faults: [fault] }])]);
    const error = await failure(call(agent, target(lab.devices[0]), ['show version'], { timeouts: { idleMs: 400 } }));
    expect([error.code, error.name, error.phase]).toEqual([code, name, 'command']);
    expect(error.details).toMatchObject({ lastReceived: expect.any(String) });
    await until(async () => expect(await held(agent)).toEqual([]));
  });

  test('fail with the class of the error, and an answer that is too large with no part of it', async () => {
    const [agent, lab] = await Promise.all([own.agent(), own.lab()]);
    const options = { limits: { outputBytes: 500 } };
    const error = await failure(call(agent, target(lab.devices[0]), ['show running-config'], options));
    expect(error).toBeInstanceOf(ConversationError);
    expect(error.code).toBe('output_too_large');
  });
});

describe('a one-time code', () => {
  const server = (answers: { large?: string } = {}) =>
    serveSsh({
      methods: ['keyboard-interactive'],
      questions: [[{ prompt: 'One-time code: ', echo: false, answer: '4711' }]],
      onShell: (shell, connection) => {
        shell.write('\r\nOTP>');
        shell.on('data', (data: Buffer) => {
          const line = data.toString().trim();
          if (line === 'exit') return connection.end();
          const says = line === 'show large' ? (answers.large ?? '') : line.startsWith('show') ? 'the answer' : '';
          shell.write(`${line}\r\n${says}${says === '' ? '' : '\r\n'}OTP>`);
        });
      },
    });
  const unchecked: SessionOptions = { hostKeys: { policy: 'off' } };
  const otp = (port: number): SessionTarget => ({ host: '127.0.0.1', port, username: 'u', platform: 'cisco_ios' });

  test('is asked of who calls first, and of nobody after that', async () => {
    await using device = await server();
    const agent = await own.agent();
    const asked: string[] = [];
    const options = (name: string): SessionOptions => ({
      ...unchecked,
      ask: async ({ prompt, echo }) => {
        asked.push(`${name}: ${prompt} ${echo}`);
        return '4711';
      },
    });
    for (const name of ['first', 'second']) {
      expect(await call(agent, otp(device.port), ['show x'], options(name))).toEqual(['the answer']);
    }
    expect(asked).toEqual(['first: One-time code: false']);
    expect(device.attempts.filter((one) => one.startsWith('answers'))).toEqual(['answers:4711']);
    await agent.close();
  });

  test('that nobody can be asked for fails the login, and what the asking threw comes back', async () => {
    await using device = await server();
    const agent = await own.agent();
    expect((await failure(call(agent, otp(device.port), ['x'], unchecked))).code).toBe('authentication');
    const gaveUp = new Error('gave up');
    const options: SessionOptions = { ...unchecked, ask: () => Promise.reject(gaveUp) };
    expect(await failure(call(agent, otp(device.port), ['x'], options))).toBe(gaveUp);
    expect(device.attempts.some((one) => one.startsWith('answers'))).toBe(false);
    await agent.close();
  });

  test('a large answer comes in pieces, and is whole', async () => {
    const large = Array.from({ length: 60_000 }, (_, at) => `line ${at} – ${'é😀'.repeat(5)}`);
    await using device = await server({ large: large.join('\r\n') });
    const agent = await own.agent();
    const [output = ''] = await call(agent, otp(device.port), ['show large'], {
      ...unchecked,
      ask: async () => '4711',
    });
    expect(output === large.join('\n')).toBe(true);
    await agent.close();
  });
});

test('an agent that stops closes its sessions in order, and calls off what is under way', async () => {
  const lab = await own.lab([{}, { faults: ['hang_mid_answer'] }]);
  const agent = await own.agent();
  await call(agent, target(lab.devices[0]));
  const running = failure(call(agent, target(lab.devices[1]), ['show version']));
  await until(() => expect(lab.commandsOf('R2')).toContain('show version'));
  await agent.close();
  expect(await running).toMatchObject({
    code: 'agent_lost',
    phase: 'command',
    message: expect.stringMatching(/stopped/),
  });
  await until(() => expect(lab.counters.connected).toBe(0));
  expect(lab.commandsOf('R1').at(-1)).toBe('exit');
  expect(await held(agent)).toBeUndefined();
});
