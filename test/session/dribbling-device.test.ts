import { createServer, type Server, type Socket } from 'node:net';
import { connect } from 'rollcall/session';
import { afterEach, expect, test } from 'vitest';
import { failure } from './failure.ts';

let server: Server | undefined;
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await new Promise((done) => server?.close(done));
});

/** A device that greets, and answers the first line with its echo and then the same text again and again. */
async function dribbling(text: string, everyMs: number): Promise<number> {
  const listening = createServer((socket) => {
    sockets.push(socket);
    let timer: NodeJS.Timeout | undefined;
    socket.on('error', () => {});
    socket.on('close', () => clearInterval(timer));
    socket.on('data', (bytes) => {
      if (timer !== undefined) return;
      socket.write(`${bytes.toString('latin1').replace(/[^ -~]/g, '')}\r\n`);
      timer = setInterval(() => socket.write(text), everyMs);
    });
    socket.write('R1#');
  });
  server = listening;
  await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done));
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

const CONNECT_MS = 1_000;

test.each([
  ['cisco_ios', '.', 100],
  ['autodetect', 'R1#\r\n', 5],
])('connect to a device that never ends its answer ends in connectMs: %s', async (platform, text, everyMs) => {
  const port = await dribbling(text, everyMs);
  const start = performance.now();
  const target = { host: '127.0.0.1', port, transport: 'telnet', platform } as const;
  const timeouts = { connectMs: CONNECT_MS, idleMs: 700 };
  const error = await failure(connect(target, { timeouts }).then((session) => session.close()));
  expect(performance.now() - start).toBeLessThan(CONNECT_MS + 1_000);
  expect(error).toMatchObject({
    code: 'connect_timeout',
    message: expect.stringContaining('its time to connect is over'),
  });
});
