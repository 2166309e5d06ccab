import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { connect, connectExec, Secret, type SessionOptions, type SessionTarget } from 'rollcall/session';
import { describe, expect, test } from 'vitest';
import { failure } from '../session/failure.ts';
import { ownSurroundings } from '../transport/surroundings.ts';
import { telnetParrot } from './parrot.ts';
import { Plants } from './plants.ts';
import { type SshSlip, sshParrot } from './ssh-parrot.ts';

const { folder } = ownSurroundings();

/** A target with secrets that nobody else has. */
function planted(kind: 'plain' | 'odd') {
  const plants = new Plants();
  const secret = (name: string): Secret => new Secret(plants.make(name, kind));
  const target = (port: number, more: Partial<SessionTarget> = {}): SessionTarget => ({
    host: '127.0.0.1',
    port,
    platform: 'cisco_ios',
    username: 'ann',
    password: secret('password'),
    secret: secret('enable secret'),
    ...more,
  });
  return { plants, secret, target };
}

let recordings = 0;

/** How a session is opened that is recorded, and what stands in the recording then. */
function recorded(): { readonly how: SessionOptions; written(): string } {
  const file = join(folder, `${recordings++}.rec`);
  return {
    how: { recording: { file }, hostKeys: { policy: 'off' }, timeouts: { connectMs: 2_000, idleMs: 2_000 } },
    written: () => (existsSync(file) ? readFileSync(file, 'utf8') : ''),
  };
}

describe.concurrent.each(['plain', 'odd'] as const)('a secret (%s) that', (kind) => {
  describe.concurrent.each(['whole', 'bytes'] as const)('a telnet device repeats, its words sent as %s,', (pieces) => {
    test.each(['login', 'enable', 'greeting'] as const)('at the %s is in no error', async (slip) => {
      const { plants, target } = planted(kind);
      await using device = await telnetParrot({ slip, pieces });
      const { how, written } = recorded();
      const error = await failure(connect(target(device.port, { transport: 'telnet' }), how));
      expect(plants.inValue(error)).toEqual([]);
      expect(plants.in(written())).toEqual([]);
    });

    test.each(['stall', 'wrapped', 'coloured', 'redrawn', 'question', 'another', 'refused'])(
      'in the middle (%s) is in no error, and not in the recording',
      async (command) => {
        const { plants, secret, target } = planted(kind);
        await using device = await telnetParrot({ pieces });
        const { how, written } = recorded();
        const session = await connect(target(device.port, { transport: 'telnet' }), how);
        const expected = { send: 'ask', expect: 'community: ' };
        await session.sendInteractive([expected, { send: secret('an answer') }]);
        await session.sendInteractive([expected, { send: plants.make('a hidden answer', kind), hidden: true }]);
        // What the device answers belongs to the caller; why it is no good answer goes into errors and logs.
        const told = await session.sendCommand(command).then(
          ({ refusal }) => refusal,
          (error: unknown) => error,
        );
        expect(told).toBeDefined();
        expect(plants.inValue(told)).toEqual([]);
        expect(plants.inValue(session)).toEqual([]);
        expect(plants.inValue(await session.sendCommand('show version').catch((error: unknown) => error))).toEqual([]);
        await session.close();
        expect(plants.in(written())).toEqual([]);
      },
    );
  });

  test.each<SshSlip>(['disconnect', 'demand', 'question', 'code', 'shell', 'middle'])(
    'an SSH server repeats (%s) is in no error, and not in the recording',
    async (slip) => {
      const { plants, target } = planted(kind);
      await using device = await sshParrot(slip);
      const code = { password: undefined, secret: undefined };
      const given = target(device.port, { platform: 'linux', secret: undefined, ...(slip === 'code' ? code : {}) });
      const ask = async (): Promise<string> => plants.make('code', kind);
      const { how, written } = recorded();
      const work = async (): Promise<unknown> => {
        await using session = await connect(given, slip === 'code' ? { ...how, ask } : how);
        return await session.sendCommand('true');
      };
      expect(plants.inValue(await failure(work()))).toEqual([]);
      expect(plants.in(written())).toEqual([]);
    },
  );

  test('a command prints on its standard error is not in its refusal', async () => {
    const { plants, target } = planted(kind);
    await using device = await sshParrot('command');
    const { recording: _, ...how } = recorded().how;
    await using session = await connectExec(target(device.port, { platform: 'linux' }), how);
    const { refusal } = await session.exec('false');
    expect(refusal).toMatch(/^exit status 1: you said \[secret\]/);
    expect(plants.inValue([refusal, session])).toEqual([]);
  });

  test('a file server repeats is in no error', async () => {
    const { plants, target } = planted(kind);
    await using device = await sshParrot('command');
    await using session = await connect(target(device.port, { platform: 'linux', secret: undefined }), recorded().how);
    const [here, there] = [join(folder, `${kind}-here`), '/there'];
    writeFileSync(here, 'x');
    for (const work of [
      () => session.files.get(there, `${here}-too`, { protocol: 'sftp' }),
      () => session.files.put(here, there, { protocol: 'sftp' }),
    ]) {
      const error = await failure(work());
      expect(error.message).toMatch(/you said \[secret\]/);
      expect(plants.inValue(error)).toEqual([]);
    }
  });

  test.each<SshSlip>(['disconnect', 'demand', 'question', 'forward'])(
    'a jump host repeats (%s) is in no error',
    async (slip) => {
      const { plants, secret, target } = planted(kind);
      await using hop = await sshParrot(slip);
      const route = {
        jump: [{ host: '127.0.0.1', port: hop.port, username: 'hop', password: secret('jump password') }],
      };
      const error = await failure(connect(target(9, { platform: 'linux', route }), recorded().how));
      expect(plants.inValue(error)).toEqual([]);
    },
  );
});

test('a secret that a device breaks into more lines than an error shows is not shown in part', async () => {
  const { plants, target } = planted('plain');
  await using device = await telnetParrot();
  await using session = await connect(target(device.port, { transport: 'telnet' }), recorded().how);
  const error = await failure(session.sendCommand('wrapped'));
  expect(String(error.details?.lastReceived)).toContain('[secret]');
  expect(plants.inValue(error)).toEqual([]);
});

test('a password that is a word of our own messages is not blanked out there, which would tell it', async () => {
  const word = new Secret('cisco');
  await using device = await telnetParrot({ slip: 'login' });
  const target = { host: '127.0.0.1', port: device.port, transport: 'telnet', platform: 'cisco_ios' } as const;
  const error = await failure(connect({ ...target, username: 'cisco', password: word }, recorded().how));
  expect(error.message).toMatch(/unable to connect cisco_ios .*the device refused user 'cisco'/);
});

test.each<SshSlip>(['disconnect', 'demand', 'shell', 'middle'])(
  'a password that is a word is in no part of an error that a server has written (%s)',
  async (slip) => {
    await using device = await sshParrot(slip);
    const at = { host: '127.0.0.1', port: device.port, platform: 'linux', username: 'ann' } as const;
    const work = async (): Promise<unknown> => {
      await using session = await connect({ ...at, password: new Secret('marmalade') }, recorded().how);
      return await session.sendCommand('true');
    };
    const error = await failure(work());
    expect(inspect(error, { depth: Infinity, showHidden: true })).toContain('you said [secret]');
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain('marmalade');
  },
);
