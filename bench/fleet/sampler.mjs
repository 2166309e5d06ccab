// Loaded before a program: writes its memory down as it goes, to the file that ROLLCALL_BENCH_SAMPLES names.
import { appendFileSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env.ROLLCALL_BENCH_SAMPLES;
const EVERY_MS = 250;

if (isMainThread && file !== undefined) {
  writeFileSync(file, '');
  const sample = () => {
    const { rss, heapUsed } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    const seconds = performance.now() / 1000;
    appendFileSync(file, `${JSON.stringify({ seconds, rss, heapUsed, cpuSeconds: (user + system) / 1e6 })}\n`);
  };
  setInterval(sample, EVERY_MS).unref();
  process.once('exit', sample);
}
