// The same in processes: the error has its class here too. Give device 2 a wrong password.
// Run: node examples/14-errors-processes.mjs [devices.yaml]
import { AuthenticationError, asCompleted, loadInventory, ProcessPoolExecutor } from 'rollcall';
import { sendShow } from './send-show.mjs';

const { devices } = await loadInventory(process.argv[2] ?? `${import.meta.dirname}/devices.yaml`);
const executor = new ProcessPoolExecutor({ maxWorkers: 2 });
const futures = devices.map((device) => executor.submit(sendShow, device, 'sh clock'));
const results = {};
for await (const future of asCompleted(futures)) {
  try {
    Object.assign(results, await future);
  } catch (error) {
    if (!(error instanceof AuthenticationError)) throw error;
    console.log(error.message);
  }
}
console.log(results);
await executor.shutdown();
