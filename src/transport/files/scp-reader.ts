import type { Readable } from 'node:stream';

/** Takes bytes off a stream as they are wanted; what is not wanted yet stays there, so that the far end has to wait. */
export class ScpReader {
  readonly #stream: Readable;
  #chunk: Buffer = Buffer.alloc(0);
  #ended = false;
  #wake: () => void = () => {};

  constructor(stream: Readable) {
    this.#stream = stream;
    stream.on('readable', () => this.#wake());
    for (const event of ['end', 'close', 'error'] as const) {
      stream.on(event, () => {
        this.#ended = true;
        this.#wake();
      });
    }
  }

  /** Whether nothing more will come than what is here. */
  get ended(): boolean {
    return this.#ended;
  }

  /** How many bytes are here and were not taken yet. */
  get buffered(): number {
    return this.#chunk.length + this.#stream.readableLength;
  }

  /** Returns the next byte, or undefined at the end. */
  async byte(): Promise<number | undefined> {
    return (await this.some(1))?.[0];
  }

  /** Returns at most so many bytes, and at least one; undefined at the end. */
  async some(most: number): Promise<Uint8Array | undefined> {
    while (this.#chunk.length === 0) {
      const chunk = this.#stream.read() as Buffer | null;
      if (chunk !== null) this.#chunk = chunk;
      else if (this.#ended || this.#stream.readableEnded) return undefined;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
    const taken = this.#chunk.subarray(0, most);
    this.#chunk = this.#chunk.subarray(taken.length);
    return taken;
  }
}
