// A program that cannot start workers: the flags of Node forbid it, or there is no descriptor left.
import { openSync } from 'node:fs';
import { ProcessPoolExecutor, ThreadPoolExecutor } from 'rollcall/futures';
import * as tasks from '../tasks/basic.mjs';

const [kind, what] = process.argv.slice(2);
const Executor = kind === 'threads' ? ThreadPoolExecutor : ProcessPoolExecutor;
if (what === 'descriptors') {
  // Loaded before, for there will be no descriptor for it.
  await new Executor({ maxWorkers: 1 }).submit(tasks.add, 1, 1);
  try {
    for (;;) openSync('/dev/null', 'r');
  } catch {
    // That was the last one.
  }
}
const executor = new Executor({ maxWorkers: 2 });
const futures = [1, 2, 3].map((n) => executor.submit(tasks.add, n, 1));
for (const future of futures) {
  const error = await future.exception();
  console.log(error.name, '|', error.message, '|', error.cause.message, '|', error.cause.cause.code);
}
try {
  executor.submit(tasks.add, 1, 1);
} catch (error) {
  console.log(error.name);
}
await executor.shutdown();
console.log('shut down');
