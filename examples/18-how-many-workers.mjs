// The same job with more and more workers, one command and five. Serve 40 devices first: rollcall lab --devices 40
// Run: node examples/18-how-many-workers.mjs [lab.yaml]
import { EventLoopExecutor, loadInventory, run, sendCommands } from 'rollcall';

const FIVE = ['sh clock', 'sh version', 'sh ip int br', 'sh ip route', 'sh users'];

const { devices } = await loadInventory(process.argv[2] ?? `${import.meta.dirname}/devices.yaml`);

async function measure(maxWorkers, commands) {
  const executor = new EventLoopExecutor({ maxWorkers }); // sessions wait more than they work: no thread is needed
  const start = performance.now();
  const { counts } = await run(sendCommands, devices, { input: { commands }, executor });
  const seconds = ((performance.now() - start) / 1000).toFixed(2);
  await executor.shutdown();
  return `${seconds} s, ${devices.length - counts.ok} failed`.padStart(20);
}

console.log(`${devices.length} devices`.padEnd(18) + '1 command'.padStart(20) + '5 commands'.padStart(20));
for (const workers of [1, 5, 10, 20, 30, 40, 50]) {
  const name = workers === 1 ? 'one after another' : `${workers} workers`;
  console.log(name.padEnd(18) + (await measure(workers, FIVE.slice(0, 1))) + (await measure(workers, FIVE)));
}
