import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { canBeKept, connectThroughAgent } from '#dist/agent/index.js';
import { failure, ownAgents, until } from './use.ts';

const own = ownAgents();
afterEach(() => {
  vi.useRealTimers();
});

const device = { host: 'h', platform: 'cisco_ios' };

/** A server that says this and nothing more, whatever it hears; returns where it listens, and what it has heard. */
async function mute(says: string): Promise<{ address: string; heard: () => string }> {
  const place = own.place();
  mkdirSync(place.folder, { mode: 0o700 });
  let heard = '';
  const server = createServer((socket) => {
    socket
      .on('error', () => {})
      .on('data', (data) => {
        heard += data;
      });
    socket.write(says);
    own.ends.push(async () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(place.file, resolve));
  own.ends.push(() => new Promise((resolve) => server.close(resolve)));
  return { address: place.file, heard: () => heard };
}

const HELLO = '{"type":"hello","protocol":1,"pid":1}\n';
const OPENED = '{"type":"opened","hostname":"R1","platform":"cisco_ios"}\n';
const clocks = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });

test('an agent that does not answer the greeting is lost after 30 s', async () => {
  const { address, heard } = await mute('');
  clocks();
  const lost = failure(connectThroughAgent(address, device));
  await until(() => expect(heard()).toContain('hello'));
  await vi.advanceTimersByTimeAsync(30_001);
  expect(await lost).toMatchObject({ code: 'agent_lost', message: expect.stringMatching(/not answered in 30 s/) });
});

test.each([
  ['while it opens a session', HELLO, 'open'],
  ['while a command is under way', HELLO + OPENED, 'command'],
])('an agent that gives no sign of life %s is lost after 30 s', async (_when, says, asked) => {
  const { address, heard } = await mute(says);
  clocks();
  const lost = failure(
    (async () => {
      await using session = await connectThroughAgent(address, device);
      await session.sendCommand('reload');
    })(),
  );
  await until(() => expect(heard()).toContain(`"type":"${asked}"`));
  await vi.advanceTimersByTimeAsync(29_000);
  let over = false;
  void lost.then(() => {
    over = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(over).toBe(false);
  await vi.advanceTimersByTimeAsync(1_001);
  const error = await lost;
  expect(error).toMatchObject({ code: 'agent_lost', message: expect.stringMatching(/no sign of life for 30 s/) });
  expect(/'reload' is not known/.test(error.message)).toBe(asked === 'command');
});

test('an agent that hears of an abort and does nothing is not waited for', async () => {
  const { address, heard } = await mute(HELLO + OPENED);
  clocks();
  const stop = new AbortController();
  await using session = await connectThroughAgent(address, device, { signal: stop.signal });
  const aborted = failure(session.sendCommand('show clock'));
  await until(() => expect(heard()).toContain('"type":"command"'));
  stop.abort();
  await until(() => expect(heard()).toContain('"type":"cancel"'));
  await vi.advanceTimersByTimeAsync(15_001);
  expect(await aborted).toMatchObject({ name: 'AbortedError', code: 'cancelled', phase: 'command' });
});

test('what it does not know of, or cannot do, it is not asked for', () => {
  expect(canBeKept(device, { enable: 'never', ask: async () => '', signal: undefined })).toBe(true);
  expect(canBeKept({ ...device, transport: 'process' }, {})).toBe(false);
  // A console has one seat.
  for (const line of [{ transport: 'serial' }, { console: true }, { terminalServer: {} }] as const) {
    expect(canBeKept({ ...device, ...line }, {})).toBe(false);
  }
  expect(canBeKept({ ...device, terminalServer: { command: 'telnet r1' } }, {})).toBe(true);
  // An option of the session that is newer than the agent.
  expect(canBeKept(device, { later: 'something' } as never)).toBe(false);
});
