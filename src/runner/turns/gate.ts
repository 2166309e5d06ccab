import type { StepEvent } from '../device-task.js';
import type { Result, RunDevice } from '../result.js';

/** What a gate says to a device whose turn would come. */
export type Admission =
  | { readonly go: true }
  /**
   * Not yet: it waits in the line of that key, without holding up those behind it, until the gate wakes the line. A
   * person reads the key in the progress of the run: `group core`.
   */
  | { readonly waitFor: string }
  /** Never: it ends as skipped, for that reason. `planned`: nothing was wanted of it, and it is no failure of the run. */
  | Skip;

export interface Skip {
  readonly skip: string;
  readonly planned?: true;
}

/**
 * Decides when a device may have its turn: a limit, a rate, a batch, a credential that is on trial. A device starts when
 * every gate of the run says go at the same moment. Plain and synchronous: what has to wait for time wakes its line then.
 * A gate serves one run; one that throws ends it, as an observer does.
 */
export interface Gate<D extends RunDevice = RunDevice, T = unknown> {
  /**
   * True where it does no harm that a device is given to the executor before a worker is free for it. Unless all gates
   * of a run say so, each device is given away only when a worker is: its start is the start of its work.
   */
  readonly ahead?: boolean;
  /**
   * Asked when the device is next, and again whenever its line was woken; counts nothing. A woken line is asked from its
   * oldest device on, until one of them has to wait for the same key again: for the others it must mean the same.
   * `index` is the device's place in the input.
   */
  admit(device: D, index: number): Admission;
  /** The device's turn begins: all gates have said go. */
  start(device: D): void;
  step?(device: D, event: StepEvent): void;
  /** The turn is over; `again` is true when the device will have another one (a retry). */
  end(result: Result<D, T>, again: boolean): void;
  /**
   * The device ends without a turn, or without another one: a gate has skipped it (`planned` as that one says), or the
   * run was called off. The result is that of its last turn where there was one.
   */
  passOver?(result: Result<D, T>, planned: boolean): void;
  /**
   * Called once, before anything else: `wake` lets the line of a key be asked again; `over` aborts when no device is going
   * to be asked any more, so that timers can be cleared.
   */
  attach(wake: (key: string) => void, over: AbortSignal): void;
}
