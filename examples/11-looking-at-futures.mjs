// Futures before and after: three of them, two threads. Run: node examples/11-looking-at-futures.mjs [devices.yaml]
import { asCompleted, loadInventory, ThreadPoolExecutor } from 'rollcall';
import { sendShow } from './send-show.mjs';

const { devices } = await loadInventory(process.argv[2] ?? `${import.meta.dirname}/devices.yaml`);
const executor = new ThreadPoolExecutor({ maxWorkers: 2 });
const futures = [];
for (const device of devices) {
  const future = executor.submit(sendShow, device, 'sh clock');
  futures.push(future);
  console.log('Future:', future, 'for device', device.name);
}
const results = {};
for await (const future of asCompleted(futures)) {
  console.log('Future done', future);
  Object.assign(results, await future);
}
console.log(results);
await executor.shutdown();
