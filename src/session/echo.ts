import type { Channel } from './channel.js';
import type { Prompt } from './prompt.js';

/** How much of a long line a device shows behind a `$` when it scrolls it sideways instead of wrapping it. */
const LEAST_SCROLLED = 8;

interface Conversing {
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
  #prompt: string;
  #index = -1;
  #behindPrompt = false;
  #looked = 0;

  constructor({ channel, prompt }: Conversing, line: string) {
    this.#channel = channel;
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
    return this.#index !== -1;
  }

  /** The lines behind the echo; undefined as long as it has not come. */
  linesBehind(): readonly string[] | undefined {
    const { lines } = this.#channel;
    // Behind a prompt that may have been a banner's line, a bare echo may come from a terminal whose shell does not
    // read yet: the shell echoes the line once more, behind the real prompt.
    for (; this.#looked < lines.length && !(this.seen && this.#settled()); this.#looked++) {
      if (this.#isEcho(lines[this.#looked] ?? '', lines[this.#looked - 1])) this.#index = this.#looked;
    }
    return this.seen ? lines.slice(this.#index + 1) : undefined;
  }

  #settled(): boolean {
    return this.#behindPrompt || this.#devicePrompt.confirmed;
  }

  #isEcho(line: string, lineAbove = ''): boolean {
    const shown = line.trimEnd();
    const before = this.#promptBefore.trimEnd();
    if (this.#isScrolled(shown, before)) return true;
    if (!shown.endsWith(this.#typed)) return false;
    const ahead = shown.slice(0, shown.length - this.#typed.length);
    if (this.#typed === '') return ahead === before || (ahead === '' && !this.seen);
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
    return prompt.recognise(text, lineAbove) || (!prompt.confirmed && prompt.learn(text, lineAbove));
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
