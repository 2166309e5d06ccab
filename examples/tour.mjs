// The main job on three simulated routers, one of them slow: `sh clock` on all of them one after another, in the event
// loop, in threads and in processes. Run it with `npm start`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventLoopExecutor, ProcessPoolExecutor, run, Secret, sendCommands, ThreadPoolExecutor } from 'rollcall';
import { startLab } from 'rollcall/lab';

const COMMAND = 'sh clock';
const WAYS = [
  { title: 'one after another', make: () => new EventLoopExecutor({ maxWorkers: 1 }) },
  { title: 'event loop', make: () => new EventLoopExecutor({ maxWorkers: 3 }) },
  { title: 'threads', make: () => new ThreadPoolExecutor({ maxWorkers: 3 }) },
  { title: 'processes', make: () => new ProcessPoolExecutor({ maxWorkers: 3 }) },
];

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(2)} s`;

/** Prints what happens as it happens, and returns how long it took. */
async function poll(devices, knownHostsFile, { title, make }) {
  console.log(`\n── ${title} ${'─'.repeat(60 - title.length)}`);
  const start = performance.now();
  const executor = make();
  const observer = {
    step: (device, event) => {
      if (event.type === 'started') console.log(`${seconds(start)}  ===> ${device.name}  connecting (${event.worker})`);
    },
  };
  const polling = run(sendCommands, devices, {
    input: { commands: [COMMAND], session: { hostKeys: { knownHostsFile } } },
    executor,
    observers: [observer],
  });
  for await (const { device, status, value, error } of polling) {
    console.log(
      `${seconds(start)}  <=== ${device.name}  ${status === 'ok' ? value.responses[0].output : error.message}`,
    );
  }
  const all = await polling;
  await executor.shutdown();
  console.log('in the order of the inventory:');
  for (const { value } of all.results) {
    for (const { prompt, command, output } of value?.responses ?? []) console.log(`  ${prompt}${command}\n  ${output}`);
  }
  if (!all.ok) process.exitCode = 1;
  return { title, took: seconds(start), ok: all.counts.ok };
}

const folder = await mkdtemp(join(tmpdir(), 'rollcall-tour-'));
const lab = await startLab({
  devices: [{ commandMs: 400 }, { commandMs: 150 }, { commandMs: 150 }],
  stateDirectory: folder,
});
try {
  const devices = lab.devices.map((device) => ({
    ...device,
    password: new Secret(device.password),
    secret: new Secret(device.secret),
  }));
  console.log(`Three simulated Cisco IOS routers on 127.0.0.1, ports ${devices.map(({ port }) => port).join(', ')}.`);
  console.log(
    `R1 is slow: it takes 0.4 s for each line that it is sent, the others 0.15 s. On each of them: ${COMMAND}`,
  );
  const rows = [];
  for (const way of WAYS) rows.push(await poll(devices, join(folder, 'known_hosts'), way));
  console.log('\nexecutor            devices ok       time');
  for (const { title, took, ok } of rows)
    console.log(`${title.padEnd(20)}${String(ok).padStart(10)}${took.padStart(11)}`);
  console.log('\nNext: npx rollcall lab    and in another terminal    npx rollcall run "show version" -i lab.yaml');
} finally {
  await lab.close();
  await rm(folder, { recursive: true, force: true });
}
