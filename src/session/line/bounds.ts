import { ConversationError, type Phase } from '../../base/index.js';
import { MemoryShare } from './memory.js';
import type { Received } from './received.js';

/** A line shorter than this is never what fills the memory. */
const LONG_LINE = 256 * 1024;

/** How much one answer may hold, and how much of it is held in memory. */
export class Bounds {
  readonly #maxOutputBytes: number;
  readonly #memory = new MemoryShare();

  constructor(maxOutputBytes: number) {
    this.#maxOutputBytes = maxOutputBytes;
  }

  /** @throws ConversationError (`output_too_large`) for an answer that is larger than one may be. */
  check(received: Received, lineLength: number, phase: Phase): void {
    if (received.size + lineLength <= this.#maxOutputBytes) return;
    throw new ConversationError(
      'output_too_large',
      `the answer is larger than ${this.#maxOutputBytes} bytes and was given up (limits.outputBytes)`,
      { phase },
    );
  }

  /** Moves to disk what is too much for memory. @throws ConversationError (`output_too_large`) for a line that is that. */
  relieve(received: Received, lineLength: number, phase: Phase): void {
    const isShort = !this.#memory.hold(received.held + lineLength);
    received.relieve(isShort);
    if (this.#memory.hold(received.held + lineLength) || lineLength <= LONG_LINE) return;
    throw new ConversationError(
      'output_too_large',
      `a line of ${lineLength} characters, which has not ended yet, is more than memory has room for (limits.memoryBytes)`,
      { phase },
    );
  }

  /** Gives back its share of the memory. */
  release(): void {
    this.#memory.close();
  }
}
