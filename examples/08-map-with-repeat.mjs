// map with a second argument that is the same for every device. Run: node examples/08-map-with-repeat.mjs [devices.yaml]
import { loadInventory, ThreadPoolExecutor } from 'rollcall';
import { repeat } from 'rollcall/futures';
import { sendShow } from './send-show.mjs';

const { devices } = await loadInventory(process.argv[2] ?? `${import.meta.dirname}/devices.yaml`);
const executor = new ThreadPoolExecutor({ maxWorkers: 2 });
const results = [];
for await (const result of executor.map(sendShow, devices, repeat('sh clock'))) results.push(result);
console.log(results);
await executor.shutdown();
