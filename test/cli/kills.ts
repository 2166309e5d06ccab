import { existsSync, readdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { listRuns, type ReadJournal, readJournal } from 'rollcall';
import { expect } from 'vitest';
import { type Line, lines, type Place, type Running } from './cli.ts';

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Fleet {
  readonly place: Place;
  readonly inventory: string;
  readonly devices: number;
  /** About how long a whole run takes. */
  runMs: number;
}

/** What was met, for the report. */
export interface Tally {
  runs: number;
  kills: number;
  cuts: number;
  /** Killed or cut before there was a whole header: the run had called nobody, and was started anew. */
  unborn: number;
  resumes: number;
  /** Results that had been reported on standard output when the program was killed. */
  reported: number;
  /** The fewest and the most devices that a journal had after a kill. */
  least: number;
  most: number;
}

const COMMANDS = ['show clock', 'show ip interface brief'];
const MOST_KILLS_OF_RESUME = 3;

/** One run that is killed, and perhaps cut, and resumed until it is complete; everything that is promised is looked at. */
export async function killAndResume(fleet: Fleet, seed: number, tally: Tally): Promise<void> {
  const { place, inventory } = fleet;
  const random = randomFrom(seed);
  const journal = place.path(`journal-${seed}`);
  const executor = random() < 0.8 ? [] : ['--executor', 'threads', '--workers', '2', '--per-worker', '20'];
  const shared = ['--journal', journal, '--format', 'ndjson', '--order', 'completed', '-q'];
  const start = (args: readonly string[]): Running => place.start(args, { deadlineMs: 120_000 });
  const run = (): Running => start(['run', ...COMMANDS, '-i', inventory, '--workers', '40', ...executor, ...shared]);
  tally.runs++;
  /** What a person may have seen, and no cut has taken from the journal since. */
  let seen = new Map<string, Line>();

  await killed(run(), random, fleet, tally);
  async function killed(running: Running, ...[dice, { runMs }, counts]: [() => number, Fleet, Tally]): Promise<void> {
    const after = dice() < 0.5 ? { ms: dice() * runMs } : { lines: Math.floor(dice() * fleet.devices) };
    await moment(running, after);
    running.child.kill('SIGKILL');
    const { stdout, signal } = await running.ended;
    if (signal === 'SIGKILL') counts.kills++;
    // Half a line may have got through; what was read of it is no result.
    for (const line of lines(stdout)) seen.set(line.device, line);
    counts.reported += lines(stdout).length;
  }

  for (let kills = 0; ; ) {
    const file = fileIn(journal);
    if (file === undefined || isUnborn(file)) {
      // Nobody was called: there is nothing that could have been lost.
      expect([...seen.keys()]).toEqual([]);
      if (file !== undefined) await refused(place, journal, file);
      tally.unborn++;
      const { code } = await start(['run', ...COMMANDS, '-i', inventory, ...shared]).ended;
      expect(code).toBe(0);
      return;
    }
    const before = readJournal(file);
    for (const [device, line] of seen) expect(before.record(device), `${device} was reported`).toEqual(line);
    tally.least = Math.min(tally.least, before.statuses.size);
    tally.most = Math.max(tally.most, before.statuses.size);
    if (random() < 0.5) {
      tally.cuts++;
      truncateSync(file, Math.floor(random() * (statSync(file).size + 1)));
      // A cut takes what is behind it, and nothing else.
      seen = new Map();
      if (isUnborn(file)) continue;
    }
    const left = missingIn(readJournal(file));
    const resume = start(['resume', before.header.id, ...shared]);
    tally.resumes++;
    if (kills < MOST_KILLS_OF_RESUME && random() < 0.4) {
      kills++;
      await killed(resume, random, fleet, tally);
      continue;
    }
    const { code, stdout, stderr } = await resume.ended;
    expect([code, stderr], stderr).toEqual([0, expect.any(String)]);
    // It reports what it ran, which is what was missing.
    expect(
      lines(stdout)
        .map(({ device }) => device)
        .sort(),
    ).toEqual([...left].sort());
    await complete(fleet, journal, file);
    return;
  }
}

/** Resolves at a moment by the clock, or of the program's own output; or when it has ended. */
async function moment({ child, ended, stdout }: Running, after: { ms?: number; lines?: number }): Promise<void> {
  await Promise.race([
    ended,
    new Promise<void>((resolve) => {
      if (after.ms !== undefined) setTimeout(resolve, after.ms);
      else {
        const look = (): void => {
          if (stdout().split('\n').length > (after.lines ?? 0)) resolve();
        };
        child.stdout?.on('data', look);
        look();
      }
    }),
  ]);
}

function fileIn(journal: string): string | undefined {
  const names = existsSync(journal) ? readdirSync(journal).filter((name) => name.endsWith('.ndjson')) : [];
  expect(names.length).toBeLessThan(2);
  return names[0] === undefined ? undefined : join(journal, names[0]);
}

/** Whether not even the list of devices is whole: those that are called are written down before the first of them. */
function isUnborn(file: string): boolean {
  try {
    const { names, header, statuses } = readJournal(file);
    if (names.length < header.devices) expect(statuses.size).toBe(0);
    return names.length < header.devices;
  } catch {
    return true;
  }
}

/** A journal without its header is an error that names it. */
async function refused(place: Place, journal: string, file: string): Promise<void> {
  const id = /([^/\\]+)\.ndjson$/.exec(file)?.[1] ?? '';
  const { code, stdout, stderr } = await place.run(['resume', id, '--journal', journal], { deadlineMs: 60_000 });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(file);
}

const missingIn = ({ names, statuses }: ReadJournal): readonly string[] => names.filter((name) => !statuses.has(name));

/** Each device exactly once, in a journal without one broken line. */
async function complete({ place, devices }: Fleet, journal: string, file: string): Promise<void> {
  const { header } = readJournal(file);
  const { code, stdout } = await place.run(['runs', 'show', header.id, '--journal', journal, '--format', 'ndjson'], {
    deadlineMs: 60_000,
  });
  const shown = lines(stdout);
  expect(code).toBe(0);
  expect(shown.map(({ device }) => device)).toEqual(Array.from({ length: devices }, (_, index) => `R${index + 1}`));
  expect(new Set(shown.map(({ status }) => status))).toEqual(new Set(['ok']));
  for (const { device, responses } of shown) {
    expect(responses.map(({ command }) => command)).toEqual(COMMANDS);
    expect(new Set(responses.map(({ prompt }) => prompt))).toEqual(new Set([`${device}#`]));
  }
  const text = readFileSync(file, 'utf8');
  expect(text.endsWith('\n')).toBe(true);
  for (const line of text.slice(0, -1).split('\n')) expect(() => JSON.parse(line)).not.toThrow();
  expect(listRuns(journal).runs).toMatchObject([{ ended: true, state: 'finished', counts: { ok: devices } }]);
  expect(readdirSync(journal)).toEqual([`${header.id}.ndjson`]);
}
