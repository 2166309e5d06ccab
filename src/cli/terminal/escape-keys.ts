/** What came of keys: what goes to the device, and what the person wants of rollcall itself. */
export interface Keys {
  readonly send: Uint8Array;
  readonly wants?: 'close' | 'help';
}

/** Behind Enter, Ctrl-C and Ctrl-Z the device begins a new line. */
const LINE_ENDS: readonly number[] = [13, 10, 3, 26];
const DOT = 46;
const QUESTION_MARK = 63;

/** Takes the keys out of what is typed that are meant for rollcall: the escape character at the beginning of a line. */
export class EscapeKeys {
  readonly #escape: number | undefined;
  #atLineStart = true;
  /** The escape character was typed, and nobody knows yet for whom. */
  #open = false;

  /** Without a character all keys go to the device. */
  constructor(character: string | undefined) {
    this.#escape = character?.charCodeAt(0);
  }

  take(typed: Uint8Array): Keys {
    const send: number[] = [];
    for (const key of typed) {
      if (this.#open) {
        this.#open = false;
        if (key === DOT) return { send: Uint8Array.from(send), wants: 'close' };
        if (key === QUESTION_MARK) return { send: Uint8Array.from(send), wants: 'help' };
        if (this.#escape !== undefined) send.push(this.#escape);
        this.#atLineStart = LINE_ENDS.includes(key);
        if (key !== this.#escape) send.push(key);
      } else if (this.#atLineStart && key === this.#escape) {
        this.#open = true;
      } else {
        send.push(key);
        this.#atLineStart = LINE_ENDS.includes(key);
      }
    }
    return { send: Uint8Array.from(send) };
  }
}
