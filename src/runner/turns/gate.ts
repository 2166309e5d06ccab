import type { StepEvent } from '../device-task.js';
import type { Result, RunDevice } from '../result.js';

/** What a gate says to a device whose turn would come. */
export type Admission =
  | { readonly go: true }
  /** Not yet: it waits in the line of that key, without holding up those behind it, until the gate wakes the line. */
  | { readonly waitFor: string }
  /** Never: it ends as skipped, for that reason. */
  | { readonly skip: string };

/**
 * Decides when a device may have its turn: a limit, a rate, a batch, a credential that is on trial. A device starts when
 * every gate of the run says go at the same moment. Plain and synchronous: what has to wait for time wakes its line then.
 */
export interface Gate<D extends RunDevice = RunDevice, T = unknown> {
  /** Asked when the device is next, and again whenever its line was woken; counts nothing. */
  admit(device: D): Admission;
  /** The device's turn begins: all gates have said go. */
  start(device: D): void;
  step(device: D, event: StepEvent): void;
  /** The turn is over; `again` is true when the device will have another one (a retry). */
  end(result: Result<D, T>, again: boolean): void;
  /** Called once, before anything else: `wake` lets the line of a key be asked again. */
  attach(wake: (key: string) => void): void;
}
