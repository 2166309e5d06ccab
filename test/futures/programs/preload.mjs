// What `--import` names is loaded in the program and in each of its workers.
console.log('the preload runs');
globalThis.preloaded = true;
if (process.env.PRELOAD_STARTS !== undefined) {
  const { ProcessPoolExecutor, ThreadPoolExecutor } = await import('rollcall/futures');
  const { add } = await import('../tasks/basic.mjs');
  const Executor = process.env.PRELOAD_STARTS === 'threads' ? ThreadPoolExecutor : ProcessPoolExecutor;
  await new Executor({ maxWorkers: 1 }).submit(add, 1, 1);
}
