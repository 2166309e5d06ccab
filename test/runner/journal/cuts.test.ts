import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { openJournal, readJournal } from 'rollcall';
import { expect, test } from 'vitest';
import { checkWhole, JournalError, takeRun } from '#dist/runner/index.js';
import { device, folderForTests, okResult } from './use.ts';

const folder = folderForTests();
const names = ['R1', 'Größe-2', '東京-3'];
const devices = names.map(device);

/** A whole journal of four devices, with characters of one to four bytes. */
async function whole(): Promise<{ readonly path: string; readonly id: string; readonly bytes: Buffer }> {
  const journal = await openJournal({ directory: join(folder, 'whole'), devices, command: 'rollcall run "show ü"' });
  for (const one of devices) journal.result(okResult(one, `über 東京 🚀\n${one.name}`, 'x'.repeat(10)));
  journal.end();
  return { path: journal.path, id: journal.id, bytes: readFileSync(journal.path) };
}

test('a journal cut at any byte has all devices in front of the cut, and whoever goes on leaves no broken line', async () => {
  const { path, id, bytes } = await whole();
  const all = [...readJournal(path).records()];
  expect(all).toHaveLength(names.length);
  const cut = join(folder, `${id}.ndjson`);
  let before = 0;
  let refused = 0;
  for (let at = 0; at <= bytes.length; at++) {
    copyFileSync(path, cut);
    truncateSync(cut, at);
    try {
      const read = readJournal(cut);
      checkWhole(read);
      const kept = [...read.records()];
      // What is in front of the cut, whole, in the order in which it was written.
      expect(kept).toEqual(all.slice(0, kept.length));
      expect(kept.length).toBeGreaterThanOrEqual(before);
      expect(
        bytes.subarray(0, at).toString('latin1').split('\n{"type":"record"').length - 1 - kept.length,
      ).toBeLessThan(2);
      before = kept.length;
      expect(read.names).toEqual(names);
      // Each place beside a line's end, and of the others some: going on waits for the disk.
      if (at % 40 !== 0 && !bytes.subarray(at - 2, at + 2).includes('\n')) continue;
      const taken = await takeRun(cut, id);
      const { statuses } = taken.read;
      const journal = taken.goOn({ devices, command: 'rollcall resume' });
      for (const one of devices) if (!statuses.has(one.name)) journal.result(okResult(one, 'again'));
      journal.end();
      const text = readFileSync(cut, 'utf8');
      expect(text.endsWith('\n')).toBe(true);
      for (const line of text.slice(0, -1).split('\n')) JSON.parse(line);
      const after = readJournal(cut);
      expect(after.summary).toMatchObject({ ended: true, counts: { ok: names.length } });
      expect([...after.records()].map((record) => record.device)).toEqual(names);
      expect([...after.records()].slice(0, kept.length)).toEqual(kept);
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      // Nobody had been called.
      expect(before).toBe(0);
      expect(error.message).toContain(cut);
      refused++;
    }
  }
  expect(before).toBe(names.length);
  // The header and the list of names, and no byte more.
  const headerBytes = bytes.indexOf('\n{"type":"record"') + 1;
  expect(refused).toBe(headerBytes);
}, 120_000);

test('lines that are no whole JSON are passed over wherever they stand, and the devices beside them are there', async () => {
  const { path, bytes } = await whole();
  const lines = bytes.toString('utf8').trimEnd().split('\n');
  const garbage = fc.oneof(
    fc.constantFrom(
      '',
      '{',
      'null',
      '[]',
      '"x"',
      '{"type":"record"}',
      '{"type":"record","record":{"device":7}}',
      '\0\0',
    ),
    fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', '')),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1').replaceAll('\n', '')),
  );
  const file = join(folder, 'garbage.ndjson');
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 2, max: lines.length }), garbage)), (inserted) => {
      const made = lines.flatMap((line, at) => [
        ...inserted.filter(([where]) => where === at).map(([, text]) => text),
        line,
      ]);
      writeFileSync(file, `${made.join('\n')}\n`, 'utf8');
      expect([...readJournal(file).records()]).toEqual([...readJournal(path).records()]);
    }),
  );
});

test('bytes that are no UTF-8 make a line that is passed over, and not another text', async () => {
  const { bytes } = await whole();
  const file = join(folder, 'bytes.ndjson');
  const broken = Buffer.from(bytes);
  // The first byte of a character, in the first record.
  broken[broken.indexOf(Buffer.from('東京 🚀'))] = 0xff;
  writeFileSync(file, broken);
  expect([...readJournal(file).statuses.keys()]).toEqual(names.slice(1));
});
