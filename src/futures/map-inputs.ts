import { OptionError } from '../base/index.js';
import { describeType } from './naming.js';

/** Where `map` takes its arguments from; asynchronous ones need a `buffersize`. */
export type Inputs<T> = Iterable<T> | AsyncIterable<T>;

/** An iterable that gives the same value again and again. */
class Repeat<T> implements Iterable<T> {
  readonly #value: T;
  readonly times: number;

  constructor(value: T, times: number) {
    this.#value = value;
    this.times = times;
  }

  *[Symbol.iterator](): Generator<T, undefined> {
    for (let left = this.times; left > 0; left--) yield this.#value;
  }
}

/** Gives the value as often as it is wanted (or that many times): a constant argument for `map`. */
export function repeat<T>(value: T, times = Infinity): Iterable<T> {
  if (typeof times !== 'number' || !(times >= 0)) {
    throw new OptionError(`repeat takes a number of times, at least 0; got ${String(times)}`);
  }
  return new Repeat(value, times);
}

type AnyIterator = Iterator<unknown> | AsyncIterator<unknown>;

/** Walks several inputs side by side, one item of each at a time, until the shortest is over. */
export class Zip {
  readonly asynchronous: boolean;
  #iterators: AnyIterator[];
  #over = false;
  /** What an input has thrown, until those taken before it are given. */
  #failure: { readonly error: unknown } | undefined;

  constructor(inputs: readonly Inputs<unknown>[], buffered: boolean) {
    if (inputs.length === 0) throw new TypeError('map takes at least one iterable after the function');
    inputs.forEach(checkInput);
    this.asynchronous = inputs.some((input) => !(Symbol.iterator in input));
    if (!buffered && this.asynchronous) {
      throw new OptionError('map of an asynchronous iterable needs the option buffersize');
    }
    if (!buffered && inputs.every((input) => input instanceof Repeat && input.times === Infinity)) {
      throw new OptionError('map of nothing but endless repeats never ends: give an input that does, or buffersize');
    }
    this.#iterators = [];
    try {
      for (const input of inputs) {
        this.#iterators.push(Symbol.iterator in input ? input[Symbol.iterator]() : input[Symbol.asyncIterator]());
      }
    } catch (error) {
      this.return().catch(() => {});
      throw error;
    }
  }

  /** Returns the next lists of arguments, at most that many; none when it is over. */
  take(count: number): unknown[][] {
    const lists: unknown[][] = [];
    while (lists.length < count && !this.#over) {
      const list: unknown[] = [];
      for (const iterator of this.#iterators) {
        let step: IteratorResult<unknown>;
        try {
          step = iterator.next() as IteratorResult<unknown>;
        } catch (error) {
          this.#fail(iterator, error);
          return this.#taken(lists);
        }
        if (step.done) {
          this.#over = true;
          this.#close(iterator);
          return lists;
        }
        list.push(step.value);
      }
      lists.push(list);
    }
    return this.#taken(lists);
  }

  async takeAsync(count: number): Promise<unknown[][]> {
    const lists: unknown[][] = [];
    while (lists.length < count && !this.#over) {
      const list: unknown[] = [];
      for (const iterator of this.#iterators) {
        let step: IteratorResult<unknown>;
        try {
          step = await iterator.next();
        } catch (error) {
          this.#fail(iterator, error);
          return this.#taken(lists);
        }
        if (step.done) {
          this.#over = true;
          await Promise.all(this.#close(iterator));
          return lists;
        }
        list.push(step.value);
      }
      lists.push(list);
    }
    return this.#taken(lists);
  }

  async return(): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    await Promise.all(this.#close());
  }

  /** Returns what was taken; the error of an input comes after all that was taken before it. */
  #taken(lists: unknown[][]): unknown[][] {
    const failure = this.#failure;
    if (lists.length > 0 || failure === undefined) return lists;
    this.#failure = undefined;
    throw failure.error;
  }

  #fail(iterator: AnyIterator, error: unknown): void {
    this.#over = true;
    this.#failure = { error };
    try {
      for (const closing of this.#close(iterator)) Promise.resolve(closing).catch(() => {});
    } catch {
      // The error that came first is the one to tell.
    }
  }

  #close(ended?: AnyIterator): unknown[] {
    const iterators = this.#iterators;
    // An iterator that is over may still hold what it walked: an array's does.
    this.#iterators = [];
    return iterators.filter((iterator) => iterator !== ended).map((iterator) => iterator.return?.());
  }
}

function checkInput(input: unknown): void {
  if (typeof input === 'string') {
    throw new TypeError(
      'map takes iterables, and a string would be taken letter by letter: use repeat(text) or [text]',
    );
  }
  if (typeof input !== 'object' || input === null || !(Symbol.iterator in input || Symbol.asyncIterator in input)) {
    throw new TypeError(
      `map takes iterables, and got ${describeType(input)}: use repeat(value) for a constant argument`,
    );
  }
}
