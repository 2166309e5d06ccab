// A program of a user, and its tasks: prints all that it has, in all the ways in which a program prints something.
import { inspect } from 'node:util';
import { loadInventory, run } from 'rollcall';
import { EventLoopExecutor, isMainModule, ProcessPoolExecutor, ThreadPoolExecutor, task } from 'rollcall/futures';
import { connect } from 'rollcall/session';

const WHOLE = { depth: Infinity, showHidden: true, maxArrayLength: null, maxStringLength: null };

/** What goes round in circles is printed once. */
function json(value) {
  const seen = new WeakSet();
  return JSON.stringify(value, (_key, part) => {
    if (typeof part !== 'object' || part === null) return typeof part === 'bigint' ? String(part) : part;
    if (seen.has(part)) return undefined;
    seen.add(part);
    return part;
  });
}

function print(name, value) {
  console.log(`== ${name}`, inspect(value, WHOLE), `${value}`, json(value), value);
}

const how = { hostKeys: { policy: 'off' }, timeouts: { connectMs: 8_000, idleMs: 1_000 } };

/** Prints the session from inside the worker; what fails, fails. */
export const look = task(import.meta.url, 'look', async (device, _input, { signal }) => {
  console.log(`== process ${process.pid} has ${process.env.ROLLCALL_PASSWORD?.length}`);
  const session = await connect(device, { ...how, signal });
  try {
    print(`the session of ${device.name}`, session);
    const response = await session.sendCommand('show clock');
    print(`the response of ${device.name}`, response);
    return { hostname: session.hostname, device };
  } finally {
    await session.close();
  }
});

/** Ends its worker by an error that nobody catches, with a session open and in hand. */
export const crash = task(import.meta.url, 'crash', async (device) => {
  const session = await connect(device, how);
  process.nextTick(() => {
    throw Object.assign(new Error(`crashed with ${session} of ${json(device)}`), { session, device });
  });
  await new Promise(() => {});
});

if (isMainModule(import.meta)) {
  const { devices, ...inventory } = await loadInventory('objects.yaml');
  print('the inventory', { devices, inventory });
  for (const Executor of [EventLoopExecutor, ThreadPoolExecutor, ProcessPoolExecutor]) {
    const executor = new Executor({ maxWorkers: 2, ...(Executor === EventLoopExecutor ? {} : { tasksPerWorker: 20 }) });
    const future = executor.submit(look, devices[0], undefined, {});
    print('a future', future);
    await future.exception();
    print('a future that is over', future);
    const running = run(look, devices, { executor });
    print('a run', running);
    print('its results', await running);
    print('the executor', executor);
    if (Executor !== EventLoopExecutor) print('a crash', await executor.submit(crash, devices[0]).exception());
    await executor.shutdown();
  }
  print('what is one per process', globalThis[Symbol.for('rollcall.registry')]);
  print('the password is there', process.env.ROLLCALL_PASSWORD?.length);
}
