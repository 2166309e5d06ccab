import { matchPrompt, type Platform, type PromptMatch } from '../platforms/index.js';

/** What is known of this device's prompt: its host name, once seen, and the mode that it last showed. */
export class Prompt {
  readonly #platform: Platform;
  #host: string | undefined;
  #user: string | undefined;
  /** A host name that the device may have taken on since: it was told to. */
  #nextHost: string | undefined;
  #confirmed = false;
  #text = '';
  #mode = '';

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** What the device calls itself; undefined where its prompt holds no name. */
  get host(): string | undefined {
    return this.#host;
  }

  get mode(): string {
    return this.#mode;
  }

  /** The prompt as it was last seen, with its trailing spaces. */
  get text(): string {
    return this.#text;
  }

  /** Takes any prompt of the platform's grammar as this device's own; false when the line is none. */
  learn(line: string): boolean {
    const match = matchPrompt(this.#platform, line);
    if (match === undefined) return false;
    this.#host = match.host;
    this.#user = match.user;
    this.#see(line, match);
    return true;
  }

  /**
   * Returns what stands before the exact prompt on the same line, where the platform's answers may lack their last line
   * end; undefined when the line does not end in the prompt. A prompt without a name in it is too short to be told from text.
   */
  textBefore(line: string): string | undefined {
    const text = this.#text.trimEnd();
    const known = this.#platform.unendedAnswers === true && this.#host !== undefined && line.trimEnd().endsWith(text);
    return known ? line.trimEnd().slice(0, -text.length) : undefined;
  }

  /** Whether the line is this device's prompt; when it is, it becomes the one that was last seen. */
  recognise(line: string): boolean {
    const match = matchPrompt(this.#platform, line);
    if (match === undefined || !this.#isOurs(line, match)) return false;
    if (!this.#isCalled(this.#host, match)) {
      this.#host = this.#nextHost ?? match.host;
      this.#nextHost = undefined;
    }
    this.#see(line, match);
    return true;
  }

  /** True once the device has echoed a line behind this prompt: until then it may have been a line of a banner. */
  get confirmed(): boolean {
    return this.#confirmed;
  }

  confirm(): void {
    this.#confirmed = true;
  }

  /** Tells that the device was told to call itself so from now on; undefined when it was not. */
  expectHost(name: string | undefined): void {
    this.#nextHost = name;
  }

  #see(line: string, match: PromptMatch): void {
    this.#text = line;
    this.#mode = match.mode;
  }

  #isOurs(line: string, match: PromptMatch): boolean {
    // A prompt without a name in it is known by its exact text alone.
    if (match.host === undefined) return line.trimEnd() === this.#text.trimEnd();
    if (match.user !== this.#user) return false;
    return this.#isCalled(this.#host, match) || this.#isCalled(this.#nextHost, match);
  }

  #isCalled(name: string | undefined, { mode, host }: PromptMatch): boolean {
    return host === name?.slice(0, this.#platform.modes[mode]?.hostLimit);
  }
}
