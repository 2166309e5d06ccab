import { processWide } from '../../base/index.js';

/** How long one turn of the event loop may work on all recordings of the process together. */
const TURN_MS = 10;
/** With so much left for later turns no more is wanted, and with so little it is again. */
const FULL_BYTES = 1024 * 1024;
const ROOM_BYTES = 256 * 1024;
/** Where more comes all the same, whoever brings it does the work at once. */
const MOST_LEFT_BYTES = 8 * 1024 * 1024;

interface Piece {
  readonly bytes: number;
  readonly run: () => void;
}

/** Work in small pieces that are done in order, spread over turns of the event loop. */
export class PacedWork {
  #pieces: Piece[] = [];
  #next = 0;
  #leftBytes = 0;
  #full = false;
  #whenDone: (() => void)[] = [];
  readonly #onFull: (full: boolean) => void;

  /** `onFull` is told when more comes than can be done, and when there is room again. */
  constructor(onFull: (full: boolean) => void = () => {}) {
    this.#onFull = onFull;
  }

  /** Adds a piece that stands for so many bytes. */
  add(bytes: number, run: () => void): void {
    this.#pieces.push({ bytes, run });
    this.#leftBytes += bytes;
    if (!this.#full && this.#leftBytes > FULL_BYTES) this.#tell(true);
    while (this.#leftBytes > MOST_LEFT_BYTES) this.step();
    turns().add(this);
  }

  /** Does the next piece; returns whether there is another one. */
  step(): boolean {
    const piece = this.#pieces[this.#next++];
    if (piece !== undefined) {
      this.#leftBytes -= piece.bytes;
      piece.run();
    }
    if (this.#full && this.#leftBytes <= ROOM_BYTES) this.#tell(false);
    if (this.#next < this.#pieces.length) return true;
    this.#pieces = [];
    this.#next = 0;
    for (const resolve of this.#whenDone.splice(0)) resolve();
    return false;
  }

  #tell(full: boolean): void {
    this.#full = full;
    this.#onFull(full);
  }

  /** Does all that is left. */
  doNow(): void {
    while (this.step());
  }

  /** Resolves when nothing is left. */
  done(): Promise<void> {
    if (this.#pieces.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#whenDone.push(resolve));
  }
}

/** Gives everybody who has work left a piece in turn: fifty recordings must not stop the event loop fifty times as long. */
class Turns {
  readonly #waiting = new Set<PacedWork>();
  #scheduled = false;

  add(work: PacedWork): void {
    this.#waiting.add(work);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    const start = performance.now();
    // One that has more to do stands at the end again, and so is met again.
    for (const work of this.#waiting) {
      this.#waiting.delete(work);
      if (work.step()) this.#waiting.add(work);
      if (performance.now() - start >= TURN_MS) break;
    }
    this.#scheduled = false;
    if (this.#waiting.size > 0) this.#schedule();
  }
}

const turns = (): Turns => processWide('recordingTurns', () => new Turns());
