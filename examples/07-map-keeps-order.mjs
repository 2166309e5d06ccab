// map keeps the order, whoever is slow; a thread that is done takes the next device at once.
// Run: node examples/07-map-keeps-order.mjs [devices.yaml]
import { connect, isMainModule, loadInventory, ThreadPoolExecutor, task } from 'rollcall';
import { time } from './log.mjs';

export const connectSsh = task(import.meta.url, 'connectSsh', async (device) => {
  console.log(`===> ${time()} Connection to device: ${device.name}`);
  const session = await connect(device);
  const { output } = await session.sendCommand('sh clock');
  await session.close();
  console.log(`<=== ${time()} Received result from device: ${device.name}`);
  return { [device.name]: output };
});

if (isMainModule(import.meta)) {
  const { devices } = await loadInventory(process.argv[2] ?? `${import.meta.dirname}/devices.yaml`);
  const executor = new ThreadPoolExecutor({ maxWorkers: 2 });
  const results = [];
  for await (const result of executor.map(connectSsh, devices)) results.push(result);
  console.log(results);
  await executor.shutdown();
}
