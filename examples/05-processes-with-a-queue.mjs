// A process per device, their results in a queue. Run: node examples/05-processes-with-a-queue.mjs [devices.yaml]
import { connect, isMainModule, loadInventory, task } from 'rollcall';
import { Process, Queue } from 'rollcall/futures';

export const connectSsh = task(import.meta.url, 'connectSsh', async (device, command, queue) => {
  const session = await connect(device);
  const { output } = await session.sendCommand(command);
  await queue.put({ [device.name]: output });
  await session.close();
});

if (isMainModule(import.meta)) {
  const { devices } = await loadInventory(process.argv[2] ?? `${import.meta.dirname}/devices.yaml`);
  const queue = new Queue();
  const workers = devices.map((device) => new Process({ task: connectSsh, args: [device, 'sh clock', queue] }));
  for (const worker of workers) worker.start();
  for (const worker of workers) await worker.join();
  const results = [];
  for (const _ of workers) results.push(await queue.get());
  console.log(results);
}
