// Runs in the foreground of a terminal: Ctrl-C reaches it and its workers at once.
import { writeSync } from 'node:fs';
import { isMainModule, ProcessPoolExecutor, ThreadPoolExecutor } from 'rollcall/futures';
import * as tasks from '../tasks/basic.mjs';

if (isMainModule(import.meta)) {
  const Executor = process.argv[2] === 'threads' ? ThreadPoolExecutor : ProcessPoolExecutor;
  const executor = new Executor({ maxWorkers: 2 });
  let heard;
  const interrupted = new Promise((resolve) => {
    heard = resolve;
  });
  process.once('SIGINT', () => {
    writeSync(1, 'heard\n');
    heard();
  });
  let asked = 0;
  const held = executor.with({
    onQuestion: () => {
      asked += 1;
      if (asked === 2) writeSync(1, 'ready\n');
      return interrupted;
    },
  });
  const futures = [1, 2, 3].map((n) => held.submit(tasks.held, n));
  writeSync(1, `${(await Promise.all(futures)).join(' ')}\n`);
  await executor.shutdown();
  writeSync(1, 'ended\n');
}
