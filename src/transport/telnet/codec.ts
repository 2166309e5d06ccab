/** Telnet's bytes (RFC 854, 855) and the options that are spoken here (RFC 857, 858, 1073, 1091). */
const IAC = 255;
const DONT = 254;
const DO = 253;
const WONT = 252;
const WILL = 251;
const SB = 250;
const SE = 240;

const ECHO = 1;
const SUPPRESS_GO_AHEAD = 3;
const TERMINAL_TYPE = 24;
const WINDOW_SIZE = 31;

const TERMINAL_TYPE_IS = 0;
const TERMINAL_TYPE_SEND = 1;

const CR = 13;
const LF = 10;
const NUL = 0;

/** A subnegotiation longer than this is no telnet, and is cut. */
const LONGEST_SUBNEGOTIATION = 512;

/** What the other side may switch on at its end, and what we switch on at ours when asked. */
const THEIRS = new Set([ECHO, SUPPRESS_GO_AHEAD]);
const OURS = new Set([SUPPRESS_GO_AHEAD, TERMINAL_TYPE, WINDOW_SIZE]);

export interface TelnetCodecOptions {
  readonly columns: number;
  readonly rows: number;
  readonly terminal: string;
  /** Sends negotiation bytes. */
  readonly reply: (bytes: Uint8Array) => void;
}

type State = 'data' | 'cr' | 'iac' | 'verb' | 'sub' | 'sub-iac';

/** Takes telnet's commands out of what arrives, answers them, and puts what is sent into telnet's form. */
export class TelnetCodec {
  readonly #options: TelnetCodecOptions;
  #size: { readonly columns: number; readonly rows: number };
  readonly #theirs = new Set<number>();
  readonly #ours = new Set<number>();
  #state: State = 'data';
  #verb = 0;
  #sub: number[] = [];

  constructor(options: TelnetCodecOptions) {
    this.#options = options;
    this.#size = options;
  }

  /** Sets the size of the terminal, and sends it where the other side has asked for it (RFC 1073). */
  resize(columns: number, rows: number): void {
    this.#size = { columns, rows };
    if (this.#ours.has(WINDOW_SIZE)) this.#sendWindowSize();
  }

  /** Returns the text bytes of a chunk; a command may begin in one chunk and end in the next. */
  decode(chunk: Uint8Array): Uint8Array {
    const text = new Uint8Array(chunk.length + 1);
    let length = 0;
    for (const byte of chunk) {
      if (this.#state === 'cr') {
        this.#state = 'data';
        // CR NUL is a bare carriage return (RFC 854, page 11).
        if (byte === NUL) continue;
      }
      switch (this.#state) {
        case 'data':
          if (byte === IAC) this.#state = 'iac';
          else {
            if (byte === CR) this.#state = 'cr';
            text[length++] = byte;
          }
          break;
        case 'iac':
          if (byte === IAC) text[length++] = IAC;
          this.#state = byte >= WILL && byte <= DONT ? 'verb' : byte === SB ? 'sub' : 'data';
          this.#verb = byte;
          this.#sub = [];
          break;
        case 'verb':
          this.#state = 'data';
          this.#negotiate(this.#verb, byte);
          break;
        case 'sub':
          if (byte === IAC) this.#state = 'sub-iac';
          else if (this.#sub.length < LONGEST_SUBNEGOTIATION) this.#sub.push(byte);
          break;
        case 'sub-iac':
          if (byte === SE) {
            this.#state = 'data';
            this.#subnegotiated(this.#sub);
          } else {
            this.#state = 'sub';
            if (byte === IAC) this.#sub.push(IAC);
          }
          break;
      }
    }
    return text.subarray(0, length);
  }

  /** Puts text bytes into telnet's form: IAC doubled, a CR that no LF follows as CR NUL. */
  encode(text: Uint8Array): Uint8Array {
    const bytes: number[] = [];
    text.forEach((byte, index) => {
      bytes.push(byte);
      if (byte === IAC) bytes.push(IAC);
      else if (byte === CR && text[index + 1] !== LF) bytes.push(NUL);
    });
    return Uint8Array.from(bytes);
  }

  /** Answers only what changes a state: an answer to an answer would never end (RFC 854, page 3). */
  #negotiate(verb: number, option: number): void {
    const theirSide = verb === WILL || verb === WONT;
    const enabled = theirSide ? this.#theirs : this.#ours;
    const wanted = theirSide ? THEIRS : OURS;
    const on = verb === WILL || verb === DO;
    const [yes, no] = theirSide ? [DO, DONT] : [WILL, WONT];
    if (!on) {
      if (enabled.delete(option)) this.#send(no, option);
      return;
    }
    if (!wanted.has(option)) return this.#send(no, option);
    if (enabled.has(option)) return;
    enabled.add(option);
    this.#send(yes, option);
    if (!theirSide && option === WINDOW_SIZE) this.#sendWindowSize();
  }

  #subnegotiated([option, command]: readonly number[]): void {
    if (option !== TERMINAL_TYPE || command !== TERMINAL_TYPE_SEND) return;
    const name = new TextEncoder().encode(this.#options.terminal);
    this.#options.reply(Uint8Array.of(IAC, SB, TERMINAL_TYPE, TERMINAL_TYPE_IS, ...name, IAC, SE));
  }

  #sendWindowSize(): void {
    const { columns, rows } = this.#size;
    const size = [columns >> 8, columns & 255, rows >> 8, rows & 255];
    const escaped = size.flatMap((byte) => (byte === IAC ? [IAC, IAC] : [byte]));
    this.#options.reply(Uint8Array.of(IAC, SB, WINDOW_SIZE, ...escaped, IAC, SE));
  }

  #send(verb: number, option: number): void {
    this.#options.reply(Uint8Array.of(IAC, verb, option));
  }
}
