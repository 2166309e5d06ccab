// One contestant in a process of its own: `start` and `memory` print and end, `serve` measures when it is told to.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const begun = performance.now();
const [mode, id, workers = '1'] = process.argv.slice(2);
const { CONTESTANTS } = await import('./contestants.mjs');
const contestant = CONTESTANTS[id];

/** Calls made at once, and awaited together. */
const BATCH = { number: 5000, object: 5000, 'hash 64 kB': 64, 'parse 100 kB': 64 };

async function start() {
  const pool = await contestant.make(1);
  await pool.call('noop', 1);
  console.log(performance.now() - begun);
  await pool.close();
}

/** Memory of this process and those below it in bytes, each shared page counted once; Linux only. */
function treeMemory() {
  const children = new Map();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
      children.set(parent, [...(children.get(parent) ?? []), pid]);
    } catch {
      // It has ended meanwhile.
    }
  }
  const sum = (pid) => {
    const kilobytes = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
    const below = (children.get(pid) ?? []).reduce((total, child) => total + sum(child), 0);
    return Number(kilobytes?.[1] ?? 0) * 1024 + below;
  };
  return sum(String(process.pid));
}

async function memory() {
  const pool = await contestant.make(Number(workers));
  for (let round = 0; round < 3; round++) {
    await Promise.all(Array.from({ length: 64 }, () => pool.call('parse', JSON.stringify(new Array(20_000).fill(1)))));
  }
  await sleep(500);
  console.log(treeMemory());
  await pool.close();
}

async function serve() {
  const { CALLS } = await import('./work.mjs');
  const pool = await contestant.make(Number(workers));
  await pool.call('noop', 1);
  const measures = {
    /** Calls per second. */
    async throughput({ call, ms }) {
      const { name, argument } = CALLS[call];
      let done = 0;
      const from = performance.now();
      while (performance.now() - from < ms) {
        const batch = Array.from({ length: BATCH[call] }, () => pool.call(name, argument));
        await Promise.all(batch);
        done += batch.length;
      }
      return (1000 * done) / (performance.now() - from);
    },
    /** Microseconds of each of so many round trips, one after another. */
    async latency({ count }) {
      const times = [];
      for (let at = 0; at < count; at++) {
        const from = performance.now();
        await pool.call('noop', 1);
        times.push(1000 * (performance.now() - from));
      }
      return times;
    },
    async close() {
      await pool.close();
      process.disconnect();
    },
  };
  process.on('message', async ({ what, ...rest }) => {
    // Some cannot carry the argument: that is a missing figure, not the end of the run.
    const result = await measures[what](rest).catch(() => undefined);
    if (process.connected) process.send({ result });
  });
  process.send({ result: 'ready' });
}

await { start, memory, serve }[mode]();
