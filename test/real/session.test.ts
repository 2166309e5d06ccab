import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPlatform } from 'rollcall/platforms';
import { connect, Secret, type SessionOptions, type SessionTarget } from 'rollcall/session';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { RealDevice } from './devices.mjs';
import { realDevicesOrSkip } from './use.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-session-'));
const knownHostsFile = join(folder, 'known_hosts');

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

function target(device: RealDevice, rest: Partial<SessionTarget> = {}): SessionTarget {
  const { host, port, transport, username, password, secret } = device;
  return {
    host,
    port,
    transport,
    username,
    platform: device.platform.replace(/_telnet$/, ''),
    password: new Secret(password),
    ...(secret === undefined ? {} : { secret: new Secret(secret) }),
    ...rest,
  };
}

const options: SessionOptions = { hostKeys: { knownHostsFile }, timeouts: { idleMs: 5_000 } };
const open = (device: RealDevice, rest: Partial<SessionTarget> = {}, more: SessionOptions = {}) =>
  connect(target(device, rest), { ...options, ...more });

describe.each(['zebra', 'vtysh'] as const)('a router: %s', (kind) => {
  const name = kind === 'zebra' ? /^R1$/ : /^[\w.-]+$/;

  test('answers show commands, at the prompt of its privileged mode', async () => {
    await using session = await open(real().device(kind));
    expect(session.hostname).toMatch(name);
    expect(session.mode).toBe('privileged');
    expect(session.findPrompt()).toBe(`${session.hostname}# `);
    const version = await session.sendCommand('show version');
    expect(version).toMatchObject({ ok: true, endedBy: 'prompt', truncated: false, prompt: `${session.hostname}# ` });
    expect(version.output).toMatch(/^FRRouting \d+\.\d+[\s\S]*'$/);
    const { output } = await session.sendCommand('show running-config');
    expect(output).toMatch(/Current configuration:\n!\nfrr version [\s\S]*\nend$/);
  });

  test('refuses a command, and the session goes on', async () => {
    await using session = await open(real().device(kind));
    const refused = await session.sendCommand('bogus');
    expect(refused).toMatchObject({
      ok: false,
      refusal: expect.stringMatching(/^% (\[ZEBRA\] )?Unknown command: bogus$/),
    });
    expect(await session.sendCommand('show interface lo')).toMatchObject({
      ok: true,
      output: expect.stringContaining('Interface lo is up'),
    });
  });

  test('takes a configuration, shows it, and takes it back', async () => {
    await using session = await open(real().device(kind));
    const running = async () => (await session.sendCommand('show running-config')).output.split('\n');
    const description = ` description set over ${kind}`;
    const set = await session.sendConfig(['interface lo', description.trim()]);
    expect(set).toMatchObject({ ok: true });
    expect(set.dialogue).toMatch(
      new RegExp(
        `^${session.hostname}# configure terminal\\n[^]*\\(config-if\\)# description set over ${kind}\\n[^]*# end\\n${session.hostname}# $`,
      ),
    );
    expect(session.mode).toBe('privileged');
    expect(await running()).toContain(description);
    expect(await session.sendConfig(['interface lo', 'no description'])).toMatchObject({ ok: true });
    expect(await running()).not.toContain(description);
  });

  test('refuses a line of a configuration: nothing is sent behind it, and its number is told', async () => {
    await using session = await open(real().device(kind));
    const { ok, refusedLine, responses } = await session.sendConfig([
      'interface lo',
      'bogus line',
      'description never',
    ]);
    expect({ ok, refusedLine, sent: responses.map(({ command }) => command) }).toEqual({
      ok: false,
      refusedLine: 2,
      sent: ['interface lo', 'bogus line'],
    });
    expect(session.mode).toBe('privileged');
    expect((await session.sendCommand('show running-config')).output).not.toContain('never');
  });

  test('is called something else for a moment', async () => {
    await using session = await open(real().device(kind));
    const before = session.hostname ?? '';
    const long = 'a-host-name-of-more-than-twenty-characters';
    expect(await session.sendConfig([`hostname ${long}`])).toMatchObject({ ok: true });
    expect(session.hostname).toBe(long);
    expect(await session.sendConfig([`hostname ${before}`])).toMatchObject({ ok: true });
    expect((await session.sendCommand('show version')).prompt).toBe(`${before}# `);
  });
});

test('a static route is set over vtysh, read back and removed', async () => {
  await using session = await open(real().device('vtysh'));
  const route = 'ip route 198.51.100.0/24 Null0';
  const running = async () => (await session.sendCommand('show running-config')).output.split('\n');
  expect(await session.sendConfig([route])).toMatchObject({ ok: true });
  expect(await running()).toContain(route);
  expect(await session.sendConfig([`no ${route}`])).toMatchObject({ ok: true });
  expect(await running()).not.toContain(route);
});

// Of the two only the telnet vty: behind vtysh's readline the terminal echoes what comes while a command runs.
test('200 lines sent ahead are all taken, in order: zebra', async () => {
  const frr = loadPlatform('frr');
  const platform = { ...frr, ahead: [String.raw`^(?:no )?access-list ahead `] };
  const lines = Array.from({ length: 200 }, (_, at) => `access-list ahead seq ${at + 5} permit 10.9.${at}.0/24`);
  await using session = await open(real().device('zebra'), {}, { platform });
  expect(await session.sendConfig(lines, { window: 32 })).toMatchObject({ ok: true });
  const { output } = await session.sendCommand('show running-config');
  expect(output.split('\n').filter((line) => line.startsWith('access-list ahead'))).toEqual(lines);
  expect(await session.sendConfig(['no access-list ahead'])).toMatchObject({ ok: true });
});

describe('zebra over telnet', () => {
  test('refuses a wrong password', async () => {
    const opening = open(real().device('zebra'), { password: new Secret('not-the-password') });
    await expect(opening).rejects.toMatchObject({
      name: 'AuthenticationError',
      code: 'authentication',
      phase: 'login',
    });
  });

  test('refuses a wrong enable secret', async () => {
    const opening = open(real().device('zebra'), { secret: new Secret('not-the-secret') });
    await expect(opening).rejects.toMatchObject({
      name: 'AuthenticationError',
      code: 'enable_secret',
      phase: 'enable',
    });
  });

  test('stays in user mode without a secret, and enables later only with one', async () => {
    await using session = await open(real().device('zebra'), { secret: undefined });
    expect([session.mode, session.findPrompt()]).toEqual(['exec', 'R1> ']);
    expect(await session.sendCommand('show running-config')).toMatchObject({ ok: false });
    await expect(session.enable()).rejects.toMatchObject({
      code: 'enable_secret',
      message: expect.stringContaining('none is given'),
    });
    await expect(session.sendCommand('show version')).rejects.toMatchObject({ code: 'session_closed' });
  });

  test('asks for the password that is missing', async () => {
    await expect(open(real().device('zebra'), { password: undefined })).rejects.toThrow(
      /asks for a password, and none is given/,
    );
  });
});

describe.each(['shell', 'dropbear'] as const)('a shell: %s', (kind) => {
  test('answers exactly, with and without a last line end', async () => {
    const device = real().device(kind);
    await using session = await open(device);
    const send = async (command: string) => (await session.sendCommand(command)).output;
    expect(session.mode).toBe('shell');
    expect(await send('echo one; echo two')).toBe('one\ntwo');
    expect(await send('printf abc')).toBe('abc');
    expect(await send("printf 'a\\nb '")).toBe('a\nb ');
    expect(await send('true')).toBe('');
    expect(await send("printf '\\033[31mred\\033[0m\\n'")).toBe('red');
    expect(await send("printf 'x\\ty\\r\\n'")).toBe('x       y');
    expect(await send(`echo ${'é'.repeat(300)}${'y'.repeat(600)}`)).toBe(`${'é'.repeat(300)}${'y'.repeat(600)}`);
    expect(await send('cd /tmp')).toBe('');
    expect(await session.sendCommand('pwd')).toMatchObject({
      output: '/tmp',
      prompt: expect.stringMatching(/:\/tmp\$ $/),
    });
  });

  test('gives a long answer whole', async () => {
    await using session = await open(real().device(kind));
    const { output } = await session.sendCommand('seq 1 100000');
    expect(output).toBe(Array.from({ length: 100_000 }, (_, index) => index + 1).join('\n'));
  });

  test('refuses a command that there is not', async () => {
    await using session = await open(real().device(kind));
    expect(await session.sendCommand('nonesuch')).toMatchObject({
      ok: false,
      refusal: '-bash: nonesuch: command not found',
    });
  });

  test('pages through less to the end', async () => {
    await using session = await open(real().device(kind));
    const { output } = await session.sendCommand('seq 1 40 | less');
    expect(output.split('\n').filter((line) => /^\d+$/.test(line))).toEqual(
      Array.from({ length: 40 }, (_, index) => `${index + 1}`),
    );
  });

  test('logs in with each key', async () => {
    const { plain, protected: locked } = real().clientKeys;
    for (const ssh of [{ keyFile: plain.file }, { keyFile: locked.file, passphrase: new Secret(locked.passphrase) }]) {
      await using session = await open(real().device(kind), { password: undefined, ssh });
      expect((await session.sendCommand('echo in')).output).toBe('in');
    }
    const wrong = { keyFile: locked.file, passphrase: new Secret('wrong') };
    await expect(open(real().device(kind), { password: undefined, ssh: wrong })).rejects.toThrow(/passphrase is wrong/);
  });

  test('refuses a wrong password, which is tried once', async () => {
    const opening = open(real().device(kind), { password: new Secret('not-the-password') });
    await expect(opening).rejects.toMatchObject({
      name: 'AuthenticationError',
      code: 'authentication',
      phase: 'authenticate',
    });
    if (kind === 'dropbear') return;
    const { username } = real().device(kind);
    const log = readFileSync(join(real().folder, 'sshd.log'), 'utf8');
    expect(log.split(`Failed password for ${username}`)).toHaveLength(2);
  });
});

test('an sshd that asks by keyboard-interactive only gets the password, a wrong one once', async () => {
  const device = real().keyboardInteractive;
  await using session = await open(device);
  expect((await session.sendCommand('echo in')).output).toBe('in');
  const opening = open(device, { password: new Secret('not-the-password') });
  await expect(opening).rejects.toMatchObject({
    name: 'AuthenticationError',
    code: 'authentication',
    phase: 'authenticate',
  });
});

test('a session in the middle of an answer ends when the device goes, and a changed host key is a hard stop', async () => {
  const device = real().device('shell');
  const session = await open(device);
  const answer = session.sendCommand('sleep 60');
  answer.catch(() => {});
  await real().restartSshd();
  await expect(answer).rejects.toMatchObject({ name: 'ConnectionClosedError', code: 'closed', phase: 'command' });
  await session.close();
  await using again = await open(device);
  await again.close();
  await real().restartSshd({ newHostKeys: true });
  await expect(open(device)).rejects.toMatchObject({
    name: 'HostKeyError',
    code: 'host_key_changed',
    phase: 'host_key',
  });
  const log = readFileSync(join(real().folder, 'sshd.log'), 'utf8').split('Server listening').at(-1);
  expect(log).not.toMatch(/Accepted|Failed/);
  // As the message says: remove the line, and the new key is learned.
  writeFileSync(
    knownHostsFile,
    readFileSync(knownHostsFile, 'utf8')
      .split('\n')
      .filter((line) => !line.includes(`:${device.port} `))
      .join('\n'),
  );
  await using last = await open(device);
  expect((await last.sendCommand('echo back')).output).toBe('back');
});
