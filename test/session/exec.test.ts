import { connectExec, ExecSession, Secret, type SessionOptions, type SessionTarget } from 'rollcall/session';
import { describe, expect, test, vi } from 'vitest';
import { type SshServer, type SshServerOptions, serveSsh } from '../transport/ssh-server.ts';
import { leavesNothingOpen, listen, ownSurroundings } from '../transport/surroundings.ts';

ownSurroundings();
leavesNothingOpen();

const PASSWORD = 'sesame-of-the-caves';
const serve = (rest: SshServerOptions): Promise<SshServer> => serveSsh({ password: PASSWORD, ...rest });

function open(server: { readonly port: number }, rest: Partial<SessionTarget> = {}, more: SessionOptions = {}) {
  return connectExec(
    {
      host: '127.0.0.1',
      port: server.port,
      platform: 'linux',
      username: 'cisco',
      password: new Secret(PASSWORD),
      ...rest,
    },
    { hostKeys: { policy: 'off' }, ...more },
  );
}

/** A server whose commands say this, and end with this status. */
const says = (out: string | Buffer, { err = '', code = 0 } = {}): SshServerOptions => ({
  onExec(_command, accept) {
    const stream = accept();
    stream.write(out);
    stream.stderr.write(err);
    stream.exit(code);
    stream.end();
    return undefined;
  },
});

test('a command gives its output, its errors apart and its exit status', async () => {
  await using server = await serve(says('one\r\ntwo\n\nthree\n', { err: 'careful\n' }));
  await using session = await open(server);
  expect(session).toBeInstanceOf(ExecSession);
  const response = await session.exec('show all');
  expect(response).toEqual({
    command: 'show all',
    prompt: '',
    output: 'one\ntwo\n\nthree',
    stderr: 'careful',
    exitCode: 0,
    ok: true,
    endedBy: 'exit',
    truncated: false,
    startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    elapsedMs: expect.any(Number),
  });
  expect(structuredClone(response)).toEqual(response);
});

describe('what a device refuses', () => {
  test('is an exit status, with the reason from its errors', async () => {
    await using server = await serve(says('', { err: '\nno such thing\nmore\n', code: 4 }));
    await using session = await open(server);
    expect(await session.exec('x')).toMatchObject({ ok: false, exitCode: 4, refusal: 'exit status 4: no such thing' });
    expect(await session.exec('x', { refusals: 'ignore' })).toMatchObject({ ok: true, exitCode: 4 });
  });

  test('is what the platform calls a refusal, whatever the exit status', async () => {
    await using server = await serve(
      says('\r\nLine has invalid autocommand "bogus"\r\n% Invalid input detected at \'^\' marker.\r\n'),
    );
    await using session = await open(server, { platform: 'cisco_ios' });
    expect(await session.exec('bogus')).toMatchObject({
      ok: false,
      exitCode: 0,
      refusal: expect.stringMatching(/invalid/i),
    });
  });

  test('holds no secret', async () => {
    await using server = await serve(says('', { err: `bad word ${PASSWORD}\n`, code: 1 }));
    await using session = await open(server);
    const { refusal } = await session.exec('x');
    expect(refusal).not.toContain(PASSWORD);
    expect(refusal).toContain('bad word');
  });

  test('is the channel itself', async () => {
    await using server = await serve({ onExec: () => false });
    await using session = await open(server);
    await expect(session.exec('x')).rejects.toMatchObject({
      code: 'closed',
      message: expect.stringMatching(/127\.0\.0\.1:\d+: the device gives no channel for a command/),
    });
  });
});

test('a signal that ended a command is its end', async () => {
  await using server = await serve({
    onExec(_command, accept) {
      const stream = accept();
      stream.exit('KILL', false, '');
      stream.end();
      return undefined;
    },
  });
  await using session = await open(server);
  const response = await session.exec('x');
  expect(response).toMatchObject({ ok: false, exitSignal: 'KILL', refusal: 'ended by the signal KILL' });
  expect(response.exitCode).toBeUndefined();
});

test('a device that gives no exit status ends a command by closing its channel', async () => {
  await using server = await serve({
    onExec(_command, accept) {
      const stream = accept();
      stream.write('all of it\n');
      stream.close();
      return undefined;
    },
  });
  await using session = await open(server);
  const response = await session.exec('x');
  expect(response).toMatchObject({ ok: true, output: 'all of it', endedBy: 'exit' });
  expect(response.exitCode).toBeUndefined();
});

test('a device that takes one command for each connection gets a new one for each, and one login only before the first', async () => {
  let connections = 0;
  const commands: string[] = [];
  await using server = await serve({
    onConnection: () => void connections++,
    onExec(command, accept, connection) {
      commands.push(command);
      const stream = accept();
      stream.write(`${command} on ${connections}\n`);
      stream.exit(0);
      stream.end();
      stream.on('close', () => connection.end());
      return undefined;
    },
  });
  await using session = await open(server, { platform: 'cisco_ios' });
  expect(connections).toBe(1);
  expect((await session.exec('show a')).output).toBe('show a on 1');
  expect((await session.exec('show b')).output).toBe('show b on 2');
  expect((await session.exec('show c')).output).toBe('show c on 3');
  expect(commands).toEqual(['show a', 'show b', 'show c']);
});

test('commands run one after the other, whoever waits', async () => {
  let running = 0;
  let most = 0;
  await using server = await serve({
    onExec(command, accept) {
      most = Math.max(most, ++running);
      const stream = accept();
      setImmediate(() => {
        running--;
        stream.write(command);
        stream.exit(0);
        stream.end();
      });
      return undefined;
    },
  });
  await using session = await open(server);
  const all = await Promise.all(['a', 'b', 'c'].map((command) => session.exec(command)));
  expect(all.map(({ output }) => output)).toEqual(['a', 'b', 'c']);
  expect(most).toBe(1);
});

describe('limits', () => {
  const endless: SshServerOptions = {
    onExec(command, accept) {
      const stream = accept();
      stream.write(command === 'much' ? Buffer.alloc(200_000, 'x') : 'begun\n');
      return undefined;
    },
  };

  test.each([
    ['outputBytes', 'much', {}, { limits: { outputBytes: 100_000 } }, 'output_too_large', /larger than 100000 bytes/],
    ['idleMs of the session', 'x', {}, { timeouts: { idleMs: 60 } }, 'idle_timeout', /nothing came for 60 ms/],
    ['idleMs of the call', 'x', { idleMs: 50 }, {}, 'idle_timeout', /nothing came for 50 ms/],
    ['totalMs of the call', 'x', { totalMs: 80 }, {}, 'device_timeout', /time in all is over/],
  ])('%s', async (_name, command, options, more, code, message) => {
    await using server = await serve(endless);
    await using session = await open(server, {}, more);
    await expect(session.exec(command, options)).rejects.toMatchObject({
      code,
      phase: expect.stringMatching(/open|command/),
      message: expect.stringMatching(message),
    });
    await expect(session.exec('again')).rejects.toMatchObject({ code: 'session_closed' });
  });

  test('an abort calls a command off, and every later one', async () => {
    const begun = vi.fn();
    await using server = await serve({
      onExec(command, accept) {
        begun();
        return endless.onExec?.(command, accept, undefined as never);
      },
    });
    const controller = new AbortController();
    await using session = await open(server, {}, { signal: controller.signal });
    const running = session.exec('x');
    running.catch(() => {});
    await vi.waitFor(() => expect(begun).toHaveBeenCalled());
    controller.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortedError', code: 'cancelled' });
    await expect(session.exec('y')).rejects.toMatchObject({ code: 'session_closed' });
    expect(begun).toHaveBeenCalledTimes(1);
  });

  test('closing in the middle calls it off too', async () => {
    const begun = vi.fn();
    await using server = await serve({
      onExec(command, accept) {
        begun();
        return endless.onExec?.(command, accept, undefined as never);
      },
    });
    const session = await open(server);
    const running = session.exec('x');
    running.catch(() => {});
    await vi.waitFor(() => expect(begun).toHaveBeenCalled());
    await session.close();
    await expect(running).rejects.toMatchObject({ code: 'session_closed' });
    await session.close();
  });
});

test('a connection that is lost in the middle is an error, never half an answer', async () => {
  await using server = await serve({
    onExec(_command, accept) {
      accept().write('half of\n');
      queueMicrotask(() => {
        for (const socket of server.sockets) socket.end();
      });
      return undefined;
    },
  });
  await using session = await open(server);
  await expect(session.exec('x')).rejects.toMatchObject({
    name: 'ConnectionClosedError',
    code: 'closed',
    phase: 'command',
  });
});

test('the end of a command may come with its beginning, errors included', async () => {
  await using server = await serve(says('out', { err: 'err', code: 7 }));
  await using session = await open(server);
  for (let round = 0; round < 20; round++) {
    expect(await session.exec('x')).toMatchObject({ output: 'out', stderr: 'err', exitCode: 7 });
  }
});

test('the target’s encoding is that of the answer', async () => {
  await using server = await serve(says(Buffer.from([0xcf, 0xf0, 0xe8, 0x0a])));
  await using session = await open(server, { encoding: 'windows-1251' });
  expect((await session.exec('x')).output).toBe('При');
});

describe('before anything is connected', () => {
  test.each<[string, Partial<SessionTarget>, RegExp]>([
    ['a console', { console: true }, /and this one is behind a console/],
    ['telnet', { transport: 'telnet', platform: 'cisco_ios' }, /need SSH, and this device is reached by telnet/],
    [
      'a platform that is not known to do it',
      { platform: 'fortinet' },
      /'fortinet' is not known to run commands in channels/,
    ],
    ['a platform that nobody knows yet', { platform: 'autodetect' }, /'autodetect' is not known to run/],
  ])('%s is refused', async (_what, rest, message) => {
    await using server = await listen(() => {});
    await expect(open(server, rest)).rejects.toMatchObject({
      code: 'not_supported',
      message: expect.stringMatching(message),
    });
    expect(server.sockets).toHaveLength(0);
  });
});

test('a command of two lines, and an option that there is not, are refused with nothing run', async () => {
  const onExec = vi.fn((): false => false);
  await using server = await serve({ onExec });
  await using session = await open(server);
  await expect(session.exec('a\nb')).rejects.toMatchObject({ code: 'bad_command' });
  await expect(session.exec('a', { mode: 'x' } as never)).rejects.toMatchObject({ code: 'bad_option' });
  expect(onExec).not.toHaveBeenCalled();
});

test('a login that fails says so as a session’s does', async () => {
  await using server = await serve({});
  await expect(open(server, { password: new Secret('wrong') })).rejects.toMatchObject({
    code: 'authentication',
    message: expect.stringMatching(/^Authentication failure: unable to connect linux 127\.0\.0\.1:\d+: /),
  });
});
