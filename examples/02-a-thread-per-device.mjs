// A thread per device: make, start, collect, join. Run: node examples/02-a-thread-per-device.mjs [devices.yaml]
import { connect, isMainModule, loadInventory, task } from 'rollcall';
import { Thread } from 'rollcall/futures';

export const connectSsh = task(import.meta.url, 'connectSsh', async (device, command) => {
  const session = await connect(device);
  const { output } = await session.sendCommand(command);
  console.log(`Connection to device ${device.name}\n${output}`); // one call: lines of other threads do not come between
  await session.close();
});

// The threads load this module too, to find the task: they must not run the program again.
if (isMainModule(import.meta)) {
  const { devices } = await loadInventory(process.argv[2] ?? `${import.meta.dirname}/devices.yaml`);
  const threads = [];
  for (const device of devices) {
    const thread = new Thread({ task: connectSsh, args: [device, 'sh clock'] });
    thread.start();
    threads.push(thread);
  }
  await threads[0].join({ timeoutMs: 10 }); // the time is over, the thread goes on
  console.log(`${threads[0].name} is alive: ${threads[0].isAlive()}`);
  for (const thread of threads) await thread.join();
  console.log(`${threads[0].name} is alive: ${threads[0].isAlive()}`);
}
