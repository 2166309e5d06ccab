import type { DeviceLine } from '../device.js';
import type { FaultPlan } from '../faults.js';
import { LineEditor, type LineEditorOptions, type LineEnd } from './line-editor.js';

/** Thrown into a conversation whose line is gone; nobody but the shell's outermost loop sees it. */
export class LineGone extends Error {}

/** More typed ahead than this is lost, as on a device. */
const TYPED_AHEAD = 64 * 1024;

interface Reader {
  key(character: string): void;
  reject(reason: Error): void;
}

/** The terminal as the device's software sees it: it reads lines and keys, prints, and waits. */
export class Tty {
  readonly #line: DeviceLine;
  readonly #faults: FaultPlan;
  readonly #timers = new Set<NodeJS.Timeout>();
  #typed = '';
  #afterReturn = false;
  #reader: Reader | undefined;
  #output = '';
  #gone = false;
  columns = 80;
  rows = 24;

  constructor(line: DeviceLine, faults: FaultPlan) {
    this.#line = line;
    this.#faults = faults;
  }

  /** What the client sent; it waits here until somebody reads. */
  input(text: string): void {
    this.#typed = (this.#typed + text).slice(0, TYPED_AHEAD);
    this.#feed();
  }

  print(text: string): void {
    // Printed together what belongs together: one packet for the echo of a whole line, one for an answer and its prompt.
    if (this.#output === '') queueMicrotask(() => this.flush());
    this.#output += text;
  }

  /** Hands over what was printed and not yet sent. */
  flush(): void {
    const text = this.#output;
    this.#output = '';
    if (this.#gone) return;
    const step = this.#faults.pieceLength;
    for (let at = 0; at < text.length; at += step) this.#line.write(text.slice(at, at + step));
  }

  async readLine(options: Partial<LineEditorOptions> = {}): Promise<{ line: string; end: LineEnd }> {
    const echo = options.echo ?? true;
    const full = { prompt: '', help: false, initial: '', history: [], width: this.columns, ...options };
    const editor = new LineEditor({ ...full, echo: echo && this.#faults.echo });
    this.print(editor.open());
    return this.readKeys((character, done) => {
      const { print, end } = editor.key(character);
      this.print(print);
      if (end !== undefined) done({ line: editor.line, end });
    });
  }

  /** Reads one key, and echoes nothing. */
  async readKey(): Promise<string> {
    return this.readKeys((character, done) => done(character));
  }

  /** Waits for the device to be done with something; what is typed meanwhile is kept. */
  async pause(ms: number): Promise<void> {
    if (ms <= 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        resolve();
      }, ms);
      this.#timers.add(timer);
    });
  }

  /** Says nothing more, for ever; the line stays open. */
  async hang(): Promise<never> {
    this.#typed = '';
    return this.readKeys<never>(() => {});
  }

  end(): void {
    this.flush();
    this.#line.end();
    this.closed();
  }

  /** The line is gone: whoever reads gets `LineGone`, and no timer is left. */
  closed(): void {
    if (this.#gone) return;
    this.#gone = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#reader?.reject(new LineGone());
    this.#reader = undefined;
  }

  /** Gives every key to a handler until it says that it is done. */
  readKeys<T>(onKey: (character: string, done: (value: T) => void) => void): Promise<T> {
    if (this.#gone) return Promise.reject(new LineGone());
    return new Promise<T>((resolve, reject) => {
      const done = (value: T): void => {
        this.#reader = undefined;
        resolve(value);
      };
      this.#reader = { reject, key: (character) => onKey(character, done) };
      this.#feed();
    });
  }

  #feed(): void {
    let at = 0;
    while (this.#reader !== undefined && at < this.#typed.length) {
      const character = this.#typed[at++] ?? '';
      // A line feed or a NUL after a carriage return belongs to it (RFC 854): one Enter, not two.
      const joined = this.#afterReturn && (character === '\n' || character === '\0');
      this.#afterReturn = character === '\r';
      if (!joined) this.#reader.key(character);
    }
    this.#typed = this.#typed.slice(at);
  }
}
