// An error in one task comes when that result is asked for; here nobody catches it. Give device 2 a wrong password.
// Run: node examples/12-an-error.mjs [devices.yaml]
import { loadInventory, ThreadPoolExecutor } from 'rollcall';
import { sendShow } from './send-show.mjs';

const { devices } = await loadInventory(process.argv[2] ?? `${import.meta.dirname}/devices.yaml`);
const executor = new ThreadPoolExecutor({ maxWorkers: 2 });
const futures = devices.map((device) => executor.submit(sendShow, device, 'sh clock'));
for (const future of futures) console.log(await future);
await executor.shutdown();
