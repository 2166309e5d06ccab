import type { Platform } from '../../platforms/index.js';
import type { Channel } from './channel.js';
import type { Prompt } from './prompt.js';

/** How much of a long line a device shows behind a `$` when it scrolls it sideways instead of wrapping it. */
const LEAST_SCROLLED = 8;

interface Conversing {
  readonly platform: Platform;
  readonly channel: Channel;
  readonly prompt: Prompt;
}

/** Watches for the echo of one line: make it right before the line is sent. What stands above the echo is no answer. */
export class Echo {
  readonly #channel: Channel;
  readonly #devicePrompt: Prompt;
  readonly #typed: string;
  readonly #promptBefore: string;
  /** All that stood on the line when it was typed: a message of the device may have come behind the prompt. */
  readonly #onLine: string;
  /** The device echoes nothing: the answer begins on the line of the prompt, behind it. */
  readonly none: boolean;
  #prompt: string;
  #start = -1;
  #index = -1;
  #behindPrompt = false;
  #looked = 0;

  constructor({ platform, channel, prompt }: Conversing, line: string) {
    this.#channel = channel;
    this.none = platform.terminal.echo === 'none';
    this.#devicePrompt = prompt;
    this.#typed = line.trimEnd();
    this.#promptBefore = prompt.text;
    this.#prompt = prompt.text;
    this.#onLine = channel.line.trimEnd();
  }

  /** The prompt that the line was typed at, as the echo shows it. */
  get prompt(): string {
    return this.#prompt;
  }

  get seen(): boolean {
    return this.#index !== -1 || (this.none && this.#channel.lines.length > 0);
  }

  /** The number of the line that the echo begins on: it may come twice. */
  get start(): number {
    return Math.max(0, this.#start);
  }

  /** The number of the first line behind the echo, counted from where the echo was waited for. */
  get end(): number {
    return this.#index + 1;
  }

  /** Whether the prompt was shown once more on the line of the echo, or is still the one that the line was typed at. */
  get behindPrompt(): boolean {
    return this.#behindPrompt;
  }

  /** Looks through what has come since it was last asked; true once the echo is there. */
  find(): boolean {
    const { received } = this.#channel;
    if (this.none) return this.seen;
    for (; this.#looked < received.count && !this.#settled(); this.#looked++) {
      const [line, above] = [received.lineAt(this.#looked), received.lineAt(this.#looked - 1)];
      if (line === undefined || !this.#isEcho(line, above)) continue;
      if (this.#looked !== this.end || !this.seen) this.#start = this.#looked;
      this.#index = this.#looked;
    }
    return this.seen;
  }

  /** What a device that echoes nothing has printed behind the prompt on its line; undefined where it echoes. */
  get opening(): string | undefined {
    const first = this.#channel.received.lineAt(0) ?? '';
    const before = this.#promptBefore.trimEnd();
    return this.none && first.startsWith(before) ? first.slice(before.length).trimStart() : undefined;
  }

  /** The lines behind the echo; undefined as long as it has not come. */
  linesBehind(): readonly string[] | undefined {
    return this.find() ? this.#channel.lines.slice(this.end) : undefined;
  }

  /**
   * Behind a prompt that may have been a banner's line, a bare echo may come from a terminal whose shell does not read
   * yet: the shell echoes the line once more, behind the real prompt. And a device that is behind does so right below.
   */
  #settled(): boolean {
    if (!this.seen) return false;
    const { confirmed } = this.#devicePrompt;
    // Where the prompt was proved, a second echo right below tells that what it was sent at was only a copy.
    if (this.#typed !== '' && this.#looked === this.end) return confirmed;
    return this.#behindPrompt || confirmed;
  }

  /**
   * Whether a line below the echo is one once more, behind the prompt: a shell that was still busy has then echoed what
   * was typed at once, behind a copy of its prompt, and echoes it again when it reads it.
   */
  comesAgain(line: string, lineAbove = ''): boolean {
    if (this.#typed === '' || !this.seen) return false;
    const shown = line.trimEnd();
    const before = this.#promptBefore.trimEnd();
    if (this.#isScrolled(shown, before)) return true;
    if (!shown.endsWith(this.#typed)) return false;
    const ahead = shown.slice(0, shown.length - this.#typed.length);
    const { mode } = this.#devicePrompt;
    const bare = ahead.trimEnd();
    // Behind the last line of an answer that it did not end, where the prompt has a name to know it by.
    const behindText = this.#devicePrompt.host !== undefined && bare.endsWith(before);
    return bare === before || behindText || this.#devicePrompt.matches(ahead, lineAbove)?.mode === mode;
  }

  #isEcho(line: string, lineAbove = ''): boolean {
    const shown = line.trimEnd();
    const before = this.#promptBefore.trimEnd();
    if (this.#isScrolled(shown, before)) return !this.seen;
    if (!shown.endsWith(this.#typed)) return false;
    const ahead = shown.slice(0, shown.length - this.#typed.length);
    if (this.#typed === '') {
      this.#behindPrompt ||= ahead === before;
      return ahead === before || (!this.seen && (ahead === '' || ahead === this.#onLine));
    }
    if (ahead.trimEnd() === before || this.#isPrompt(ahead, lineAbove)) {
      this.#prompt = ahead;
      this.#behindPrompt = true;
      return true;
    }
    return !this.seen && (ahead === '' || ahead.trimEnd() === this.#onLine);
  }

  /** The prompt that was taken for the device's own may have been a line of its banner: the echo shows the real one. */
  #isPrompt(text: string, lineAbove: string): boolean {
    const prompt = this.#devicePrompt;
    // An echo behind a prompt has shown the real one: `Invalid input -> show x` must not be taken for another.
    if (!prompt.confirmed) {
      return prompt.recognise(text, lineAbove) || (!this.#behindPrompt && prompt.learn(text, lineAbove));
    }
    const { mode } = prompt;
    return prompt.recognise(text, lineAbove, (match) => match.mode === mode);
  }

  /**
   * A line that is wider than the terminal is scrolled: IOS shows `R1#$he end of a long line`, and readline, which
   * shells edit with, `<he end of a long line`.
   */
  #isScrolled(shown: string, before: string): boolean {
    const mark = [`${before}$`, '<'].find((start) => shown.startsWith(start));
    const end = mark === undefined ? '' : shown.slice(mark.length);
    return end.length >= LEAST_SCROLLED && this.#typed.endsWith(end);
  }
}
