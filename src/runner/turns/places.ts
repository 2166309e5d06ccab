import type { Executor } from '../../futures/index.js';
import type { Gate } from './gate.js';

/** How many devices the executor may have at once: with gates a device is given away when a worker is free for it. */
export function placesOf({ maxWorkers, tasksPerWorker = 1 }: Executor, gates: readonly Pick<Gate, 'ahead'>[]): number {
  return gates.every(({ ahead }) => ahead === true) ? Number.POSITIVE_INFINITY : maxWorkers * tasksPerWorker;
}
