import { quote } from '../quote.js';
import type { Recording } from './parse.js';

/** What a replay does towards whoever plays the session again. */
export interface PlayerEvents {
  say(bytes: Uint8Array): void;
  /** The recording is over; `problem` tells why it does not go on, where that is not its orderly end. */
  end(problem?: string): void;
}

export interface PlayerOptions extends PlayerEvents {
  /** 1 is the speed of the recording, 2 twice that; absent: at once. */
  readonly speed?: number | undefined;
}

/** What stands for a secret that the device said. */
const MASK = Buffer.from('[secret]');
/** How much of what was typed instead a message shows. */
const SHOWN = 80;
const CR = 13;
const LF = 10;
const NUL = 0;

/**
 * The device's side of a recording: says what the device said, waits for what was typed then, and ends where anything
 * else is typed. What was blanked out fits any text; the device repeats it as it is typed now.
 */
export class Player {
  readonly #recording: Recording;
  readonly #options: PlayerOptions;
  #next = 0;
  /** How much of the pieces of an entry that is waited for has been typed. */
  #piece = 0;
  #byte = 0;
  #typed = Buffer.alloc(0);
  /** What has fitted of the line that is being typed, for messages. */
  #fitted = '';
  #lineEnded = false;
  /** What was typed for secrets, until the device has repeated it or ended the line. */
  #secrets: Buffer[] = [];
  #secret: number[] = [];
  #timer: NodeJS.Timeout | undefined;
  #playedMs = 0;
  #over = false;

  constructor(recording: Recording, options: PlayerOptions) {
    this.#recording = recording;
    this.#options = options;
  }

  /** Says what the device said first. */
  start(): void {
    this.#play();
  }

  /** Takes what is typed. */
  input(bytes: Uint8Array): void {
    if (this.#over) return;
    this.#typed = Buffer.concat([this.#typed, bytes]);
    if (this.#timer === undefined) this.#play();
  }

  /** Ends it: nothing more is said. */
  stop(): void {
    this.#over = true;
    clearTimeout(this.#timer);
  }

  #play(): void {
    const { entries, cut } = this.#recording;
    this.#timer = undefined;
    for (;;) {
      if (this.#over) return;
      const entry = entries[this.#next];
      if (entry === undefined) return this.#end(cut ?? 'the recording is over');
      if (entry.kind === 'end') return this.#end(entry.text === '' ? undefined : entry.text);
      if (entry.kind === 'received' && this.#waits(entry.atMs)) return;
      if (entry.kind === 'sent' && !this.#matches(entry.pieces, entry.line)) return;
      if (entry.kind === 'received') for (const piece of entry.pieces) this.#say(piece);
      this.#playedMs = entry.atMs;
      this.#next++;
    }
  }

  #waits(atMs: number): boolean {
    const { speed } = this.#options;
    const waitMs = speed === undefined ? 0 : (atMs - this.#playedMs) / speed;
    if (waitMs <= 0) return false;
    this.#playedMs = atMs;
    this.#timer = setTimeout(() => this.#play(), waitMs);
    return true;
  }

  #say(piece: Uint8Array | 'secret'): void {
    if (piece === 'secret') return this.#options.say(this.#secrets.shift() ?? MASK);
    if (piece.includes(LF)) this.#secrets = [];
    this.#options.say(piece);
  }

  /** Whether all of it was typed. */
  #matches(pieces: readonly (Uint8Array | 'secret')[], line: number): boolean {
    for (let piece = pieces[this.#piece]; piece !== undefined; piece = pieces[++this.#piece]) {
      const done = piece === 'secret' ? this.#takeSecret(pieces) : this.#takeBytes(piece, line);
      if (!done) return false;
    }
    this.#piece = 0;
    return true;
  }

  #takeBytes(piece: Uint8Array, line: number): boolean {
    while (this.#byte < piece.length) {
      const [typed] = this.#typed;
      if (typed === undefined) return false;
      // Telnet's Enter has one of these behind it (RFC 854, page 11), whatever was recorded.
      const padding = this.#fitted === '' && (typed === NUL || typed === LF);
      if (typed !== piece[this.#byte] && padding && this.#lineEnded) {
        this.#typed = this.#typed.subarray(1);
        this.#lineEnded = false;
        continue;
      }
      if (typed !== piece[this.#byte]) {
        this.#mismatch(piece, line);
        return false;
      }
      this.#typed = this.#typed.subarray(1);
      this.#lineEnded = typed === CR;
      this.#fitted = typed === CR || typed === LF ? '' : this.#fitted + String.fromCharCode(typed);
      this.#byte++;
    }
    this.#byte = 0;
    return true;
  }

  /** A secret goes on until what was typed behind it, or the end of the line. */
  #takeSecret(pieces: readonly (Uint8Array | 'secret')[]): boolean {
    const stop = this.#typedBehind(pieces);
    for (;;) {
      const [typed] = this.#typed;
      if (typed === undefined) return false;
      if (typed === NUL || (typed === LF && this.#lineEnded && this.#secret.length === 0)) {
        this.#typed = this.#typed.subarray(1);
        continue;
      }
      if (typed === stop || typed === CR || typed === LF) break;
      this.#secret.push(typed);
      this.#typed = this.#typed.subarray(1);
    }
    this.#secrets.push(Buffer.from(this.#secret));
    this.#secret = [];
    this.#fitted += MASK.toString();
    return true;
  }

  #typedBehind(pieces: readonly (Uint8Array | 'secret')[]): number {
    const isBytes = (piece: Uint8Array | 'secret'): piece is Uint8Array => piece !== 'secret';
    const here = pieces.slice(this.#piece + 1).find(isBytes);
    if (here !== undefined) return here[0] ?? CR;
    for (let at = this.#next + 1; at < this.#recording.entries.length; at++) {
      const entry = this.#recording.entries[at];
      const bytes = entry?.kind === 'sent' ? entry.pieces.find(isBytes) : undefined;
      if (bytes !== undefined) return bytes[0] ?? CR;
    }
    return CR;
  }

  #mismatch(piece: Uint8Array, line: number): void {
    const whole = (bytes: Uint8Array): string =>
      quote(
        this.#fitted +
          Buffer.from(bytes)
            .toString('latin1')
            .replace(/\r[\n\0]/g, '\r'),
      );
    const recorded = whole(piece.subarray(this.#byte));
    const { file } = this.#recording;
    this.#end(
      `${file}:${line}: recorded is the input ${recorded}; what came is ${whole(this.#typed.subarray(0, SHOWN))}`,
    );
  }

  #end(problem: string | undefined): void {
    this.stop();
    this.#options.end(problem);
  }
}
