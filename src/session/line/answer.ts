import { constants } from 'node:buffer';
import { ConversationError } from '../../base/index.js';
import type { Place, SpoolFile } from './spool-file.js';

/** Which of the lines received are an answer, by their numbers. */
export interface AnswerRange {
  readonly first: number;
  /** That behind the last. */
  readonly end: number;
  /** Stands in place of the first line: what is left of it without the prompt. */
  readonly opening?: string | undefined;
  /** Comes below the last: a line that was not ended. */
  readonly closing?: string | undefined;
}

/** The older part of a large answer. */
export interface OnDisk {
  readonly file: SpoolFile;
  /** Whole lines, each with its line end, in UTF-8. */
  readonly text: readonly Place[];
  readonly raw: readonly Place[];
  /** How many lines. */
  readonly lines: number;
}

interface Parts {
  readonly lines: readonly string[];
  readonly head: readonly string[];
  readonly raw: readonly Uint8Array[];
  readonly disk: OnDisk | undefined;
}

/** One answer: its rendered lines and the bytes that it came in, from memory, or for a large one from disk. */
export class Answer {
  readonly #memory: readonly string[];
  readonly #raw: readonly Uint8Array[];
  readonly #disk: OnDisk | undefined;
  readonly #range: AnswerRange;
  /** The first lines: enough to find a refusal in; all of them, but for a large answer. */
  readonly head: readonly string[];

  constructor({ lines, head, raw, disk }: Parts, range: AnswerRange) {
    this.#range = range;
    this.#raw = raw;
    // What begins behind the older part needs none of it.
    this.#disk = disk;
    const { first, end } = range;
    const before = disk?.lines ?? 0;
    const there = lines.slice(Math.max(0, first - before), Math.max(0, end - before));
    this.#memory = framed(there, range, first >= before);
    this.head = first >= before ? this.#memory : head.slice(first, end);
  }

  /** Whether it is too large for memory. */
  get spooled(): boolean {
    return this.#disk !== undefined && this.#range.first < this.#disk.lines;
  }

  /** Goes through the rendered lines, one after the other; those on disk are read a few MiB at a time. */
  *lines(): Generator<string> {
    const { first, end, opening } = this.#range;
    if (this.spooled) {
      let number = 0;
      for (const piece of this.#pieces()) {
        const lines = piece.split('\n');
        lines.pop();
        for (const line of lines) {
          if (number === first && opening !== undefined) yield opening;
          else if (number >= first && number < end) yield line;
          number++;
        }
      }
    }
    yield* this.#memory;
  }

  /**
   * Returns the rendered lines, joined by `\n`.
   * @throws ConversationError (`output_too_large`) when they are more than one string of JavaScript can hold.
   */
  text(): string {
    if (!this.spooled) return this.#memory.join('\n');
    const chunks: string[] = [];
    let batch: string[] = [];
    let length = 0;
    for (const line of this.lines()) {
      length += line.length + 1;
      if (length > constants.MAX_STRING_LENGTH) throw tooLong();
      if (batch.push(line) < BATCH) continue;
      chunks.push(batch.join('\n'));
      batch = [];
    }
    chunks.push(batch.join('\n'));
    return batch.length === 0 ? chunks.slice(0, -1).join('\n') : chunks.join('\n');
  }

  /** Returns the bytes as they were received, from the echo to the prompt. */
  raw(): Uint8Array {
    const older = this.#disk === undefined ? [] : this.#disk.raw.map((place) => this.#disk?.file.read(place));
    return Buffer.concat([...older.filter((bytes) => bytes !== undefined), ...this.#raw]);
  }

  *#pieces(): Generator<string> {
    for (const place of this.#disk?.text ?? []) yield this.#disk?.file.read(place).toString('utf8') ?? '';
  }
}

function framed(lines: readonly string[], { opening, closing }: AnswerRange, withFirst: boolean): readonly string[] {
  if (opening === undefined && closing === undefined) return lines;
  const own = withFirst && opening !== undefined ? [opening, ...lines.slice(1)] : [...lines];
  return closing === undefined ? own : [...own, closing];
}

const BATCH = 10_000;

function tooLong(): ConversationError {
  return new ConversationError(
    'output_too_large',
    `the answer is longer than one string can be (${constants.MAX_STRING_LENGTH} characters); go through its lines() instead`,
    { phase: 'command' },
  );
}
