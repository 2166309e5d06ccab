import type { Platform, TranscriptCase } from '../../platforms/index.js';
import type { Transport } from '../../transport/index.js';
import { anyOf } from '../line/patterns.js';
import { Renderer } from '../line/renderer.js';

/** How what the device says is cut: uncut, byte by byte, or in two pieces at that byte. */
export type Split = 'whole' | 'bytes' | number;

/** The session looks for more for two turns of the event loop before it takes a prompt for the end. */
function inAFewTurns(then: () => void): void {
  setImmediate(() => setImmediate(() => setImmediate(then)));
}

/** A device in memory that says what a transcript holds: the greeting at once, the rest when the command was typed. */
export class TranscriptDevice implements Transport {
  readonly #transcript: TranscriptCase;
  readonly #platform: Platform;
  readonly #split: Split;
  /** What is still to be said; at a pager it waits for a key. */
  #turns: (readonly Uint8Array[])[] = [];
  #onData: ((bytes: Uint8Array) => void) | undefined;
  #onClose: ((error?: Error) => void) | undefined;
  #typed = '';
  #wasTyped = false;
  #talking = false;
  /** Keys pressed while it was still talking, which a device reads afterwards. */
  #keys = 0;

  constructor(transcript: TranscriptCase, platform: Platform, split: Split) {
    this.#transcript = transcript;
    this.#platform = platform;
    this.#split = split;
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#onData = listener;
    this.#turns = [pieces(this.#transcript.before, this.#split)];
    this.#keys = 1;
    this.#sayNext();
  }

  onClose(listener: (error?: Error) => void): void {
    this.#onClose = listener;
  }

  write(bytes: Uint8Array): void {
    this.#typed += Buffer.from(bytes).toString();
    const line = `${this.#transcript.command}${this.#platform.terminal.newline}`;
    if (!this.#wasTyped && this.#typed === line) {
      this.#wasTyped = true;
      this.#turns = turnsOf(this.#transcript, this.#platform).map((turn) => pieces(turn, this.#split));
    } else if (!this.#wasTyped) return;
    this.#keys++;
    if (!this.#talking) this.#sayNext();
  }

  pause(): void {}

  resume(): void {}

  /** Hangs up, so that nothing waits for what will not come. */
  close(): void {
    this.#turns = [];
    this.#onClose?.();
  }

  /** Each piece comes when the session has read all that there was, as on a slow line. */
  #sayNext(): void {
    const turn = this.#turns.shift() ?? [];
    this.#keys--;
    this.#talking = true;
    const step = (index: number): void => {
      const piece = turn[index];
      if (piece !== undefined) {
        inAFewTurns(() => {
          this.#onData?.(piece);
          step(index + 1);
        });
        return;
      }
      this.#talking = false;
      if (this.#keys > 0) this.#sayNext();
    };
    step(0);
  }
}

function pieces(text: string, split: Split): readonly Uint8Array[] {
  const bytes = Buffer.from(text);
  if (split === 'bytes') return [...bytes].map((byte) => Uint8Array.of(byte));
  const at = split === 'whole' ? 0 : Math.min(split, bytes.length);
  return [bytes.subarray(0, at), bytes.subarray(at)].filter(({ length }) => length > 0);
}

/** Cuts what was received where the device waited for a key: a pager's prompt with a control character behind it. */
function turnsOf({ received }: TranscriptCase, { terminal, pager }: Platform): readonly string[] {
  const pagers = anyOf(pager.map(({ prompt }) => prompt));
  const renderer = new Renderer(terminal.columns, () => {});
  const turns: string[] = [];
  let from = 0;
  for (let at = 0; at < received.length; at++) {
    renderer.write(received[at] ?? '');
    const next = received[at + 1];
    if (next === undefined || !/[\r\b\u001b]/.test(next)) continue;
    const line = renderer.lineBeforeCursor(received.length);
    if (line === '' || !pagers.test(line)) continue;
    turns.push(received.slice(from, at + 1));
    from = at + 1;
    renderer.eraseLine();
  }
  return [...turns, received.slice(from)];
}
