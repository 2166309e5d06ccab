import { inspect } from 'node:util';

const BRAND = Symbol.for('rollcall.secret');
const MASK = '[secret]';

/** The shortest secret that is looked for in a text. */
const SHORTEST = 3;

/**
 * A text that cannot be printed, logged, journaled or serialised by accident: only `reveal()` gives it away.
 * It crosses to this machine's threads and processes, and to nowhere else.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    if (typeof value !== 'string') throw new TypeError(`a Secret holds a string, and got ${typeof value}`);
    this.#value = value;
    Object.freeze(this);
  }

  /** True for a Secret of any copy of this module in the process. */
  static is(value: unknown): value is Secret {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  /** Wraps a string, and leaves a Secret and undefined as they are. */
  static of<T extends string | Secret | undefined>(value: T): T extends undefined ? undefined : Secret {
    return (typeof value === 'string' ? new Secret(value) : value) as T extends undefined ? undefined : Secret;
  }

  get [BRAND](): true {
    return true;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.toPrimitive](): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}

/**
 * Returns the text with every secret in it, also one that a line end cuts or quotes have escaped, replaced by `[secret]`; the longest go first, so that one that holds
 * another leaves no rest. Those of one or two characters are passed over: blanked out wherever they stand, they would
 * make every text unreadable and give themselves away.
 */
export function redact(text: string, secrets: Iterable<Secret>): string {
  const values = [...new Set([...secrets].flatMap((secret) => writtenAs(secret.reveal())))]
    .filter((value) => value.length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
  let clean = text;
  for (const value of values) clean = clean.replaceAll(value, MASK);
  if (!/[\r\n]/.test(clean)) return clean;
  // A terminal may have broken a line in the middle of one.
  for (const value of values) clean = clean.replace(acrossLines(value), MASK);
  return clean;
}

/** As it is, and as it stands in a text that was put into quotes. */
function writtenAs(value: string): readonly string[] {
  return [value, JSON.stringify(value).slice(1, -1)];
}

function acrossLines(value: string): RegExp {
  const characters = [...value].map((one) => one.replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&'));
  return new RegExp(characters.join('[\\r\\n]*'), 'gu');
}
