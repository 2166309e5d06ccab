import { EventLoopExecutor } from '../futures/index.js';
import type { DeviceTask } from './device-task.js';
import { Feeder } from './feeder.js';
import type { RunDevice } from './result.js';
import { ResultLog } from './result-log.js';
import { newRunId } from './run-id.js';
import { checkArguments, type Run, type RunOptions } from './run-options.js';
import { guardedGates } from './turns/login-guard.js';
import { gatesOf } from './turns/manners.js';

/**
 * Runs a task once for each device and accounts for every one of them.
 * @throws OptionError for options that do not fit; what a device's turn comes to is never thrown, but in its result.
 */
export function run<D extends RunDevice, I, T>(
  task: DeviceTask<D, I, T>,
  devices: Iterable<D> | AsyncIterable<D>,
  options: RunOptions<D, I, T>,
): Run<D, T> {
  checkArguments(task, devices, options);
  const { keepResults = true } = options;
  const { journal } = options;
  const gates = guardedGates(task, devices, { ...options, gates: gatesOf(options, countOf(devices)) });
  const id = journal?.id ?? newRunId();
  const log = new ResultLog<D, T>(id, keepResults);
  const executor = options.executor ?? new EventLoopExecutor();
  const feeder = new Feeder(task, executor, { options, gates, log });
  feeder
    .feed(devices)
    .catch((error: unknown) => log.fail(error))
    .then(() => journal?.end())
    .then(() => (options.executor === undefined ? executor.shutdown() : undefined))
    .then(
      () => log.end(),
      (error: unknown) => log.fail(error),
    );
  return {
    id,
    inOrder: () => log.inOrder(),
    waiting: () => feeder.waiting,
    [Symbol.asyncIterator]: () => log.asTheyCome(),
    // biome-ignore lint/suspicious/noThenProperty: a run is awaited for all of its results.
    then: (onFulfilled, onRejected) => log.whole().then(onFulfilled, onRejected),
  };
}

/** How many devices there are, where that can be known before they are taken. */
function countOf(devices: object): number | undefined {
  if (Array.isArray(devices)) return devices.length;
  return devices instanceof Set ? devices.size : undefined;
}
