// map over a pool of two threads: results in the order of the devices. Run: node examples/06-map.mjs [devices.yaml]
import { loadInventory, ThreadPoolExecutor } from 'rollcall';
import { sendShow } from './send-show.mjs';

const { devices } = await loadInventory(process.argv[2] ?? `${import.meta.dirname}/devices.yaml`);
const executor = new ThreadPoolExecutor({ maxWorkers: 2 });
for await (const result of executor.map(sendShow, devices)) console.log(result);
await executor.shutdown();
