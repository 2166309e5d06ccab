/** How bad the line is; each number is drawn anew for each packet. */
export interface Weather {
  /** The same seed gives the same losses and duplicates. */
  readonly seed: number;
  /** Longest delay of a packet, in milliseconds. */
  readonly delayMs: number;
  /** Shares of packets, 0 to 1. */
  readonly loss: number;
  readonly duplicates: number;
}

export interface WireCounts {
  packets: number;
  lost: number;
  duplicated: number;
}

/** Numbers between 0 and 1 that are the same for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * One direction of a line that delays, loses and doubles packets. What is sent in one turn is one packet; the sender
 * repeats it until it is acknowledged, and the receiver puts the packets in order and drops the doubles.
 */
export class LossyWire<M> {
  readonly counts: WireCounts = { packets: 0, lost: 0, duplicated: 0 };
  readonly #weather: Weather;
  readonly #random: () => number;
  readonly #deliver: (message: M) => void;
  readonly #unacknowledged = new Map<number, readonly M[]>();
  readonly #early = new Map<number, readonly M[]>();
  #waiting: M[] = [];
  #sent = 0;
  #expected = 1;

  constructor(weather: Weather, deliver: (message: M) => void) {
    this.#weather = weather;
    this.#random = randomOf(weather.seed);
    this.#deliver = deliver;
  }

  /** @throws when the message cannot be cloned */
  send(message: M): void {
    const cloned = structuredClone(message);
    if (this.#waiting.length === 0) setImmediate(() => this.#flush());
    this.#waiting.push(cloned);
  }

  #flush(): void {
    this.#sent += 1;
    this.#unacknowledged.set(this.#sent, this.#waiting);
    this.#waiting = [];
    this.counts.packets += 1;
    this.#transmit(this.#sent);
  }

  #transmit(number: number): void {
    const packet = this.#unacknowledged.get(number);
    if (packet === undefined) return;
    const drawn = this.#random();
    const { loss, duplicates, delayMs } = this.#weather;
    if (drawn < loss) this.counts.lost += 1;
    else {
      this.#later(() => this.#arrive(number, packet));
      if (drawn < loss + duplicates) {
        this.counts.duplicated += 1;
        this.#later(() => this.#arrive(number, packet));
      }
    }
    setTimeout(() => this.#transmit(number), 3 * delayMs + 2);
  }

  #arrive(number: number, packet: readonly M[]): void {
    // The acknowledgement goes the same bad way.
    if (this.#random() >= this.#weather.loss) this.#later(() => this.#unacknowledged.delete(number));
    if (number >= this.#expected) this.#early.set(number, packet);
    for (let next = this.#early.get(this.#expected); next !== undefined; next = this.#early.get(this.#expected)) {
      this.#early.delete(this.#expected);
      this.#expected += 1;
      for (const message of next) this.#deliver(message);
    }
  }

  #later(step: () => void): void {
    setTimeout(step, this.#random() * this.#weather.delayMs);
  }
}
