import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TelnetCodec } from '#dist/lab/telnet-codec.js';
import { telnetTalk, temporaryLab } from './clients.js';

function decoded(chunks: Uint8Array[]) {
  const seen = { text: '', replies: [] as number[], sizes: [] as object[] };
  const codec = new TelnetCodec({
    text: (text) => {
      seen.text += text;
    },
    reply: (bytes) => seen.replies.push(...bytes),
    windowSize: (size) => seen.sizes.push(size),
  });
  for (const chunk of chunks) codec.decode(chunk);
  return seen;
}
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

test('what a server says first, byte for byte', async () => {
  await using stage = await temporaryLab({ devices: 1, transport: 'telnet' });
  const talk = await telnetTalk(stage.first);
  await talk.until('Username: ');
  expect([...talk.raw().subarray(0, 12)]).toEqual([255, 251, 1, 255, 251, 3, 255, 253, 24, 255, 253, 31]);
});

test('options, window size and escapes', () => {
  // DO ECHO, DO SGA, WILL NAWS and the refusal of our echo need no answer; other options are refused once each.
  expect(decoded([bytes(255, 253, 1, 255, 253, 3, 255, 251, 31, 255, 254, 1, 255, 252, 24)]).replies).toEqual([]);
  expect(decoded([bytes(255, 253, 5, 255, 251, 39)]).replies).toEqual([255, 252, 5, 255, 254, 39]);
  expect(decoded([bytes(255, 251, 24)]).replies).toEqual([255, 250, 24, 1, 255, 240]);
  // A width of 255 is sent as two bytes 255 inside a subnegotiation (RFC 1073).
  expect(decoded([bytes(255, 250, 31, 0, 255, 255, 0, 50, 255, 240)]).sizes).toEqual([{ columns: 255, rows: 50 }]);
  expect(decoded([bytes(65, 255, 255, 66)]).text).toBe('A\xffB');
  expect([...TelnetCodec.encode('a\xffb\rc\r\n')]).toEqual([97, 255, 255, 98, 13, 0, 99, 13, 10]);
});

test('however the bytes are cut, the same is understood', () => {
  const byte = fc.oneof(fc.constantFrom(255, 240, 250, 251, 252, 253, 254, 31, 24, 1, 0, 13), fc.nat(255));
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 60 }), fc.array(fc.nat(60), { maxLength: 5 }), (values, cuts) => {
      const all = bytes(...values);
      const edges = [0, ...cuts.filter((cut) => cut < all.length).sort((a, b) => a - b), all.length];
      const chunks = edges.slice(1).map((edge, index) => all.subarray(edges[index], edge));
      expect(decoded(chunks)).toEqual(decoded([all]));
    }),
    { numRuns: 500 },
  );
});
