import { OverflowFile, type Place } from './overflow-file.js';

/** How many characters of records may wait in memory; one slow device at the front has all the others wait behind it. */
const MOST_HELD = 32 * 1024 * 1024;

/**
 * Yields a record for each result in the order of the input. What is done before its turn waits here, in memory and
 * beyond that as JSON in a temporary file: a run of any size has room, and nobody waits for a slow device but the output.
 */
export async function* inInputOrder<T extends { readonly index: number }, R>(
  results: AsyncIterable<T>,
  recordOf: (result: T) => R,
  { mostHeld = MOST_HELD } = {},
): AsyncGenerator<R, void, undefined> {
  const early = new EarlyRecords<R>(mostHeld);
  let turn = 0;
  try {
    for await (const result of results) {
      const record = recordOf(result);
      if (result.index !== turn) {
        early.put(result.index, record);
        continue;
      }
      turn += 1;
      yield record;
      for (let next = early.take(turn); next !== undefined; next = early.take(turn)) {
        turn += 1;
        yield next.record;
      }
    }
  } finally {
    early.close();
  }
}

/** A record in memory with the length of its JSON, or its place in the file. */
type Waiting<R> = { readonly record: R; readonly length: number } | { readonly place: Place };

class EarlyRecords<R> {
  readonly #mostHeld: number;
  readonly #waiting = new Map<number, Waiting<R>>();
  #held = 0;
  #file: OverflowFile | undefined;

  constructor(mostHeld: number) {
    this.#mostHeld = mostHeld;
  }

  put(index: number, record: R): void {
    const text = JSON.stringify(record);
    const place = this.#held + text.length > this.#mostHeld ? this.#onDisk(text) : undefined;
    if (place === undefined) this.#held += text.length;
    this.#waiting.set(index, place === undefined ? { record, length: text.length } : { place });
  }

  take(index: number): { readonly record: R } | undefined {
    const found = this.#waiting.get(index);
    if (found === undefined) return undefined;
    this.#waiting.delete(index);
    if ('record' in found) {
      this.#held -= found.length;
      return found;
    }
    return this.#file && { record: JSON.parse(this.#file.take(found.place)) as R };
  }

  close(): void {
    this.#file?.close();
  }

  /** A disk that is full costs memory, and no result. */
  #onDisk(text: string): Place | undefined {
    try {
      this.#file ??= new OverflowFile();
      return this.#file.append(text);
    } catch {
      return undefined;
    }
  }
}
