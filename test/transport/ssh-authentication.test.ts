import { spawn, spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { startLab } from 'rollcall/lab';
import { describe, expect, test, vi } from 'vitest';
import { Deadline, Secret } from '#dist/base/index.js';
import { type ConnectionOptions, type ConnectionTarget, openConnection } from '#dist/transport/index.js';
import { type SshServer, serveSsh, utils } from './ssh-server.ts';
import { leavesNothingOpen, ownSurroundings } from './surroundings.ts';

const places = ownSurroundings();
leavesNothingOpen();

const target = ({ port }: { readonly port: number }, rest: Partial<ConnectionTarget> = {}): ConnectionTarget => ({
  host: '127.0.0.1',
  port,
  username: 'cisco',
  ...rest,
});
const options = (rest: Partial<ConnectionOptions> = {}): ConnectionOptions => ({
  deadline: Deadline.after(10_000),
  hostKeys: { policy: 'off' },
  ...rest,
});

async function logIn(
  server: { readonly port: number },
  rest: Partial<ConnectionTarget>,
  more: Partial<ConnectionOptions> = {},
) {
  const connection = await openConnection(target(server, rest), options(more));
  await connection.close();
  return connection.facts;
}

const refused = (message: RegExp) => ({
  name: 'AuthenticationError',
  code: 'authentication',
  phase: 'authenticate',
  message: expect.stringMatching(message),
});
const sesame = { password: new Secret('sesame') };

test.each(['end', 'resetAndDestroy'] as const)(
  'a server that hangs up in place of an answer to the password has refused it: not to be tried again (%s)',
  async (how) => {
    await using server = await serveSsh({
      onConnection: (connection) =>
        connection.on('authentication', ({ method }) => {
          if (method === 'none') return;
          for (const socket of server.sockets) socket[how]();
        }),
    });
    await expect(logIn(server, sesame)).rejects.toMatchObject({
      ...refused(/closed the connection in place of an answer to the login of user 'cisco' \(tried: password\)/),
      details: { refused: true },
    });
  },
);

describe('a password', () => {
  test('logs in', async () => {
    await using server = await serveSsh({ password: 'sesame' });
    expect(await logIn(server, sesame)).toMatchObject({
      transport: 'ssh',
      hostKeyFingerprint: expect.stringMatching(/^SHA256:/),
    });
    expect(server.attempts).toEqual(['none', 'password:sesame']);
  });

  test('that is wrong is tried once, though another method would take it too', async () => {
    const ask = [[{ prompt: 'Password: ', echo: false, answer: 'right' }]];
    await using server = await serveSsh({
      password: 'right',
      methods: ['password', 'keyboard-interactive'],
      questions: ask,
    });
    await expect(logIn(server, sesame)).rejects.toMatchObject(refused(/refused user 'cisco' \(tried: password;/));
    expect(server.attempts).toEqual(['none', 'password:sesame']);
  });

  test('that is wrong is tried once, also where the server strikes the method off its list then', async () => {
    await using server = await serveSsh({
      password: 'right',
      methods: ['password', 'keyboard-interactive'],
      methodsAfterPassword: ['keyboard-interactive'],
      questions: [[{ prompt: 'Password: ', echo: false, answer: 'right' }]],
    });
    await expect(logIn(server, sesame)).rejects.toMatchObject(refused(/refused user 'cisco' \(tried: password;/));
    expect(server.attempts).toEqual(['none', 'password:sesame']);
  });

  test('that is wrong is tried once (lab)', async () => {
    await using lab = await startLab({ devices: 1, stateDirectory: join(places.folder, 'lab') });
    const [device] = lab.devices;
    if (device === undefined) throw new Error('no device');
    await expect(logIn(device, { password: new Secret('wrong') })).rejects.toMatchObject(refused(/refused user/));
    expect(lab.counters).toMatchObject({ connections: 1, refusedLogins: 1, logins: 0 });
  });

  test('that has expired is not changed, and the error says what the device demands', async () => {
    await using server = await serveSsh({ password: 'sesame', demands: 'Your password has expired: ' });
    await expect(logIn(server, sesame)).rejects.toMatchObject(
      refused(/demands a new password: Your password has expired/),
    );
    expect(server.attempts).toEqual(['none', 'password:sesame']);
  });

  test('may be empty', async () => {
    await using server = await serveSsh({ password: '' });
    await logIn(server, { password: new Secret('') });
    expect(server.attempts).toEqual(['none', 'password:']);
  });
});

describe('nothing to log in with', () => {
  test('no user name: nothing is connected', async () => {
    await using server = await serveSsh({});
    await expect(logIn(server, { username: undefined, ...sesame })).rejects.toMatchObject(
      refused(/no user name is given/),
    );
    expect(server.sockets).toEqual([]);
  });

  test('neither password nor key: the error says what the device takes', async () => {
    await using server = await serveSsh({ methods: ['password', 'publickey'] });
    await expect(logIn(server, {})).rejects.toMatchObject(
      refused(/neither a password nor a key for user 'cisco'; the device takes password, publickey/),
    );
    expect(server.attempts).toEqual(['none']);
  });
});

describe('keyboard-interactive', () => {
  const methods = ['keyboard-interactive'];
  const password = { prompt: 'Password: ', echo: false, answer: 'sesame' };
  const code = { prompt: 'One-time code: ', echo: true, answer: '123456' };

  test('one question without echo that looks like a password gets the password, where passwords are not taken', async () => {
    await using server = await serveSsh({ methods, questions: [[password]] });
    await logIn(server, sesame);
    expect(server.attempts).toEqual(['none', 'keyboard-interactive', 'answers:sesame']);
  });

  test.each(['One-time password (OATH) for cisco: ', 'New password: ', 'Enable password: '])(
    'a question for another password does not get ours: %s',
    async (prompt) => {
      await using server = await serveSsh({ methods, questions: [[{ prompt, echo: false, answer: 'never' }]] });
      await expect(logIn(server, sesame)).rejects.toMatchObject(refused(/nobody is there to answer/));
      expect(server.attempts.filter((attempt) => attempt.startsWith('answers:'))).toEqual([]);
    },
  );

  test('a question for the password below a notice is one', async () => {
    const prompt = 'Maintenance tonight.\r\nYour password expires in 3 days.\r\nPassword: ';
    await using server = await serveSsh({ methods, questions: [[{ ...password, prompt }]] });
    await logIn(server, sesame);
    expect(server.attempts.at(-1)).toBe('answers:sesame');
  });

  test('a wrong password is answered once', async () => {
    await using server = await serveSsh({ methods, questions: [[{ ...password, answer: 'right' }]] });
    await expect(logIn(server, sesame)).rejects.toMatchObject(refused(/refused user/));
    expect(server.attempts.filter((one) => one.startsWith('answers'))).toEqual(['answers:sesame']);
  });

  test('asked for the password again, it is not given again', async () => {
    await using server = await serveSsh({ methods, questions: [[password], [password]] });
    await expect(logIn(server, sesame)).rejects.toMatchObject(refused(/refused the password of user 'cisco'/));
    expect(server.attempts.filter((one) => one.startsWith('answers'))).toEqual(['answers:sesame']);
  });

  test('any other question is asked', async () => {
    await using server = await serveSsh({ methods, questions: [[password], [code]] });
    const ask = vi.fn(async () => '123456');
    await logIn(server, sesame, { ask });
    expect(ask.mock.calls).toEqual([[{ host: '127.0.0.1', prompt: 'One-time code:', echo: true }]]);
    expect(server.attempts.slice(-2)).toEqual(['answers:sesame', 'answers:123456']);
  });

  test('questions that come together are asked one after the other', async () => {
    await using server = await serveSsh({ methods, questions: [[password, code]] });
    const answers = ['sesame', '123456'];
    let asking = 0;
    await logIn(server, sesame, {
      ask: async () => {
        expect(++asking).toBe(1);
        await new Promise((settle) => setImmediate(settle));
        asking--;
        return answers.shift() ?? '';
      },
    });
    expect(server.attempts.at(-1)).toBe('answers:sesame|123456');
  });

  test.each([[code], [{ ...password, echo: true }], [{ ...code, echo: false }]])(
    'where nobody is there to ask, nothing is answered: %j',
    async (question) => {
      await using server = await serveSsh({ methods, questions: [[question]] });
      await expect(logIn(server, sesame)).rejects.toMatchObject(refused(/asks '.*:', and nobody is there to answer/));
      expect(server.attempts).toEqual(['none', 'keyboard-interactive']);
    },
  );

  test('called off while a person is thinking: a late answer harms nobody', async () => {
    await using server = await serveSsh({ methods, questions: [[code]] });
    const calledOff = new AbortController();
    let answer: (text: string) => void = () => {};
    const asked = new Promise<void>((settle) => {
      const ask = () => {
        settle();
        return new Promise<string>((give) => {
          answer = give;
        });
      };
      const login = logIn(server, sesame, { ask, signal: calledOff.signal });
      login.catch(() => {});
      failed = login;
    });
    await asked;
    calledOff.abort();
    await expect(failed).rejects.toMatchObject({ code: 'cancelled', phase: 'authenticate' });
    answer('123456');
    await new Promise((settle) => setImmediate(settle));
    expect(server.attempts.filter((one) => one.startsWith('answers'))).toEqual([]);
  });
  let failed: Promise<unknown> = Promise.resolve();
});

describe('keys', () => {
  const plain = utils.generateKeyPairSync('ecdsa', { bits: 256 });
  const locked = utils.generateKeyPairSync('ecdsa', { bits: 256, passphrase: 'open', cipher: 'aes256-ctr', rounds: 4 });
  const file = (name: string, text: string): string => {
    const path = join(places.folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };

  test('of a file', async () => {
    await using server = await serveSsh({ methods: ['publickey'], publicKey: plain.public });
    await logIn(server, { ssh: { keyFile: file('plain', plain.private) } });
  });

  test('go before the password', async () => {
    await using server = await serveSsh({ methods: ['publickey', 'password'], password: 'sesame' });
    await logIn(server, { ...sesame, ssh: { keyFile: file('plain', plain.private) } });
    expect(server.attempts).toEqual([expect.stringMatching(/^publickey:/), 'password:sesame']);
  });

  test('of a protected file need its passphrase', async () => {
    await using server = await serveSsh({ methods: ['publickey'], publicKey: locked.public });
    const keyFile = file('locked', locked.private);
    await expect(logIn(server, { ssh: { keyFile } })).rejects.toMatchObject(
      refused(/locked is encrypted, and no passphrase is given/),
    );
    const wrong = { keyFile, passphrase: new Secret('wrong') };
    await expect(logIn(server, { ssh: wrong })).rejects.toMatchObject(
      refused(/locked cannot be decrypted: the passphrase is wrong/),
    );
    expect(server.sockets).toEqual([]);
    await logIn(server, { ssh: { keyFile, passphrase: new Secret('open') } });
  });

  test('of a file that is none, is the public half, or is not there: the error says which', async () => {
    await using server = await serveSsh({ methods: ['publickey'], publicKey: plain.public });
    for (const [name, text, message] of [
      ['none', 'hello', /cannot use the key file .*none/],
      ['half.pub', plain.public, /half\.pub: it is a public key; name the private one/],
    ] as const) {
      await expect(logIn(server, { ssh: { keyFile: file(name, text) } })).rejects.toMatchObject(refused(message));
    }
    const keyFile = join(places.folder, 'later');
    await expect(logIn(server, { ssh: { keyFile } })).rejects.toMatchObject(refused(/later: there is no such file/));
    file('later', plain.private);
    // A file that is there now is read, though it was not a moment ago.
    await logIn(server, { ssh: { keyFile } });
    expect(server.attempts).toHaveLength(1);
  });

  test('of a file that was replaced are the new ones', async () => {
    await using server = await serveSsh({ methods: ['publickey'], publicKey: plain.public });
    const keyFile = file('replaced', utils.generateKeyPairSync('ecdsa', { bits: 256 }).private);
    await expect(logIn(server, { ssh: { keyFile } })).rejects.toMatchObject(refused(/tried: publickey/));
    rmSync(keyFile);
    file('replaced', plain.private);
    await logIn(server, { ssh: { keyFile } });
  });

  test("of the user's own are tried where there is no password, or where it is told", async () => {
    await using server = await serveSsh({
      methods: ['publickey', 'password'],
      password: 'sesame',
      publicKey: plain.public,
    });
    writeFileSync(join(places.home, '.ssh', 'id_ed25519'), plain.private, { mode: 0o600 });
    await logIn(server, {});
    await logIn(server, sesame);
    await logIn(server, { ...sesame, ssh: { useKeys: true } });
    await logIn(server, { ssh: { keyFile: '~/.ssh/id_ed25519' } });
    rmSync(join(places.home, '.ssh', 'id_ed25519'));
    expect(server.attempts.map((one) => one.split(':')[0])).toEqual([
      'publickey',
      'none',
      'password',
      'publickey',
      'publickey',
    ]);
  });

  const agentAt = join(places.folder, 'agent');
  test.runIf(spawnSync('ssh-add', ['-?']).error === undefined && process.platform !== 'win32')(
    'of an agent',
    async () => {
      await using server = await serveSsh({ methods: ['publickey'], publicKey: plain.public });
      const agent = spawn('ssh-agent', ['-D', '-a', agentAt], { stdio: 'ignore' });
      const ended = new Promise((settle) => agent.once('exit', settle));
      try {
        await vi.waitFor(() => expect(existsSync(agentAt)).toBe(true), { timeout: 5_000, interval: 5 });
        const env = { ...process.env, SSH_AUTH_SOCK: agentAt };
        const added = spawnSync('ssh-add', ['-q', file('for-agent', plain.private)], { env, encoding: 'utf8' });
        expect(added.status, added.stderr).toBe(0);
        vi.stubEnv('SSH_AUTH_SOCK', agentAt);
        await logIn(server, {});
        await logIn(server, { ssh: { allowAgent: true } });
        await expect(logIn(server, { ssh: { allowAgent: false } })).rejects.toMatchObject(
          refused(/neither a password nor a key/),
        );
      } finally {
        vi.stubEnv('SSH_AUTH_SOCK', '');
        agent.kill();
        await ended;
      }
    },
  );

  test('of an agent that never signs: the agent is blamed, and not the device', async () => {
    const at = join(places.folder, 'silent-agent');
    await using server = await serveSsh({ methods: ['publickey'], publicKey: plain.public });
    const blob = utils.parseKey(plain.private).getPublicSSH();
    const text = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
    const keys = Buffer.concat([Buffer.from([12, 0, 0, 0, 1]), text(blob), text(Buffer.from('mine'))]);
    const agent = createServer((socket) => {
      // It tells its keys (11), and answers nothing else.
      socket.on('data', (bytes) => bytes[4] === 11 && socket.write(text(keys)));
    });
    await new Promise<void>((settle) => agent.listen(at, settle));
    try {
      const login = logIn(server, { ssh: { agentSocket: at } }, { deadline: Deadline.after(1_000) });
      await expect(login).rejects.toMatchObject({
        code: 'connect_timeout',
        message: expect.stringContaining(`the agent at ${at} `),
      });
    } finally {
      await new Promise((settle) => agent.close(settle));
    }
  });

  test('of an agent that is gone do not keep the others from being tried', async () => {
    await using server = await serveSsh({ methods: ['publickey', 'password'], password: 'sesame' });
    vi.stubEnv('SSH_AUTH_SOCK', join(places.folder, 'no-agent-here'));
    try {
      await logIn(server, { ...sesame, ssh: { allowAgent: true } });
    } finally {
      vi.stubEnv('SSH_AUTH_SOCK', '');
    }
    expect(server.attempts).toEqual(['none', 'password:sesame']);
  });
});

test('no secret is in an error of a login', async () => {
  const planted = {
    password: new Secret('pa55word-of-mine'),
    ssh: { keyFile: join(places.folder, 'locked'), passphrase: new Secret('pa55phrase-of-mine') },
  };
  await using server: SshServer = await serveSsh({ methods: ['password'] });
  for (const rest of [planted, { password: planted.password }]) {
    const error: Error = await logIn(server, rest).then(
      () => new Error('logged in'),
      (failure) => failure,
    );
    for (const shown of [error.message, `${error.stack}`, JSON.stringify(error)]) expect(shown).not.toMatch(/of-mine/);
    expect(error).toMatchObject({ code: 'authentication' });
  }
});
