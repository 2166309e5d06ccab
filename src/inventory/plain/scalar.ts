import type { Look } from '../node.js';

/** A text, what stands before it in `problems`, and nothing else: what the nodes of a plain file share. */
export interface Source {
  readonly text: string;
  readonly base: number;
  /** One copy of each key that many devices have. */
  readonly keys: Map<string, string>;
}

/** Beyond it the keys are names of devices, each a different one. */
const MOST_KEYS = 1000;

/** The same text as it was met first. */
export function sharedKey({ keys }: Source, key: string): string {
  const before = keys.get(key);
  if (before === undefined && keys.size < MOST_KEYS) keys.set(key, key);
  return before ?? key;
}

const NOTHING: Look = { kind: 'nothing' };
const DOUBLE = 0x22;
const SINGLE = 0x27;

/** A scalar on one line, with its quotes; the same as the library's scalar of that text. */
export class Scalar {
  readonly #source: Source;
  readonly #from: number;
  readonly #to: number;

  constructor(source: Source, from: number, to: number) {
    this.#source = source;
    this.#from = from;
    this.#to = to;
  }

  get at(): number {
    return this.#source.base + this.#from;
  }

  get anchored(): boolean {
    return false;
  }

  get hollow(): boolean {
    return this.#from === this.#to || textOf(this.#source.text, this.#from, this.#to) === '';
  }

  look(): Look {
    const first = this.#source.text.charCodeAt(this.#from);
    const plain = this.#from === this.#to || (first !== DOUBLE && first !== SINGLE);
    const text = textOf(this.#source.text, this.#from, this.#to);
    return plain && isNothing(text) ? NOTHING : { kind: 'text', text, plain };
  }
}

/** Whether a text without quotes says that there is none. */
export const isNothing = (text: string): boolean =>
  text === '' || text === '~' || text === 'null' || text === 'Null' || text === 'NULL';

/** The text of a scalar, without its quotes and escapes. */
export function textOf(text: string, from: number, to: number): string {
  const first = text.charCodeAt(from);
  if (from === to || (first !== DOUBLE && first !== SINGLE)) return text.slice(from, to);
  const inner = text.slice(from + 1, to - 1);
  if (first === SINGLE) return inner.includes("'") ? inner.replaceAll("''", "'") : inner;
  return inner.includes('\\') ? (JSON.parse(`"${inner}"`) as string) : inner;
}

const SINGLE_QUOTED = /'[^'\r\n\t]*(?:''[^'\r\n\t]*)*'/y;
/** With the escapes of JSON, which YAML has too; two surrogates are one character for both. */
const DOUBLE_QUOTED = /"[^"\\\p{Cc}]*(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})[^"\\\p{Cc}]*)*"/uy;

/** Where the scalar in quotes ends that begins here; -1 when there is a doubt. */
export function quotedEnd(text: string, from: number): number {
  const pattern = text.charCodeAt(from) === DOUBLE ? DOUBLE_QUOTED : SINGLE_QUOTED;
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : -1;
}
