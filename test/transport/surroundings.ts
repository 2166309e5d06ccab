import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';

/** Gives the tests of a file a home and a state directory of their own, so that nothing of this machine matters. */
export function ownSurroundings(): { readonly folder: string; readonly home: string; readonly state: string } {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-transport-'));
  const places = { folder, home: join(folder, 'home'), state: join(folder, 'state') };
  beforeAll(() => {
    mkdirSync(join(places.home, '.ssh'), { recursive: true });
    vi.stubEnv('HOME', places.home);
    vi.stubEnv('USERPROFILE', places.home);
    vi.stubEnv('XDG_STATE_HOME', places.state);
    vi.stubEnv('SSH_AUTH_SOCK', '');
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  return places;
}

const open = (): string[] =>
  process
    .getActiveResourcesInfo()
    .filter((name) => /TCP|Timeout|GetAddrInfo|Pipe/.test(name))
    .sort();

/** Expects after each test that no socket, server or timer is left that was not there before the first. */
export function leavesNothingOpen(): void {
  let before: string[] = [];
  beforeAll(() => {
    before = open().filter((name) => name !== 'Timeout');
  });
  afterEach(async () => {
    await vi.waitFor(() => expect(open().filter((name) => name !== 'Timeout')).toEqual(before), {
      timeout: 5_000,
      interval: 5,
    });
  });
}

/** A TCP server on loopback for one test. */
export interface Listener extends AsyncDisposable {
  readonly port: number;
  readonly sockets: readonly Socket[];
}

export async function listen(
  onSocket: (socket: Socket) => void,
  {
    host = '127.0.0.1',
    port = 0,
    ...options
  }: { readonly allowHalfOpen?: boolean; readonly host?: string; readonly port?: number } = {},
): Promise<Listener> {
  const sockets: Socket[] = [];
  const server: Server = createServer(options, (socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    onSocket(socket);
  });
  await new Promise<void>((settle, reject) => server.once('error', reject).listen(port, host, settle));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((settle) => server.close(settle));
    },
  };
}
