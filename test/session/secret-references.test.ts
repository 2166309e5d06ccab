import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { type DeviceSettings, type Lab, startLab } from 'rollcall/lab';
import {
  type CredentialSource,
  connect,
  connectExec,
  openTerminal,
  Secret,
  type SecretReference,
  type SessionOptions,
  type SessionTarget,
} from 'rollcall/session';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ownFolder } from '../credentials/surroundings.ts';
import { failure } from './failure.ts';

const folder = ownFolder();
let lab: Lab | undefined;
afterEach(async () => {
  await lab?.close();
  lab = undefined;
});

const PASSWORD = 'login-pa55word!';
const ENABLE = 'enable-5ecret!';
const hostKeys = { policy: 'off' } as const;

async function router(settings: DeviceSettings = {}, more: Partial<SessionTarget> = {}): Promise<SessionTarget> {
  const known = { username: 'ann', password: PASSWORD, secret: ENABLE };
  lab = await startLab({ devices: [{ ...known, ...settings }], stateDirectory: join(folder, 'lab') });
  const { host = '', port } = lab.devices[0] ?? {};
  const { transport = 'ssh' } = settings;
  return { host, port, platform: 'cisco_ios', transport, username: 'ann', password: { env: 'LOGIN' }, ...more };
}

/** A source of a table, that notes what it was asked for. */
function tableSource(table: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const source: CredentialSource = {
    resolve: async (reference: SecretReference) => {
      const name = 'env' in reference ? reference.env : '';
      asked.push(name);
      const value = table[name];
      if (value === undefined) throw new Error(`there is no ${name}`);
      return new Secret(value);
    },
  };
  return { source, asked };
}

describe.each(['ssh', 'telnet'] as const)('references to secrets over %s', (transport) => {
  test('are resolved when the session is opened, and enable it', async () => {
    const { source, asked } = tableSource({ LOGIN: PASSWORD, ENABLE });
    const target = await router({ transport }, { secret: { env: 'ENABLE' } });
    await using session = await connect(target, { hostKeys, credentialSource: source });
    expect([session.mode, asked]).toEqual(['privileged', ['LOGIN', 'ENABLE']]);
    expect(inspect(session, { depth: Infinity, showHidden: true })).not.toMatch(/pa55word|5ecret/);
  });

  test('of further credentials are resolved when the device has refused those before, and not earlier', async () => {
    const { source, asked } = tableSource({ LOGIN: 'wrong-pa55word', SECOND: PASSWORD, ENABLE, THIRD: 'x' });
    const credentials = [
      { username: 'ann', password: { env: 'SECOND' }, secret: { env: 'ENABLE' } },
      { username: 'bob', password: { env: 'THIRD' } },
    ];
    const target = await router({ transport }, { credentials });
    await using session = await connect(target, { hostKeys, credentialSource: source });
    expect([session.mode, asked]).toEqual(['privileged', ['LOGIN', 'SECOND', 'ENABLE']]);
    expect(lab?.counters).toMatchObject({ connections: 2, logins: 1 });
  });

  test('that come to the password which the device has refused send it no second time', async () => {
    const { source } = tableSource({ LOGIN: 'wrong-pa55word', SECOND: 'wrong-pa55word' });
    const target = await router({ transport }, { credentials: [{ password: { env: 'SECOND' } }] });
    const error = await failure(connect(target, { hostKeys, credentialSource: source }));
    expect(error).toMatchObject({ code: 'authentication' });
    expect(lab?.counters).toMatchObject({ connections: 1, refusedLogins: 1 });
  });

  test('are blanked out in what is recorded, from a terminal as well', async () => {
    const { source } = tableSource({ LOGIN: 'wrong-pa55word', SECOND: PASSWORD, ENABLE });
    const target = await router(
      { transport },
      { credentials: [{ password: { env: 'SECOND' }, secret: { env: 'ENABLE' } }] },
    );
    const options = { hostKeys, credentialSource: source };
    const files = [join(folder, `${transport}-session.rec`), join(folder, `${transport}-terminal.rec`)] as const;
    const session = await connect(target, { ...options, recording: { file: files[0] } });
    await session.sendInteractive([{ send: 'show clock' }]);
    await session.close();
    const terminal = await openTerminal(target, {
      ...options,
      recording: { file: files[1] },
      columns: 80,
      rows: 24,
      type: 'vt100',
      onData: () => {},
    });
    await terminal.close();
    for (const file of files) {
      const written = readFileSync(file, 'utf8');
      expect(written).toContain('username: ann');
      expect(written).not.toMatch(/pa55word|5ecret/);
    }
  });
});

describe('a reference that cannot be resolved', () => {
  test.each<[string, Partial<SessionTarget>, string]>([
    ['the password', {}, 'password'],
    ['the enable secret', { password: new Secret(PASSWORD), secret: { env: 'LOGIN' } }, 'secret'],
    ['a passphrase', { password: undefined, ssh: { passphrase: { env: 'LOGIN' } } }, 'ssh.passphrase'],
    [
      'the password of a jump host',
      { password: undefined, route: { jump: [{ host: 'h' }, { host: 'h', password: { env: 'LOGIN' } }] } },
      'route.jump[1].password',
    ],
    [
      'the password of a proxy',
      { password: undefined, route: { socks: { host: 'h', username: 'u', password: { env: 'LOGIN' } } } },
      'route.socks.password',
    ],
    [
      'the password of a terminal server',
      { password: undefined, terminalServer: { password: { env: 'LOGIN' } } },
      'terminalServer.password',
    ],
  ])('of %s is told with its device and its place, and nothing is connected', async (_, more, place) => {
    const target = await router({}, more);
    const error = await failure(connect(target, { hostKeys }));
    expect(error).toMatchObject({
      name: 'CredentialError',
      code: 'credential',
      phase: 'authenticate',
      message: `${target.host}:${target.port}: ${place}: { env: LOGIN }: the environment variable LOGIN is not set`,
    });
    expect(lab?.counters.connections).toBe(0);
  });

  test('of a second credential is told as such, with the login that was refused', async () => {
    const { source } = tableSource({ LOGIN: 'wrong' });
    const target = await router({}, { credentials: [{ username: 'bob', password: { env: 'GONE' } }] });
    const error = await failure(connect(target, { hostKeys, credentialSource: source }));
    expect(error).toMatchObject({ code: 'credential', details: { attempts: ['ann: refused'] } });
    expect(error.message).toContain('credentials[0].password: there is no GONE');
  });
});

test('the clocks of a session start when its secrets are there', async () => {
  const target = await router({}, { password: { prompt: 'Password' }, timeouts: { connectMs: 1_500, totalMs: 1_500 } });
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    const ask = async (): Promise<string> => {
      vi.advanceTimersByTime(60_000);
      return PASSWORD;
    };
    await using session = await connect(target, { hostKeys, ask });
    expect(session.isOpen).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

test('a session that runs single commands resolves the password, and no enable secret', async () => {
  const { source, asked } = tableSource({ LOGIN: 'x' });
  const target = await router({}, { platform: 'linux', secret: { env: 'ENABLE' } });
  expect(await failure(connectExec(target, { hostKeys, credentialSource: source }))).toMatchObject({
    code: 'authentication',
  });
  expect(asked).toEqual(['LOGIN']);
});

test.each<[string, unknown, RegExp]>([
  ['a text', 'pa55', /^password must be a Secret \(new Secret\(text\)\), or a reference .*; got a string$/],
  [
    'an unknown kind',
    { pa55: 'x' },
    /got an object, of which one of the keys env, command, prompt, age, keyring is expected$/,
  ],
  ['two kinds', { env: 'A', prompt: 'B' }, /of which one of the keys/],
  ['no name', { env: '' }, /of which env must be the name of an environment variable$/],
  [
    'a command that is a text',
    { command: 'pass show x' },
    /of which command must be a list of a program and its arguments$/,
  ],
  ['half a keyring', { keyring: { account: 'x' } }, /of which keyring must be an object with service and account$/],
])('%s in the place of a secret is refused at the door, and not shown', async (_, password, message) => {
  const target = { host: '192.0.2.1', platform: 'cisco_ios', password } as unknown as SessionTarget;
  const error = await failure(connect(target));
  expect(error).toMatchObject({ code: 'bad_option', message: expect.stringMatching(message) });
  expect(error.message).not.toMatch(/pa55|show x/);
});

test('a source that is none, or returns no Secret, is refused', async () => {
  const target = await router();
  const wrong = { hostKeys, credentialSource: {} } as unknown as SessionOptions;
  expect(await failure(connect(target, wrong))).toMatchObject({ code: 'bad_option' });
  const text = { hostKeys, credentialSource: { resolve: async () => 'pa55' } } as unknown as SessionOptions;
  const error = await failure(connect(target, text));
  expect(error.message).toMatch(/a credentialSource must return a Secret \(new Secret\(text\)\); got a string$/);
});
