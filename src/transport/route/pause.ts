import { Deadline } from '../../base/index.js';
import { within } from '../within.js';

/** Waits for a moment, or until the signal aborts. @throws AbortedError. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  let wake = (): void => {};
  const over = new Promise<void>((resolve) => {
    wake = Deadline.after(ms).schedule(resolve);
  });
  return within(over, { deadline: Deadline.never, signal }, { phase: 'connect', late: () => new Error() }).finally(
    wake,
  );
}
