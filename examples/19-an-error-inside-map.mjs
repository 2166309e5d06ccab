// An error inside map comes when its result is reached, and the results after it can still be had.
// Give device 2 a wrong password. Run: node examples/19-an-error-inside-map.mjs [devices.yaml]
import { loadInventory, ThreadPoolExecutor } from 'rollcall';
import { repeat } from 'rollcall/futures';
import { sendShow } from './send-show.mjs';

const { devices } = await loadInventory(process.argv[2] ?? `${import.meta.dirname}/devices.yaml`);
const executor = new ThreadPoolExecutor({ maxWorkers: 2 });
const results = executor.map(sendShow, devices, repeat('sh clock'));
for (let over = false; !over; ) {
  try {
    const { value, done } = await results.next();
    over = done;
    if (!done) console.log(value);
  } catch (error) {
    console.log(`${error.name}: ${error.message}`);
  }
}
await executor.shutdown();
