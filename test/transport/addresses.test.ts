import type { LookupAddress } from 'node:dns';
import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { Deadline, type RollcallError } from '#dist/base/index.js';
import { connectAny } from '#dist/transport/route/attempts.js';
import { connectTcp, type TcpOptions } from '#dist/transport/route/tcp.js';
import { blackHole } from './black-hole.ts';
import { leavesNothingOpen, listen } from './surroundings.ts';

leavesNothingOpen();

/** An address that is silent and one that answers, on the same port. */
async function deadAndLive(dead: string, live: string): Promise<AsyncDisposable & { readonly port: number }> {
  const hole = await blackHole(dead);
  const server = await listen((socket) => socket.end(), { host: live, port: hole.port });
  return {
    port: hole.port,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await hole[Symbol.asyncDispose]();
    },
  };
}

/** A server on loopback of both families, on one port. */
async function onBoth(): Promise<AsyncDisposable & { readonly port: number }> {
  const first = await listen((socket) => socket.end());
  const second = await listen((socket) => socket.end(), { host: '::1', port: first.port });
  return {
    port: first.port,
    async [Symbol.asyncDispose]() {
      await first[Symbol.asyncDispose]();
      await second[Symbol.asyncDispose]();
    },
  };
}

const family = (address: string): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 });

/** Connects to a name that has these addresses, and tells which one answered, or how it failed. */
async function reached(
  addresses: readonly string[],
  port: number,
  options: Partial<TcpOptions> & { ms?: number } = {},
) {
  const { ms = 10_000, ...rest } = options;
  const began = performance.now();
  const took = () => performance.now() - began;
  const lookup: TcpOptions['lookup'] = (_host, wanted, done) =>
    done(
      null,
      addresses.map(family).filter((one) => wanted.family === 0 || one.family === wanted.family),
    );
  try {
    const socket = await connectTcp('many.example.net', port, { deadline: Deadline.after(ms), lookup, ...rest });
    const { remoteAddress, localAddress } = socket;
    socket.destroy();
    return { remoteAddress, localAddress, took: took() };
  } catch (error) {
    return { error: error as RollcallError, took: took() };
  }
}

const onLinux = process.platform === 'linux';

// The best of three: a busy machine is slower than we are, never quicker.
describe.runIf(onLinux)('a name with one dead and one live address', { retry: 2 }, () => {
  test.each([
    ['::1', '127.0.0.1'],
    ['127.0.0.2', '::1'],
    ['127.0.0.2', '127.0.0.1'],
  ])('is reached, %s being silent, and %s not: whichever comes first', async (dead, live) => {
    await using both = await deadAndLive(dead, live);
    const slow = await reached([dead, live], both.port);
    expect(slow.remoteAddress).toBe(live);
    // The second address is tried after one second, and the first one is still waited for.
    expect(slow.took).toBeGreaterThan(900);
    expect(slow.took).toBeLessThan(2_500);
    const quick = await reached([live, dead], both.port);
    expect(quick.remoteAddress).toBe(live);
    expect(quick.took).toBeLessThan(900);
  });

  test.each([
    ['::1', '127.0.0.1'],
    ['127.0.0.2', '127.0.0.1'],
  ])('is reached at once where %s refuses, and %s does not', async (dead, live) => {
    await using server = await listen(() => {}, { host: live });
    const { remoteAddress, took } = await reached([dead, live], server.port);
    expect(remoteAddress).toBe(live);
    expect(took).toBeLessThan(900);
  });

  test('is reached also where the time is short: the addresses share it', async () => {
    await using both = await deadAndLive('127.0.0.2', '127.0.0.1');
    const { remoteAddress, took } = await reached(['127.0.0.2', '127.0.0.1'], both.port, { ms: 800 });
    expect(remoteAddress).toBe('127.0.0.1');
    expect(took).toBeLessThan(750);
  });

  test('alternates between the families, so that a dead one costs one attempt', async () => {
    await using both = await deadAndLive('::1', '127.0.0.1');
    const dead = ['::1', '::ffff:127.0.0.2', '::ffff:127.0.0.3'];
    const { remoteAddress, took } = await reached([...dead, '127.0.0.1'], both.port);
    expect(remoteAddress).toBe('127.0.0.1');
    expect(took).toBeLessThan(1_900);
  });
});

test.runIf(onLinux)('an address that answers late is not given up for the next one', async () => {
  await using dead = await blackHole('127.0.0.3');
  const socket = await connectAny(
    { addresses: ['127.0.0.3', '127.0.0.2'], port: dead.port },
    { deadline: Deadline.after(1_500) },
  ).catch((error: RollcallError) => error);
  // 127.0.0.2 refused at once when its turn came, and the first one had all of the time.
  expect(socket).toMatchObject({ code: 'connect_refused' });
  expect((socket as RollcallError).details?.addresses).toEqual([
    expect.stringMatching(/^127\.0\.0\.2: the port is closed/),
    '127.0.0.3: no answer to the connection attempt in time',
  ]);
});

describe('a name of which no address answers', () => {
  test('says what each one said', async () => {
    const free = await listen(() => {});
    await free[Symbol.asyncDispose]();
    const { error } = await reached(['127.0.0.1', '::1'], free.port);
    expect(error).toMatchObject({ name: 'UnreachableError', code: 'connect_refused', phase: 'connect' });
    expect(error?.message).toMatch(
      /no address answers: 127\.0\.0\.1: the port is closed.*\(ECONNREFUSED\); ::1: the port is closed/,
    );
    expect(error?.details?.addresses).toHaveLength(2);
  });

  test('or that there is none of the family that is wanted', async () => {
    const none = await reached([], 22);
    expect(none.error).toMatchObject({ code: 'dns', phase: 'resolve' });
    const lookup: TcpOptions['lookup'] = (_host, _options, done) =>
      done(Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' }), []);
    const { error } = await reached([], 22, { addressFamily: 6, lookup });
    expect(error).toMatchObject({ code: 'dns', phase: 'resolve', details: { errno: 'ENOTFOUND' } });
    expect(error?.message).toContain("cannot resolve 'many.example.net' to an IPv6 address");
  });

  test('and a name server that does not answer is told from a device that does not', async () => {
    const { error } = await reached([], 22, { ms: 50, lookup: () => {} });
    expect(error).toMatchObject({ name: 'UnreachableError', code: 'dns', phase: 'resolve' });
    expect(error?.message).toContain('no answer from the name server');
  });
});

describe('addressFamily', () => {
  test.each([
    [4, '127.0.0.1'],
    [6, '::1'],
  ] as const)('%i is kept to', async (addressFamily, live) => {
    await using server = await onBoth();
    const { port } = server;
    expect(await reached(['::1', '127.0.0.1'], port, { addressFamily })).toMatchObject({ remoteAddress: live });
  });

  test('refuses an address of the other one', async () => {
    const opening = connectTcp('127.0.0.1', 22, { deadline: Deadline.never, addressFamily: 6 });
    await expect(opening).rejects.toMatchObject({
      name: 'OptionError',
      message: '127.0.0.1 must be an IPv6 address, since route.addressFamily is 6',
    });
  });
});

describe('sourceAddress', () => {
  test.runIf(process.platform === 'linux')('is where connections come from, and chooses the family', async () => {
    await using server = await onBoth();
    const { port } = server;
    expect(await reached(['::1', '127.0.0.1'], port, { sources: ['127.0.0.7'] })).toMatchObject({
      remoteAddress: '127.0.0.1',
      localAddress: '127.0.0.7',
    });
    expect(await reached(['127.0.0.1', '::1'], port, { sources: ['::1'] })).toMatchObject({ remoteAddress: '::1' });
  });

  test('that is not of this machine is refused, with those that are', async () => {
    await using server = await listen(() => {});
    const { error } = await reached(['127.0.0.1'], server.port, { sources: ['192.0.2.99'] });
    expect(error).toMatchObject({ name: 'OptionError', code: 'bad_option', phase: 'connect' });
    expect(error?.message).toMatch(/must be an address of this machine; got 192\.0\.2\.99; it has .*127\.0\.0\.1/);
  });
});

test.runIf(onLinux)('an attempt that is called off leaves nothing, with several under way', async () => {
  await using dead = await blackHole('0.0.0.0');
  const calledOff = new AbortController();
  // Of proc(5): the far address with its port in hexadecimal digits, and 02 for an attempt without an answer (SYN_SENT).
  const attempts = new RegExp(`:${dead.port.toString(16).toUpperCase().padStart(4, '0')} 02 `, 'g');
  const connecting = (): number => readFileSync('/proc/net/tcp', 'utf8').match(attempts)?.length ?? 0;
  const before = connecting();
  const reaching = reached(['127.0.0.1', '127.0.0.2'], dead.port, { signal: calledOff.signal, ms: 200_000 });
  await vi.waitFor(() => expect(connecting()).toBe(before + 2), { timeout: 10_000, interval: 10 });
  calledOff.abort();
  const { error } = await reaching;
  expect(error).toMatchObject({ name: 'AbortedError', phase: 'connect' });
  await vi.waitFor(() => expect(connecting()).toBe(before), { timeout: 10_000, interval: 10 });
});
