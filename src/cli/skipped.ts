import type { FailedRecord } from './output/text.js';

/** One of a thing, and several. */
export type Noun = readonly [one: string, many: string];

export const counted = (howMany: number, [one, many]: Noun): string => `${howMany} ${howMany === 1 ? one : many}`;

export const were = (howMany: number): string => (howMany === 1 ? 'was' : 'were');

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

  lines(noun: Noun): readonly string[] {
    return [...this.#reasons].map(([reason, count]) => `${counted(count, noun)} ${were(count)} skipped: ${reason}`);
  }
}
