import { OptionError } from '../base/index.js';
import { type Future, internals } from './future.js';
import { limited, type WaitLimits } from './limited.js';

export const FIRST_COMPLETED = 'FIRST_COMPLETED';
export const FIRST_EXCEPTION = 'FIRST_EXCEPTION';
export const ALL_COMPLETED = 'ALL_COMPLETED';

export type ReturnWhen = typeof FIRST_COMPLETED | typeof FIRST_EXCEPTION | typeof ALL_COMPLETED;

export interface WaitOptions extends WaitLimits {
  /** Default `ALL_COMPLETED`. */
  readonly returnWhen?: ReturnWhen | undefined;
}

export interface WaitResult<F> {
  readonly done: Set<F>;
  readonly notDone: Set<F>;
}

const REASONS: readonly string[] = [FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED];

/**
 * Waits until the first, the first failed or all of the futures are done, or the time is over (which is no error).
 * A future that was cancelled but not yet noticed by its executor is not done.
 * @throws {OptionError} when `returnWhen` is none of the three
 */
export async function wait<F extends Future<unknown>>(
  futures: Iterable<F>,
  options: WaitOptions = {},
): Promise<WaitResult<F>> {
  const returnWhen = options.returnWhen ?? ALL_COMPLETED;
  if (!REASONS.includes(returnWhen)) {
    throw new OptionError(`returnWhen must be one of ${REASONS.join(', ')}; got ${String(returnWhen)}`);
  }
  const notDone = new Set(futures);
  const done = new Set<F>();
  const sort = (future: F): void => {
    notDone.delete(future);
    done.add(future);
  };
  const enough = (future: F): boolean =>
    returnWhen === FIRST_COMPLETED || (returnWhen === FIRST_EXCEPTION && internals.failed(future));

  let stop = false;
  for (const future of [...notDone]) {
    if (!internals.settled(future)) continue;
    sort(future);
    stop ||= enough(future);
  }
  if (stop || notDone.size === 0) return { done, notDone };

  await limited<void>(
    options,
    ({ resolve }) => resolve(),
    ({ resolve }) => {
      const calledOff = [...notDone].map((future) =>
        internals.onSettled(future, () => {
          sort(future);
          if (notDone.size === 0 || enough(future)) resolve();
        }),
      );
      return () => {
        for (const callOff of calledOff) callOff();
      };
    },
  );
  return { done, notDone };
}
