import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { pingAddress, pingCommand, readPing } from '#dist/runner/ping.js';

const posix = process.platform !== 'win32';
const PATH = process.env.PATH;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-ping-'));
});
afterEach(() => {
  process.env.PATH = PATH;
});
afterAll(() => rm(folder, { recursive: true }));

/** Puts a `ping` of our own first on the path; it records its process and arguments, then does what `body` says. */
async function fakePing(body: string): Promise<() => Promise<{ pid: number; args: string[] }>> {
  const record = join(folder, 'record');
  await rm(record, { force: true });
  const script = `#!${process.execPath}
require('fs').writeFileSync(${JSON.stringify(record)}, JSON.stringify({ pid: process.pid, args: process.argv.slice(2) }));
${body}`;
  await writeFile(join(folder, 'ping'), script);
  await chmod(join(folder, 'ping'), 0o755);
  process.env.PATH = `${folder}${delimiter}${PATH}`;
  return async () => JSON.parse(await readFile(record, 'utf8'));
}

async function until<T>(get: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      return await get();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

const SILENT = "process.on('SIGINT', () => {}); setInterval(() => {}, 1000);";

test.each([
  '-c 1; reboot',
  '-c',
  '127.0.0.1; reboot',
  '$(reboot)',
  '127.0.0.1 127.0.0.2',
  '',
  'a\nb',
  '`id`',
  '../x',
  '10.0.0.256',
])('the address %j is refused before anything runs', async (address) => {
  const recorded = posix ? await fakePing('') : undefined;
  for (const options of [{}, { tcpPort: 80 }]) {
    await expect(pingAddress(address, options)).rejects.toMatchObject({ name: 'OptionError', code: 'bad_option' });
  }
  if (recorded) await expect(recorded()).rejects.toThrow('ENOENT');
});

test('the loopback answers the ping of this system', async ({ skip }) => {
  const result = await pingAddress('127.0.0.1', { timeoutMs: 5000 }).catch((error: Error) => {
    if (!/no ping program|may not run/.test(error.message) || process.env.CI === 'true') throw error;
    console.warn(`SKIPPED: ${error.message}; on Debian: apt install iputils-ping`);
    return undefined;
  });
  if (result === undefined) return skip();
  expect(result).toMatchObject({ address: '127.0.0.1', reachable: true, method: 'icmp' });
  expect(result.rttMs).toBeGreaterThanOrEqual(0);
  expect(result.rttMs).toBeLessThan(5000);
});

test('a name that does not exist is unreachable, with the reason', async () => {
  const tcp = await pingAddress('no-such-host.invalid', { tcpPort: 22, timeoutMs: 20_000 });
  expect(tcp).toMatchObject({ reachable: false, method: 'tcp' });
  expect(tcp.detail).toMatch(/\w/);
});

test('a TCP port that listens is reachable, and a closed one is not', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const open = await pingAddress('127.0.0.1', { tcpPort: port });
  expect(open).toMatchObject({ address: '127.0.0.1', reachable: true, method: 'tcp' });
  expect(open.rttMs).toBeGreaterThan(0);
  await new Promise((resolve) => server.close(resolve));
  expect(await pingAddress('127.0.0.1', { tcpPort: port })).toEqual({
    address: '127.0.0.1',
    reachable: false,
    method: 'tcp',
    detail: 'connection refused',
  });
});

test.runIf(posix)('a ping that hears nothing and does not stop is ended at its time', async () => {
  const recorded = await fakePing(SILENT);
  const result = await pingAddress('127.0.0.9', { timeoutMs: 2000 });
  expect(result).toEqual({ address: '127.0.0.9', reachable: false, method: 'icmp', detail: 'no answer' });
  expect(isGone((await recorded()).pid)).toBe(true);
});

test.runIf(posix)('an abort ends the ping, and leaves no process', async () => {
  const recorded = await fakePing(SILENT);
  const abort = new AbortController();
  const pinging = pingAddress('127.0.0.9', { timeoutMs: 60_000, signal: abort.signal });
  const { pid, args } = await until(recorded);
  expect(args.at(-1)).toBe('127.0.0.9');
  abort.abort();
  await expect(pinging).rejects.toMatchObject({ name: 'AbortedError', code: 'cancelled' });
  expect(isGone(pid)).toBe(true);
  await expect(pingAddress('127.0.0.9', { signal: abort.signal })).rejects.toMatchObject({ code: 'cancelled' });
});

test.runIf(posix)('a machine that cannot ping says so, and what to do', async () => {
  process.env.PATH = join(folder, 'nothing');
  await expect(pingAddress('127.0.0.1')).rejects.toThrow(
    'this machine has no ping program; try a TCP port instead (--tcp PORT)',
  );
  await fakePing("console.error('ping: socket: Operation not permitted'); process.exit(2);");
  await expect(pingAddress('127.0.0.1')).rejects.toThrow(
    'ping may not run here: ping: socket: Operation not permitted',
  );
  await fakePing("console.error('ping: invalid option -- W\\nUsage: ping host'); process.exit(1);");
  await expect(pingAddress('127.0.0.1')).rejects.toThrow('does not know the options');
});

test('each system gets its own options', () => {
  const vector = (platform: NodeJS.Platform, address = '192.0.2.1') => {
    const { program, args } = pingCommand(address, { count: 2, timeoutMs: 1500 }, platform);
    return [program, ...args].join(' ');
  };
  expect(vector('linux')).toBe('ping -n -c 2 -W 2 192.0.2.1');
  expect(vector('linux', '::1')).toBe('ping -n -c 2 -W 2 ::1');
  expect(vector('darwin')).toBe('ping -n -c 2 -W 1500 192.0.2.1');
  expect(vector('darwin', '::1')).toBe('ping6 -n -c 2 ::1');
  expect(vector('win32')).toBe('ping -n 2 -w 1500 192.0.2.1');
});

test('what each system prints is read', () => {
  const read = (stdout: string, platform: NodeJS.Platform, code = 0) =>
    readPing({ code, stdout, stderr: '' }, platform);
  const linux =
    '64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.137 ms\n64 bytes: time=0.09 ms\n2 received, time 1001ms\n';
  expect(read(linux, 'linux')).toEqual({ reachable: true, rttMs: 0.09 });
  expect(read('Reply from ::1: time<1ms\r\n', 'win32')).toEqual({ reachable: true, rttMs: 1 });
  expect(read('Ответ от 127.0.0.1: число байт=32 время=12мс TTL=128\r\n', 'win32')).toEqual({
    reachable: true,
    rttMs: 12,
  });
  const router = 'Reply from 192.0.2.254: Destination host unreachable.\r\n';
  expect(read(router, 'win32')).toEqual({ reachable: false, detail: 'Destination host unreachable' });
  expect(read('1 packets transmitted, 0 received, time 0ms', 'linux', 1)).toEqual({
    reachable: false,
    detail: 'no answer',
  });
});

test('wrong options are refused with what was expected', async () => {
  await expect(pingAddress('127.0.0.1', { count: 0 })).rejects.toThrow(
    'count must be a whole number from 1 to 100, got 0',
  );
  await expect(pingAddress('127.0.0.1', { tcpPort: 70_000 })).rejects.toThrow(
    'tcpPort must be a whole number from 1 to 65535',
  );
  await expect(pingAddress('127.0.0.1', { timeoutMs: 0 })).rejects.toThrow(
    'timeoutMs must be a number of milliseconds',
  );
  await expect(pingAddress(7 as never)).rejects.toThrow('an address must be a string, got number');
});
