// Errors handled inside the task, or around the result; two classes told apart. Give device 2 a wrong password and let
// device 3 be silent (with a short conn_timeout). Run: node examples/20-handled-in-task-or-at-result.mjs [devices.yaml]
import {
  AuthenticationError,
  asCompleted,
  DeviceTimeoutError,
  isMainModule,
  loadInventory,
  ThreadPoolExecutor,
  task,
} from 'rollcall';
import { sendShow } from './send-show.mjs';

function explain(error) {
  if (error instanceof AuthenticationError) return 'wrong user name or password';
  if (error instanceof DeviceTimeoutError) return 'no answer in time';
  throw error;
}

export const sendShowSafely = task(import.meta.url, 'sendShowSafely', async (device, command) => {
  try {
    return await sendShow(device, command);
  } catch (error) {
    return { [device.name]: explain(error) };
  }
});

if (isMainModule(import.meta)) {
  const { devices } = await loadInventory(process.argv[2] ?? `${import.meta.dirname}/devices.yaml`);
  const executor = new ThreadPoolExecutor({ maxWorkers: 3 });

  const inTask = {};
  for await (const result of executor.map(sendShowSafely, devices, ['sh privilege', 'sh privilege', 'sh privilege'])) {
    Object.assign(inTask, result);
  }
  console.log('handled in the task:', inTask);

  const atResult = {};
  const futures = new Map(devices.map((device) => [executor.submit(sendShow, device, 'sh privilege'), device]));
  for await (const future of asCompleted(futures.keys())) {
    try {
      Object.assign(atResult, await future);
    } catch (error) {
      atResult[futures.get(future).name] = explain(error);
    }
  }
  console.log('handled at the result:', atResult);
  await executor.shutdown();
}
