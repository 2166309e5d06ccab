// submit, and the results in the order in which they come. Run: node examples/10-as-completed.mjs [devices.yaml]
import { asCompleted, loadInventory, ThreadPoolExecutor } from 'rollcall';
import { sendShow } from './send-show.mjs';

const { devices } = await loadInventory(process.argv[2] ?? `${import.meta.dirname}/devices.yaml`);
const executor = new ThreadPoolExecutor({ maxWorkers: 2 });
const futures = devices.map((device) => executor.submit(sendShow, device, 'sh clock'));
for await (const future of asCompleted(futures)) console.log(await future);
await executor.shutdown();
