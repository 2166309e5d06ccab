// A program without its guard. The environment says in what it runs its task: it reaches threads and processes alike.

import { run } from 'rollcall';
import { Process, ProcessPoolExecutor, Thread, ThreadPoolExecutor, task } from 'rollcall/futures';

export const double = task(import.meta.url, 'double', (number) => number * 2);
export const nameOf = task(import.meta.url, 'nameOf', ({ name }) => name);

console.log('the program runs');
const way = process.env.UNGUARDED;
if (way === 'thread' || way === 'process') {
  const worker = new (way === 'thread' ? Thread : Process)({ task: double, args: [21] });
  worker.start();
  await worker.future;
} else if (way === 'runner') {
  const executor = new ProcessPoolExecutor({ maxWorkers: 1 });
  const { results } = await run(nameOf, [{ name: 'R1' }], { input: {}, executor });
  if (results[0].thrown) throw results[0].thrown;
  console.log(results[0].value);
} else {
  const executor = new (way === 'threads' ? ThreadPoolExecutor : ProcessPoolExecutor)({ maxWorkers: 1 });
  await executor.submit(double, 21);
}
