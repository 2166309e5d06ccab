// The time of one after another, threads and processes: the whole program, and the work inside it.
// Run: node examples/17-measure.mjs [devices.yaml]
import { spawnSync } from 'node:child_process';
import { connect, isMainModule, loadInventory, task } from 'rollcall';
import { Process, Thread } from 'rollcall/futures';

export const poll = task(import.meta.url, 'poll', async (device) => {
  const session = await connect(device);
  await session.sendCommand('sh clock');
  await session.close();
});

const seconds = (start) => `${((performance.now() - start) / 1000).toFixed(3)} s`.padStart(15);

async function measure(name, program, work) {
  let start = performance.now();
  spawnSync(process.execPath, [`${import.meta.dirname}/${program}`, ...process.argv.slice(2)]);
  const whole = seconds(start);
  start = performance.now();
  await work();
  console.log(`${name.padEnd(12)}${whole}${seconds(start)}`);
}

if (isMainModule(import.meta)) {
  const { devices } = await loadInventory(process.argv[2] ?? `${import.meta.dirname}/devices.yaml`);
  const start = (worker) => {
    worker.start();
    return worker.future;
  };
  console.log(`${devices.length} devices     whole program      inside it`);
  await measure('sequential', '01-one-after-another.mjs', async () => {
    for (const device of devices) await poll(device);
  });
  await measure('threads', '02-a-thread-per-device.mjs', () =>
    Promise.all(devices.map((device) => start(new Thread({ task: poll, args: [device] })))),
  );
  await measure('processes', '05-processes-with-a-queue.mjs', () =>
    Promise.all(devices.map((device) => start(new Process({ task: poll, args: [device] })))),
  );
}
