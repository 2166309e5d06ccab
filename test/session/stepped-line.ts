import type { Transport } from '#dist/transport/index.js';

/**
 * A line that counts round trips: what the device says to all that was written comes in one piece, and only when nothing
 * more is written. It ends each line at the Enter key, and gets an answer that begins with the echo.
 */
export class SteppedLine implements Transport {
  roundTrips = 0;
  readonly lines: string[] = [];
  readonly #answer: (line: string) => string;
  #pending = '';
  #under = false;
  #onData: ((bytes: Uint8Array) => void) | undefined;
  #onClose: ((error?: Error) => void) | undefined;

  constructor(greeting: string, answer: (line: string) => string) {
    this.#answer = answer;
    setImmediate(() => this.#onData?.(Buffer.from(greeting)));
  }

  write(bytes: Uint8Array): void {
    this.#pending += Buffer.from(bytes).toString();
    if (this.#under) return;
    this.#under = true;
    let turns = 5;
    const step = (): void => {
      if (turns-- > 0) setImmediate(step);
      else this.#deliver();
    };
    setImmediate(step);
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#onData = listener;
  }

  onClose(listener: (error?: Error) => void): void {
    this.#onClose = listener;
  }

  pause(): void {}
  resume(): void {}

  destroy(): void {
    this.#onClose?.();
  }

  #deliver(): void {
    const typed = this.#pending.split('\r');
    this.#pending = typed.pop() ?? '';
    this.lines.push(...typed);
    this.roundTrips++;
    this.#under = false;
    this.#onData?.(Buffer.from(typed.map((line) => `${line}\r\n${this.#answer(line)}`).join('')));
  }
}
