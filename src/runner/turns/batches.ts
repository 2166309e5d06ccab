import { OptionError } from '../../base/index.js';
import type { Result, RunDevice } from '../result.js';
import type { Admission, Gate } from './gate.js';
import { type CountOf, readShare, type Share } from './share.js';

export interface BatchOptions {
  /** Sizes of the batches, the last of which repeats; none: all devices are one batch. */
  readonly batches?: readonly Share[] | undefined;
  /** How many devices may end not ok; default: none with batches, any number without. */
  readonly maxFailures?: Share | undefined;
}

const LINE = 'the next batch';

/**
 * Lets one batch of devices begin after the other, in input order, and none any more when too many were not ok: more than
 * `maxFailures` of the run, or of the batch where that is a percentage, or a whole batch.
 */
export class Batches<D extends RunDevice, T> implements Gate<D, T> {
  readonly #sizes: readonly CountOf[];
  readonly #mayFail: CountOf;
  readonly #perBatch: boolean;
  readonly #total: number | undefined;
  /** The current batch: its number from 1, where it ends, and how many there are in it. */
  #number = 0;
  #end = 0;
  #size = 0;
  /** Of the current batch. */
  #ended = 0;
  #failedInBatch = 0;
  #failed = 0;
  #stopped: string | undefined;
  #wake: (key: string) => void = () => {};

  /** `total` is undefined where nobody knows how many devices there are. @throws OptionError. */
  constructor({ batches, maxFailures }: BatchOptions, total: number | undefined) {
    if (batches !== undefined && (!Array.isArray(batches) || batches.length === 0)) {
      throw new OptionError("batches must be a list of sizes, such as ['1', '10%', '100%']");
    }
    this.#sizes = (batches ?? []).map((size) => readShare('a size of batches', size, { least: 1 }));
    const most = maxFailures ?? (batches === undefined ? undefined : 0);
    this.#mayFail = most === undefined ? () => Number.POSITIVE_INFINITY : readShare('maxFailures', most, { least: 0 });
    this.#perBatch = String(most).endsWith('%');
    this.#total = total;
    this.#refuseUnknown([...this.#sizes, ...(batches === undefined ? [this.#mayFail] : [])]);
    this.#begin();
  }

  attach(wake: (key: string) => void): void {
    this.#wake = wake;
  }

  admit(_device: D, index: number): Admission {
    if (this.#stopped !== undefined) return { skip: this.#stopped };
    return index < this.#end ? { go: true } : { waitFor: LINE };
  }

  start(): void {}

  end(result: Result<D, T>, again: boolean): void {
    if (!again) this.#count(result);
  }

  passOver(result: Result<D, T>, planned: boolean): void {
    if (this.#stopped === undefined) this.#count(result, planned);
  }

  /** `planned`: nothing was wanted of the device. */
  #count({ device, status }: Result<D, T>, planned = false): void {
    this.#ended += 1;
    if (status !== 'ok' && !planned) {
      this.#failed += 1;
      this.#failedInBatch += 1;
      this.#look(`${device.name}: ${status}`);
    }
    if (this.#stopped === undefined && this.#ended === this.#size) {
      this.#begin();
      this.#wake(LINE);
    }
  }

  /** Whether it was one too many. */
  #look(last: string): void {
    if (this.#stopped !== undefined) return;
    const [failed, of] = this.#perBatch ? [this.#failedInBatch, this.#size] : [this.#failed, this.#total];
    const most = this.#mayFail(of) ?? 0;
    const batch = this.#sizes.length === 0 ? '' : ` in batch ${this.#number}`;
    if (failed > most) {
      const devices = failed === 1 ? '1 device was' : `${failed} devices were`;
      const allowed = most === 0 ? 'none may be' : `at most ${most} may be`;
      this.#stop(`${devices} not ok${batch} (${last}), and ${allowed}`);
    } else if (batch !== '' && this.#failedInBatch === this.#size) {
      this.#stop(`no device${batch} was ok (${last})`);
    }
  }

  #stop(why: string): void {
    this.#stopped = `the run was stopped: ${why}`;
    this.#wake(LINE);
  }

  #begin(): void {
    const { length } = this.#sizes;
    const size = this.#sizes[Math.min(this.#number, length - 1)]?.(this.#total) ?? Number.POSITIVE_INFINITY;
    const left = (this.#total ?? Number.POSITIVE_INFINITY) - this.#end;
    this.#size = Math.min(size, left);
    this.#number += 1;
    this.#end += this.#size;
    this.#ended = 0;
    this.#failedInBatch = 0;
  }

  #refuseUnknown(counts: readonly CountOf[]): void {
    if (this.#total !== undefined || counts.every((count) => count(undefined) !== undefined)) return;
    throw new OptionError(
      'a percentage of devices needs a list of them: of this input nobody knows how many it has; give numbers',
    );
  }
}
