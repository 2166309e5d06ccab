/** Telnet as a server speaks it: RFC 854 (commands), 855 (options), 857 (echo), 858, 1073 (window), 1091 (terminal type). */
const IAC = 255;
const DONT = 254;
const DO = 253;
const WONT = 252;
const WILL = 251;
const SB = 250;
const AYT = 246;
const SE = 240;

const ECHO = 1;
const SUPPRESS_GO_AHEAD = 3;
const TERMINAL_TYPE = 24;
const WINDOW_SIZE = 31;

/** A subnegotiation longer than this is no honest one; the rest of it is dropped. */
const LONGEST_SUBNEGOTIATION = 256;

export interface TelnetEvents {
  /** What the client typed, one character a byte. */
  text(text: string): void;
  /** Bytes for the client that are part of the protocol, not of the conversation. */
  reply(bytes: Buffer): void;
  windowSize(size: { columns: number; rows: number }): void;
}

type State = 'data' | 'command' | 'option' | 'subnegotiation' | 'subnegotiation command';

/** Splits what a telnet client sends into text and protocol, and answers the protocol. */
export class TelnetCodec {
  readonly #events: TelnetEvents;
  #state: State = 'data';
  #verb = 0;
  #subnegotiation: number[] = [];

  constructor(events: TelnetEvents) {
    this.#events = events;
  }

  /** What IOS says first. */
  start(): void {
    this.#say(WILL, ECHO);
    this.#say(WILL, SUPPRESS_GO_AHEAD);
    this.#say(DO, TERMINAL_TYPE);
    this.#say(DO, WINDOW_SIZE);
  }

  decode(bytes: Uint8Array): void {
    let text = '';
    for (const byte of bytes) {
      if (this.#state === 'data' && byte !== IAC) text += String.fromCharCode(byte);
      else text += this.#protocol(byte);
    }
    if (text !== '') this.#events.text(text);
  }

  /** Makes bytes of the device's text: 255 is doubled, and a carriage return without a line feed gets a NUL (RFC 854). */
  static encode(text: string): Buffer {
    return Buffer.from(text.replace(/\xff/g, '\xff\xff').replace(/\r(?!\n)/g, '\r\0'), 'latin1');
  }

  #protocol(byte: number): string {
    switch (this.#state) {
      case 'data':
        this.#state = 'command';
        return '';
      case 'command':
        return this.#command(byte);
      case 'option':
        this.#state = 'data';
        this.#option(this.#verb, byte);
        return '';
      case 'subnegotiation':
        if (byte === IAC) this.#state = 'subnegotiation command';
        else this.#collect(byte);
        return '';
      case 'subnegotiation command':
        this.#state = byte === SE ? 'data' : 'subnegotiation';
        if (byte === IAC) this.#collect(byte);
        else if (byte === SE) this.#subnegotiated();
        return '';
    }
  }

  #command(byte: number): string {
    this.#state = 'data';
    if (byte === IAC) return '\xff';
    if (byte >= WILL && byte <= DONT) {
      this.#verb = byte;
      this.#state = 'option';
    } else if (byte === SB) {
      this.#subnegotiation = [];
      this.#state = 'subnegotiation';
    } else if (byte === AYT) {
      this.#events.reply(Buffer.from('\r\n[Yes]\r\n'));
    }
    return '';
  }

  /** Replies only where something would change: what was offered at the start is never answered again. */
  #option(verb: number, option: number): void {
    if (verb === WILL) {
      if (option === TERMINAL_TYPE) this.#events.reply(Buffer.from([IAC, SB, TERMINAL_TYPE, 1, IAC, SE]));
      else if (option !== WINDOW_SIZE) this.#say(DONT, option);
    } else if (verb === DO && option !== ECHO && option !== SUPPRESS_GO_AHEAD) {
      this.#say(WONT, option);
    }
    // A client that refuses our echo (DONT ECHO) is heard, and IOS echoes all the same.
  }

  #collect(byte: number): void {
    if (this.#subnegotiation.length < LONGEST_SUBNEGOTIATION) this.#subnegotiation.push(byte);
  }

  #subnegotiated(): void {
    const [option, widthHigh = 0, widthLow = 0, heightHigh = 0, heightLow = 0] = this.#subnegotiation;
    if (option !== WINDOW_SIZE) return;
    this.#events.windowSize({ columns: widthHigh * 256 + widthLow, rows: heightHigh * 256 + heightLow });
  }

  #say(verb: number, option: number): void {
    this.#events.reply(Buffer.from([IAC, verb, option]));
  }
}
