import type { FailedRecord } from './output/text.js';

/** Devices that never had their turn: a line for each reason, not for each device, of which there may be thousands. */
export class Skipped {
  readonly #reasons = new Map<string, number>();

  /** Takes a record, and says whether it was one of them. */
  take({ status, error }: Pick<FailedRecord, 'status' | 'error'>): boolean {
    if (status !== 'skipped') return false;
    const reason = error?.message ?? '';
    this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1);
    return true;
  }

  lines(noun: string): readonly string[] {
    return [...this.#reasons].map(([reason, count]) => `${count} ${noun} were skipped: ${reason}`);
  }
}
