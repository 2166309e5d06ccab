import { startLab } from 'rollcall/lab';
import { expect, test } from 'vitest';
import { Deadline, Secret } from '#dist/base/index.js';
import { openConnection } from '#dist/transport/index.js';
import { connectTcp } from '#dist/transport/route/tcp.js';
import { type Ident, readIdent } from '#dist/transport/ssh/ident.js';
import { listen, ownSurroundings } from './surroundings.ts';

const places = ownSurroundings();

test("the server's software is known as soon as the connection is open", async () => {
  const lab = await startLab({
    devices: [{ name: 'xr-1', platform: 'cisco_xr', transport: 'ssh' }],
    stateDirectory: places.state,
  });
  try {
    const [{ host, port, username, password } = { host: '', port: 0, username: '', password: '' }] = lab.devices;
    const connection = await openConnection(
      { host, port, username, password: new Secret(password) },
      { deadline: Deadline.after(10_000), hostKeys: { policy: 'off' } },
    );
    expect(connection.facts).toMatchObject({ transport: 'ssh', serverSoftware: 'Cisco-2.0' });
    await connection.close();
  } finally {
    await lab.close();
  }
});

/** Reads along at a server that says these pieces, each in a packet of its own, and then hangs up. */
async function identOf(pieces: readonly string[]): Promise<Ident> {
  await using server = await listen(async (socket) => {
    for (const piece of pieces) await new Promise((sent) => socket.write(piece, 'latin1', sent));
    socket.end();
  });
  const sock = await connectTcp('127.0.0.1', server.port, { deadline: Deadline.after(5_000) });
  const ident = readIdent(sock);
  await new Promise((over) => sock.once('end', over).resume());
  sock.destroy();
  return ident();
}

test.each<[string, readonly string[], string | undefined]>([
  ['with comments', ['SSH-2.0-OpenSSH_9.6p1 Ubuntu-3\r\n'], 'OpenSSH_9.6p1'],
  ['of the older version', ['SSH-1.99-Cisco-1.25\n'], 'Cisco-1.25'],
  ['byte by byte', [...'SSH-2.0-ROSSSH\r\n'], 'ROSSSH'],
  ['below other lines', ['Authorised users only\r\nSSH is watched\r\nSSH-2.0-x\r\nmore'], 'x'],
  ['that is none', ['HTTP/1.1 400 Bad Request\r\n\r\n'], undefined],
  ['that never ends', ['x'.repeat(20_000), '\r\nSSH-2.0-x'], undefined],
  ['with what no terminal should see', ['SSH-2.0-\x1b[2J\r\n'], undefined],
])('an ident %s', async (_what, pieces, software) => {
  const ident = await identOf(pieces);
  expect(ident.software).toBe(software);
  expect(ident.firstLine).toBe(pieces.join('').split('\r\n')[0]?.slice(0, 80).trimEnd());
});
