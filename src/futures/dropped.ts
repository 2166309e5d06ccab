import { processWide } from '../base/index.js';
import type { ExecutorCore } from './submitter.js';

const registry = () =>
  processWide(
    'droppedExecutors',
    () => new FinalizationRegistry<ExecutorCore>((core) => void core.shutdown({ wait: false })),
  );

/** Shuts the core down, its work completed first, when nobody holds the executor any more. */
export function shutDownWhenCollected(executor: object, core: ExecutorCore): void {
  registry().register(executor, core);
}
