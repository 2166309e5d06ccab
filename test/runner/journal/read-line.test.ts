import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listRuns, openJournal, readJournal } from 'rollcall';
import { beforeAll, expect, test } from 'vitest';
import { device, folderForTests, okResult } from './use.ts';

// What a person has changed in a journal, or half of another one copied into it.
const folder = folderForTests();
let lines: readonly string[];

beforeAll(async () => {
  const devices = ['R1', 'R2'].map(device);
  const job = { kind: 'run', args: ['show clock'], flags: {}, cwd: folder };
  const journal = await openJournal({ directory: folder, devices, command: 'sound', job });
  for (const one of devices) journal.result(okResult(one, 'noon'));
  journal.end();
  lines = [...readJournalLines(journal.path)];
});

function* readJournalLines(path: string): Generator<string> {
  const { header, names, summary } = readJournal(path);
  yield JSON.stringify(header);
  yield JSON.stringify({ type: 'devices', names });
  for (const record of readJournal(path).records()) yield JSON.stringify({ type: 'record', record });
  yield JSON.stringify({ type: 'end', at: summary.startedAt, how: 'finished', counts: summary.counts });
}

const ID = '20261121T200000Z-0000000a';
const file = join(folder, `${ID}.ndjson`);
const write = (...made: readonly unknown[]): void =>
  writeFileSync(file, made.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));

test.each([
  ['counts', { type: 'end', how: 'finished' }],
  ['a way to end', { type: 'end', how: 'x', counts: {} }],
  ['numbers', { type: 'end', how: 'finished', counts: { ok: 'many' } }],
])('an end without %s is none, and the folder is listed with what the records say', (_what, end) => {
  write(...lines.slice(0, 4), end);
  const { runs, problems } = listRuns(folder);
  expect([runs.length, problems]).toEqual([2, []]);
  expect(runs.map(({ counts }) => counts)).toEqual([{ ok: 2 }, { ok: 2 }]);
});

test.each([
  ['responses that are no list', { responses: 'x' }],
  ['an answer without a text', { responses: [{ command: 'show clock' }] }],
  ['an error that is none', { status: 'failed', error: 'x' }],
])('a record with %s is passed over: that device has no result', (_what, changed) => {
  const { record } = JSON.parse(lines[3] ?? '') as { record: object };
  write(...lines.slice(0, 3), { type: 'record', record: { ...record, ...changed } });
  expect([...readJournal(file).statuses.keys()]).toEqual(['R1']);
});

test.each([
  ['an id that leads out of the folder', { id: '../../x' }],
  ['a time that is none', { startedAt: 'noon\u001b[31m' }],
  ['fewer than no devices', { devices: -1 }],
  ['a job without its parts', { job: { kind: 'run' } }],
  ['a job withholding no list', { job: { kind: 'run', args: [], flags: {}, cwd: '/', withheld: 'x' } }],
])('a header with %s is refused with the name of the file, and the other runs are listed', (_what, changed) => {
  write({ ...(JSON.parse(lines[0] ?? '') as object), ...changed }, ...lines.slice(1));
  expect(() => readJournal(file)).toThrow(`${file}: its first line is not as rollcall writes it`);
  const { runs, problems } = listRuns(folder);
  expect([runs.length, problems.length]).toEqual([1, 1]);
});

test('names that stand there twice are one device each', () => {
  write(lines[0], lines[1], ...lines.slice(1));
  expect(readJournal(file).names).toEqual(['R1', 'R2']);
  expect([...readJournal(file).records()].length).toBe(2);
});
