import { expect, test } from 'vitest';
import { Deadline } from '#dist/base/index.js';
import { connectTcp } from '#dist/transport/route/tcp.js';
import { readKexInit, type ServerOffer } from '#dist/transport/ssh/kexinit.js';
import { listen } from './surroundings.ts';

/** A binary packet as it is before the first keys (RFC 4253, section 6). */
function packet(payload: Buffer): Buffer {
  const padding = 8 + ((8 - ((payload.length + 5) % 8)) % 8);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(payload.length + padding + 1);
  head.writeUInt8(padding, 4);
  return Buffer.concat([head, payload, Buffer.alloc(padding)]);
}

function kexInit(lists: readonly string[]): Buffer {
  const fields = lists.flatMap((names) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(names.length);
    return [length, Buffer.from(names, 'latin1')];
  });
  return packet(Buffer.concat([Buffer.of(20), Buffer.alloc(16, 0xff), ...fields, Buffer.alloc(5)]));
}

const LISTS = ['kex-a,kex-b', 'key-a', 'out-cipher', 'in-cipher', 'out-mac', 'in-mac', 'none', 'zlib', '', ''];
const IDENT = Buffer.from('Authorised only\r\nSSH-2.0-Old-1.0\r\n');

async function offerOf(pieces: readonly Buffer[]): Promise<ServerOffer | undefined> {
  await using server = await listen(async (socket) => {
    for (const piece of pieces) await new Promise((sent) => socket.write(piece, sent));
    socket.end();
  });
  const sock = await connectTcp('127.0.0.1', server.port, { deadline: Deadline.after(5_000) });
  const offer = readKexInit(sock);
  await new Promise((over) => sock.once('end', over).resume());
  sock.destroy();
  return offer();
}

const expected: ServerOffer = {
  kex: ['kex-a', 'kex-b'],
  serverHostKey: ['key-a'],
  cipher: { toServer: ['out-cipher'], toUs: ['in-cipher'] },
  hmac: { toServer: ['out-mac'], toUs: ['in-mac'] },
  compress: { toServer: ['none'], toUs: ['zlib'] },
};
const whole = Buffer.concat([IDENT, kexInit(LISTS)]);

test.each<[string, readonly Buffer[]]>([
  ['in one piece', [whole]],
  ['byte by byte', [...whole].map((byte) => Buffer.of(byte))],
  ['behind a message that means nothing', [IDENT, packet(Buffer.from([2, 0, 0, 0, 0])), kexInit(LISTS)]],
  ['with more behind it', [whole, Buffer.alloc(5_000, 0x41)]],
])('an offer %s', async (_what, pieces) => {
  expect(await offerOf(pieces)).toEqual(expected);
});

test.each<[string, readonly Buffer[]]>([
  ['another protocol', [Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')]],
  ['an ident and rubbish', [IDENT, Buffer.alloc(400, 0xff)]],
  ['an offer that is cut off', [whole.subarray(0, 90)]],
  ['lists that are longer than their packet', [IDENT, packet(Buffer.alloc(40, 20))]],
  ['lines without an end', [Buffer.alloc(300_000, 0x41)]],
])('no offer in %s', async (_what, pieces) => {
  expect(await offerOf(pieces)).toBeUndefined();
});

test('what no terminal should see is left out of the lists', async () => {
  const offer = await offerOf([IDENT, kexInit(['kex-a,\x1b[2J', ...LISTS.slice(1)])]);
  expect(offer?.kex).toEqual(['kex-a']);
});
