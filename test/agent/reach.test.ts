import { mkdirSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { reach } from '#dist/agent/reach.js';
import { ownAgents } from './use.ts';

const own = ownAgents();

test.skipIf(process.platform !== 'linux')('a queue of callers that is full is no refusal', async () => {
  const { file, folder } = own.place();
  mkdirSync(folder, { mode: 0o700 });
  const sockets: Socket[] = [];
  const server = createServer((socket) => void sockets.push(socket.on('error', () => {}).resume()));
  await new Promise<void>((resolve) => server.listen({ path: file, backlog: 1 }, resolve));
  own.ends.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const codes = await Promise.all(
    Array.from(
      { length: 20 },
      () =>
        new Promise<string>((resolve) => {
          const socket = connect(file);
          socket
            .on('connect', () => resolve('connected'))
            .on('error', ({ code = '' }: { code?: string }) => resolve(code));
          sockets.push(socket);
        }),
    ),
  );
  // All of one moment: the queue has room for two.
  expect([...new Set(codes)].toSorted()).toEqual(['EAGAIN', 'connected']);
  const reached = await Promise.all(Array.from({ length: 20 }, () => reach(file)));
  sockets.push(...reached);
  expect(reached).toHaveLength(20);
});

test('nobody is an error at once', async () => {
  const { file } = own.place();
  await expect(reach(file)).rejects.toMatchObject({ code: 'ENOENT' });
});
