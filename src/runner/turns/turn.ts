import type { Secret } from '../../base/index.js';
import type { Result, RunDevice } from '../result.js';
import type { Told } from './retries.js';

/** One device of a run, on its way to its result. */
export interface Turn<D extends RunDevice, T> {
  readonly device: D;
  /** Where it stands in the input, counted from 0. */
  readonly index: number;
  /** How many turns it has had. */
  attempts: number;
  /** What came of the last one. */
  last?: Result<D, T>;
  /** What the one that it has now has told; only where there may be another. */
  told?: Told | undefined;
  /** What the references of the device came to in the last one. */
  secrets?: readonly Secret[] | undefined;
}
