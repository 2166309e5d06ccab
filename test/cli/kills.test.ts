import { expect, test } from 'vitest';
import { Place } from './cli.ts';
import { killAndResume, type Tally } from './kills.ts';

const place = new Place();
const long = process.env.ROLLCALL_LONG === '1';
const RUNS = Number(process.env.ROLLCALL_KILLS ?? (long ? 200 : 6));
const DEVICES = long ? 300 : 60;
const seed = Number(process.env.ROLLCALL_SEED ?? Math.floor(Math.random() * 2 ** 31));

test(
  `${RUNS} runs of ${DEVICES} devices, killed at any moment and their journals cut anywhere, lose nothing (ROLLCALL_SEED=${seed})`,
  async () => {
    const lab = await place.lab('kills', { devices: DEVICES, transport: 'telnet', password: 'a-long-password-1' });
    const started = performance.now();
    const flags = ['-i', lab.file, '--workers', '40', '--journal', place.path('first'), '-q'];
    expect(await place.run(['run', 'show clock', 'show ip interface brief', ...flags])).toMatchObject({ code: 0 });
    const fleet = { place, inventory: lab.file, devices: DEVICES, runMs: performance.now() - started };
    const tally: Tally = { runs: 0, kills: 0, cuts: 0, unborn: 0, resumes: 0, reported: 0, least: DEVICES, most: 0 };
    for (let index = 0; index < RUNS; index++) {
      try {
        await killAndResume(fleet, seed + index, tally);
      } catch (error) {
        throw new Error(`run ${index} of ROLLCALL_SEED=${seed}: ${(error as Error).message}`, { cause: error });
      }
      if (long && (index + 1) % 10 === 0) console.log(JSON.stringify({ seed, ...tally }));
    }
    console.log(JSON.stringify({ seed, ...tally }));
    expect(tally.runs).toBe(RUNS);
    if (long) expect(Math.min(tally.kills, tally.cuts, tally.resumes, tally.most - tally.least)).toBeGreaterThan(20);
  },
  long ? 6 * 60 * 60_000 : 120_000,
);
