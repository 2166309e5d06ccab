// map over processes: one word has changed. Run: node examples/09-map-over-processes.mjs [devices.yaml]
import { loadInventory, ProcessPoolExecutor } from 'rollcall';
import { repeat } from 'rollcall/futures';
import { sendShow } from './send-show.mjs';

const { devices } = await loadInventory(process.argv[2] ?? `${import.meta.dirname}/devices.yaml`);
const executor = new ProcessPoolExecutor({ maxWorkers: 2 });
const results = [];
for await (const result of executor.map(sendShow, devices, repeat('sh clock'))) results.push(result);
console.log(results);
await executor.shutdown();
