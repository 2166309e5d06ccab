import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { startLab } from 'rollcall/lab';
import { describe, expect, test } from 'vitest';
import { Deadline, type RollcallError, Secret } from '#dist/base/index.js';
import {
  type ConnectionOptions,
  type ConnectionTarget,
  type HostKeyOptions,
  openConnection,
  type SerialOptions,
  type SshOptions,
} from '#dist/transport/index.js';
import { connectTcp } from '#dist/transport/route/tcp.js';
import { blackHole } from './black-hole.ts';
import { serveSsh } from './ssh-server.ts';
import { leavesNothingOpen, listen, ownSurroundings } from './surroundings.ts';

const places = ownSurroundings();
leavesNothingOpen();

const sesame = { username: 'cisco', password: new Secret('sesame') };
const shellOptions = { columns: 80, rows: 24, terminal: 'vt100', deadline: Deadline.after(20_000) };

/** Opens the way and a shell on it, and returns the error that this ends with, and in which phases it was. */
async function failure(target: Partial<ConnectionTarget>, options: Partial<ConnectionOptions> & { ms?: number } = {}) {
  const phases: string[] = [];
  const { ms = 10_000, ...rest } = options;
  const deadline = Deadline.after(ms);
  let error: RollcallError | undefined;
  try {
    const connection = await openConnection(
      { host: '127.0.0.1', ...sesame, ...target },
      { deadline, hostKeys: { policy: 'off' }, ...rest, onPhase: (phase) => phases.push(phase) },
    );
    try {
      await connection.openShell({ ...shellOptions, deadline, signal: rest.signal });
    } finally {
      connection.destroy();
    }
  } catch (thrown) {
    error = thrown as RollcallError;
  }
  if (error === undefined) throw new Error('it did not fail');
  return { error, phases };
}

const both = ['ssh', 'telnet'] as const;

describe.each(both)('over %s', (transport) => {
  test('a closed port', async () => {
    const free = await listen(() => {});
    await free[Symbol.asyncDispose]();
    const { error, phases } = await failure({ transport, port: free.port });
    expect(error).toMatchObject({
      name: 'UnreachableError',
      code: 'connect_refused',
      phase: 'connect',
      details: { errno: 'ECONNREFUSED' },
    });
    expect(error.message).toContain('the port is closed');
    expect(phases).toEqual(['connect']);
  });

  test('a name that there is not', async () => {
    const { error, phases } = await failure({ transport, host: 'nosuch.invalid' });
    expect(error).toMatchObject({ name: 'UnreachableError', code: 'dns', phase: 'resolve' });
    expect(error.message).toContain("'nosuch.invalid'");
    expect(phases).toEqual(['resolve']);
  });

  test('called off before it began', async () => {
    await using server = await listen(() => {});
    const { error } = await failure({ transport, port: server.port }, { signal: AbortSignal.abort() });
    expect(error).toMatchObject({ name: 'AbortedError', code: 'cancelled', phase: 'connect' });
  });

  test.runIf(process.platform === 'linux')(
    'no answer to the connection attempt, and one that is called off',
    async () => {
      await using hole = await blackHole();
      const { error } = await failure({ transport, port: hole.port }, { ms: 100 });
      expect(error).toMatchObject({ name: 'UnreachableError', code: 'connect_timeout', phase: 'connect' });
      const calledOff = new AbortController();
      setTimeout(() => calledOff.abort(), 20);
      const aborted = await failure({ transport, port: hole.port }, { signal: calledOff.signal });
      expect(aborted.error).toMatchObject({ code: 'cancelled', phase: 'connect' });
    },
  );
});

describe('a server that speaks no SSH', () => {
  test('but is silent', async () => {
    await using server = await listen(() => {});
    const { error, phases } = await failure({ port: server.port }, { ms: 60 });
    expect(error).toMatchObject({ name: 'DeviceTimeoutError', code: 'connect_timeout', phase: 'negotiate' });
    expect(error.message).toContain('the port is open, but the device does not speak SSH in time');
    expect(phases).toEqual(['connect', 'negotiate']);
  });

  test('but closes at once', async () => {
    await using server = await listen((socket) => socket.end());
    const { error } = await failure({ port: server.port });
    expect(error).toMatchObject({ name: 'ConnectionClosedError', code: 'closed', phase: 'negotiate' });
  });

  test('but resets at once', async () => {
    await using server = await listen((socket) => socket.resetAndDestroy());
    const { error } = await failure({ port: server.port });
    expect(['closed', 'connect_refused']).toContain(error.code);
  });

  test.each([
    ['another protocol', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['SSH 1', 'SSH-1.5-old\r\n'],
    ['noise', `${'x'.repeat(100_000)}\r\n`],
    ['a version and then noise', `SSH-2.0-x\r\n${'\u0001'.repeat(64)}`],
  ])('but %s', async (_name, says) => {
    await using server = await listen((socket) => socket.end(says, 'latin1'));
    const { error } = await failure({ port: server.port }, { ms: 2_000 });
    expect(error).toMatchObject({ phase: 'negotiate' });
    expect(['negotiation', 'closed']).toContain(error.code);
  });

  test('or has no algorithm in common with us (lab)', async () => {
    await using lab = await startLab({
      devices: [{ algorithms: { kex: ['diffie-hellman-group1-sha1'] } }],
      stateDirectory: join(places.folder, 'lab'),
    });
    const { error } = await failure({ port: lab.devices[0]?.port });
    expect(error).toMatchObject({ name: 'NegotiationError', code: 'negotiation', phase: 'negotiate' });
    expect(error.message).toContain('no algorithm in common');
  });
});

describe('a login over SSH', () => {
  const methods = ['keyboard-interactive'];
  const questions = [[{ prompt: 'Code: ', echo: true, answer: '' }]];
  const never = () => new Promise<string>(() => {});

  test('that takes too long', async () => {
    await using server = await serveSsh({ methods, questions });
    const { error, phases } = await failure({ port: server.port }, { ms: 500, ask: never });
    expect(error).toMatchObject({ name: 'DeviceTimeoutError', code: 'connect_timeout', phase: 'authenticate' });
    expect(phases).toEqual(['connect', 'negotiate', 'host_key', 'authenticate']);
  });

  test.each(['negotiate', 'host_key', 'authenticate'])('that is called off while it is in %s', async (wanted) => {
    await using server = await serveSsh({ methods, questions });
    const calledOff = new AbortController();
    const deadline = Deadline.after(10_000);
    const opening = openConnection(
      { host: '127.0.0.1', port: server.port, ...sesame },
      {
        deadline,
        hostKeys: { policy: 'off' },
        signal: calledOff.signal,
        ask: never,
        onPhase: (phase) => phase === wanted && queueMicrotask(() => calledOff.abort()),
      },
    );
    await expect(opening).rejects.toMatchObject({ name: 'AbortedError', phase: wanted });
  });

  test('to a device that hangs up in the middle of it', async () => {
    await using server = await serveSsh({ methods, questions });
    const hangUp = () => {
      server.sockets[0]?.destroy();
      return never();
    };
    const { error } = await failure({ port: server.port }, { ask: hangUp });
    expect(error).toMatchObject({ name: 'ConnectionClosedError', code: 'closed', phase: 'authenticate' });
  });

  test('to a device that opens no shell: in time, called off, or hung up', async () => {
    await using server = await serveSsh({ password: 'sesame', noShell: true });
    const late = await failure({ port: server.port }, { ms: 600 });
    expect(late.error).toMatchObject({ code: 'connect_timeout', phase: 'open' });
    for (const [how, code] of [
      [(calledOff: AbortController) => calledOff.abort(), 'cancelled'],
      [() => server.sockets.at(-1)?.destroy(), 'closed'],
    ] as const) {
      const calledOff = new AbortController();
      const deadline = Deadline.after(10_000);
      const connection = await openConnection(
        { host: '127.0.0.1', port: server.port, ...sesame },
        { deadline, hostKeys: { policy: 'off' } },
      );
      const opening = connection.openShell({ ...shellOptions, signal: calledOff.signal });
      setImmediate(() => how(calledOff));
      await expect(opening).rejects.toMatchObject({ code, phase: 'open' });
      connection.destroy();
    }
  });
});

test('a name, not an address, goes through resolve and connect', async () => {
  await using server = await listen((socket) => socket.end());
  const phases: string[] = [];
  const socket = await connectTcp('localhost', server.port, {
    deadline: Deadline.after(5_000),
    onPhase: (phase) => phases.push(phase),
  });
  socket.destroy();
  expect(phases).toEqual(['resolve', 'connect']);
});

describe('an open way', () => {
  test('has Nagle off', async () => {
    await using server = await listen(() => {});
    const socket = await connectTcp('127.0.0.1', server.port, { deadline: Deadline.after(5_000) });
    const setting = Object.getOwnPropertySymbols(socket).find(({ description }) => description === 'kSetNoDelay');
    expect(setting && (socket as unknown as Record<symbol, unknown>)[setting]).toBe(true);
    socket.destroy();
  });

  test('is closed in a moment, also where the device never hangs up (lab)', async () => {
    await using lab = await startLab({
      devices: [{}, { transport: 'telnet' }],
      stateDirectory: join(places.folder, 'lab'),
    });
    for (const [index, transport] of both.entries()) {
      const port = lab.devices[index]?.port ?? 0;
      // Passes everything on but the end.
      await using deaf = await listen(
        (socket) => {
          const device = connect(port, '127.0.0.1');
          device.on('error', () => {});
          device.on('data', (bytes) => socket.write(bytes));
          socket.on('data', (bytes) => device.write(bytes));
          socket.on('close', () => device.destroy());
        },
        { allowHalfOpen: true },
      );
      const target = {
        host: '127.0.0.1',
        port: deaf.port,
        transport,
        username: 'cisco',
        password: new Secret('cisco'),
      };
      const connection = await openConnection(target, { deadline: Deadline.after(5_000), hostKeys: { policy: 'off' } });
      const start = performance.now();
      await connection.close();
      await connection.close();
      expect(performance.now() - start).toBeLessThan(3_000);
    }
  });

  test('tells of its end once, also to who asks later, and takes no more', async () => {
    for (const transport of both) {
      await using server =
        transport === 'ssh'
          ? await serveSsh({ password: 'sesame', onShell: (stream) => void stream.end('bye') })
          : await listen((socket) => socket.end('bye'));
      const target = { host: '127.0.0.1', port: server.port, transport, ...sesame };
      const connection = await openConnection(target, { deadline: Deadline.after(5_000), hostKeys: { policy: 'off' } });
      const shell = await connection.openShell(shellOptions);
      let heard = '';
      shell.onData((bytes) => {
        heard += Buffer.from(bytes).toString();
      });
      await new Promise<void>((settle) => shell.onClose(() => settle()));
      expect(heard).toBe('bye');
      shell.write(Buffer.from('anybody?'));
      await new Promise<void>((settle) => shell.onClose(() => settle()));
      await connection.close();
    }
  });

  test('that breaks over telnet tells why', async () => {
    let there: Socket | undefined;
    await using server = await listen((socket) => {
      there = socket;
      socket.write('hi');
    });
    const target = { host: '127.0.0.1', port: server.port, transport: 'telnet' } as const;
    const connection = await openConnection(target, { deadline: Deadline.after(5_000) });
    const shell = await connection.openShell(shellOptions);
    const ended = new Promise<Error | undefined>((settle) => shell.onClose(settle));
    shell.onData(() => there?.resetAndDestroy());
    expect(await ended).toMatchObject({ code: 'closed', message: expect.stringContaining('ECONNRESET') });
  });
});

describe('what the types forbid is refused at the door', () => {
  test.each([
    [{ host: undefined as unknown as string }, /host must be a name or an address; got undefined/],
    [{ host: ' ' }, /host must be/],
    [{ port: 70_000 }, /port must be a whole number from 1 to 65535; got 70000/],
    [{ port: '22' as unknown as number }, /port must be/],
    [{ transport: 'pigeon' as unknown as 'ssh' }, /'pigeon' is none: expected 'ssh', 'telnet', 'serial' or 'process'/],
    [{ password: 'plain-text' as unknown as Secret }, /password must be a Secret/],
    [{ ssh: { passphrase: 'plain-text' as unknown as Secret } }, /ssh\.passphrase must be a Secret/],
    [{ ssh: { hostKeyAlais: 'r1' } as SshOptions }, /ssh has no option 'hostKeyAlais'; did you mean 'hostKeyAlias'\?/],
    [{ ssh: { keyFile: 7 as unknown as string } }, /ssh\.keyFile must be a path or a list of paths; got 7/],
    [{ ssh: { useKeys: 'no' as unknown as boolean } }, /ssh\.useKeys must be true or false; got the text "no"/],
    [
      { transport: 'serial' as const, serial: { baudrate: 9600 } as SerialOptions },
      /serial has no option 'baudrate'; did you mean/,
    ],
    [{ ssh: { hostKeyAlias: '*' } }, /alias must be one name, without blanks, commas, \* and \?.*got the text "\*"/],
    [{ ssh: { hostKeyAlias: 'site 1' } }, /alias must be one name/],
  ])('%j', async (rest, message) => {
    const { error } = await failure(rest);
    expect(error).toMatchObject({ name: 'OptionError', code: 'bad_option', message: expect.stringMatching(message) });
    expect(error.message).not.toContain('plain-text');
  });

  test('a host key policy that is none', async () => {
    const { error } = await failure({}, { hostKeys: { policy: 'accept-any' as 'off' } });
    expect(error.message).toMatch(
      /hostKeys\.policy must be 'accept-new', 'strict' or 'off'; got the text "accept-any"/,
    );
  });

  test('a misspelt host key policy was none at all', async () => {
    const { error } = await failure({}, { hostKeys: { polcy: 'strict' } as HostKeyOptions });
    expect(error.message).toMatch(/hostKeys has no option 'polcy'; did you mean 'policy'\?/);
  });
});
