// A Map from future to device, and map over devices that each have a command of their own.
// Run: node examples/21-which-future-is-which-device.mjs [devices.yaml]
import { asCompleted, loadInventory, ThreadPoolExecutor } from 'rollcall';
import { sendShow } from './send-show.mjs';

const { devices } = await loadInventory(process.argv[2] ?? `${import.meta.dirname}/devices.yaml`);
const executor = new ThreadPoolExecutor({ maxWorkers: 2 });

const deviceOf = new Map(devices.map((device) => [executor.submit(sendShow, device, 'sh clock'), device]));
for await (const future of asCompleted(deviceOf.keys())) {
  console.log(`Answer of ${deviceOf.get(future).name}:`, await future);
}

const commands = ['sh clock', 'sh privilege', 'sh ip int br'];
for await (const result of executor.map(sendShow, devices, commands)) {
  for (const [address, output] of Object.entries(result)) console.log(`${address}\n${output}`);
}
await executor.shutdown();
