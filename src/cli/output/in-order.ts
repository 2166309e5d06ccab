import { OverflowFile, type Place } from './overflow-file.js';

/** How many characters of records may wait in memory; one slow device at the front has all the others wait behind it. */
const MOST_HELD = 32 * 1024 * 1024;

/**
 * Yields a record for each result in the order of the input. What is done before its turn waits here as JSON, in memory
 * and beyond that in a temporary file: a run of any size has room, and nobody waits for a slow device but the output.
 */
export async function* inInputOrder<T extends { readonly index: number }, R>(
  results: AsyncIterable<T>,
  recordOf: (result: T) => R,
  { mostHeld = MOST_HELD } = {},
): AsyncGenerator<R, void, undefined> {
  const early = new EarlyTexts(mostHeld);
  let turn = 0;
  try {
    for await (const result of results) {
      const record = recordOf(result);
      if (result.index !== turn) {
        early.put(result.index, JSON.stringify(record));
        continue;
      }
      turn += 1;
      yield record;
      for (let text = early.take(turn); text !== undefined; text = early.take(turn)) {
        turn += 1;
        yield JSON.parse(text) as R;
      }
    }
  } finally {
    early.close();
  }
}

class EarlyTexts {
  readonly #mostHeld: number;
  readonly #texts = new Map<number, string | Place>();
  #held = 0;
  #file: OverflowFile | undefined;

  constructor(mostHeld: number) {
    this.#mostHeld = mostHeld;
  }

  put(index: number, text: string): void {
    const place = this.#held + text.length > this.#mostHeld ? this.#onDisk(text) : undefined;
    if (place === undefined) this.#held += text.length;
    this.#texts.set(index, place ?? text);
  }

  take(index: number): string | undefined {
    const found = this.#texts.get(index);
    if (found === undefined) return undefined;
    this.#texts.delete(index);
    if (typeof found !== 'string') return this.#file?.take(found);
    this.#held -= found.length;
    return found;
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
