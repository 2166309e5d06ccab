// A program that is wrong: the thread that loads it for its task would run it again. Run: see 24-what-cannot-cross.mjs
import { ThreadPoolExecutor, task } from 'rollcall';

export const double = task(import.meta.url, 'double', (number) => number * 2);

// Here `if (isMainModule(import.meta)) { … }` is missing.
const executor = new ThreadPoolExecutor({ maxWorkers: 1 });
console.log(await executor.submit(double, 21));
await executor.shutdown();
