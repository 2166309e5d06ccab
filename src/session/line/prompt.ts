import { matchPrompt, type Platform, type PromptMatch } from '../../platforms/index.js';

/** What the first prompt of a mode showed, which every later one of that mode is held against. */
interface FirstSight {
  readonly text: string;
  readonly hasHost: boolean;
  readonly user: string | undefined;
}

/** What is known of this device's prompt: its host name, once seen, what each mode looked like, and the last one. */
export class Prompt {
  readonly #platform: Platform;
  #host: string | undefined;
  #context: string | undefined;
  /** A host name that the device was told to take on, and has not shown yet. */
  #renamed: string | undefined;
  /** The same, where the answer to the line that was just sent may show it. */
  #nextHost: string | undefined;
  /** The one that it takes on again by itself unless a commit is confirmed. */
  #earlierHost: string | undefined;
  #confirmed = false;
  #repeats = false;
  #repeated = false;
  #text = '';
  #mode = '';
  #above: string | undefined;
  readonly #firstSights = new Map<string, FirstSight>();

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

  /** The virtual device that the prompt names, such as an ASA's context; undefined where it names none. */
  get context(): string | undefined {
    return this.#context;
  }

  /** The prompt as it was last seen, its last line, with its trailing spaces. */
  get text(): string {
    return this.#text;
  }

  /** The line above that belonged to the prompt that was last seen; undefined when it had one line. */
  get above(): string | undefined {
    return this.#above;
  }

  /** Takes any prompt of the platform's grammar as this device's own; false when the line is none. */
  learn(line: string, lineAbove = ''): boolean {
    const match = matchPrompt(this.#platform, line, lineAbove);
    if (match === undefined) return false;
    this.#firstSights.clear();
    this.#host = match.host;
    this.#see(line, lineAbove, match);
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

  /**
   * Whether the line, with the one above it, is this device's prompt; when it is, it becomes the one that was last seen.
   * `possible` says which modes and contexts it may be of.
   */
  recognise(line: string, lineAbove = '', possible?: (match: PromptMatch) => boolean): boolean {
    const match = this.matches(line, lineAbove);
    if (match === undefined || possible?.(match) === false) return false;
    if (match.host !== undefined && !this.#isCalled(this.#host, match)) {
      const returned = this.#isCalledEarlier(match) ? this.#earlierHost : undefined;
      this.#host = returned ?? this.#nextHost ?? match.host;
      this.#nextHost = undefined;
      this.#renamed = undefined;
    }
    this.#see(line, lineAbove, match);
    return true;
  }

  /** Reads the line, with the one above it, as a prompt of this device; undefined when it is none. Remembers nothing. */
  matches(line: string, lineAbove = ''): PromptMatch | undefined {
    const match = matchPrompt(this.#platform, line, lineAbove);
    return match !== undefined && this.#isOurs(line, match) ? match : undefined;
  }

  /**
   * Returns the lines without those at their end that belong to the prompt that was just seen below them: the line right
   * above it, and the empty one that sets it apart.
   */
  withoutAbove(lines: readonly string[]): readonly string[] {
    if (this.#above === undefined || lines.length === 0) return lines;
    return lines.slice(0, lines.at(-2)?.trim() === '' ? -2 : -1);
  }

  /** True once the device has echoed a line behind this prompt: until then it may have been a line of a banner. */
  get confirmed(): boolean {
    return this.#confirmed;
  }

  /** True for a device that has shown its first prompt twice, though nothing had been sent: it does so with all. */
  get repeats(): boolean {
    return this.#repeats;
  }

  repeat(): void {
    this.#repeats = true;
  }

  /** Whether the one that was last taken for an end has been shown twice already. */
  get repeated(): boolean {
    return this.#repeated;
  }

  /** Tells whether it was. */
  noteRepeated(repeated: boolean): void {
    this.#repeated = repeated;
  }

  confirm(): void {
    this.#confirmed = true;
  }

  /**
   * Tells which line is sent next, and the name that it gives the device; undefined when it gives none. A name counts
   * for the answer to that line, and where it waits in a candidate for that to the commit: later it would be any text.
   */
  expectHost(name: string | undefined, line: string): void {
    this.#renamed = name ?? this.#renamed;
    const { commit } = this.#platform;
    const commits = commit !== undefined && [commit.send, 'commit'].some((one) => firstWord(one) === firstWord(line));
    this.#nextHost = name !== undefined || commits ? this.#renamed : undefined;
  }

  /** Tells that the device may take this name on again by itself; undefined when the one that it has now stays. */
  mayReturnTo(host: string | undefined): void {
    this.#earlierHost = host;
  }

  #isCalledEarlier(match: PromptMatch): boolean {
    return this.#earlierHost !== undefined && this.#isCalled(this.#earlierHost, match);
  }

  #see(line: string, lineAbove: string, match: PromptMatch): void {
    this.#text = line;
    this.#mode = match.mode;
    this.#context = match.context;
    this.#above = match.twoLines === true ? lineAbove : undefined;
    if (this.#firstSights.has(match.mode)) return;
    const { host, user } = match;
    this.#firstSights.set(match.mode, { text: line.trimEnd(), hasHost: host !== undefined, user });
  }

  #isOurs(line: string, match: PromptMatch): boolean {
    const first = this.#firstSights.get(match.mode);
    // A prompt without a name in it is known by its exact text alone.
    if (match.host === undefined) {
      return first === undefined ? this.#isNextTo(match.mode) : !first.hasHost && line.trimEnd() === first.text;
    }
    // Another mode may be another user's, as a root shell is.
    if (first !== undefined && (!first.hasHost || match.user !== first.user)) return false;
    if (this.#host === undefined) return first === undefined && this.#isNextTo(match.mode);
    if (this.#isCalledEarlier(match)) return true;
    return this.#isCalled(this.#host, match) || (this.#nextHost !== undefined && this.#isCalled(this.#nextHost, match));
  }

  /** Whether one step leads from the mode that the device is in to that one, or back. */
  #isNextTo(mode: string): boolean {
    const { modes } = this.#platform;
    const entersFrom = (to: string, from: string): boolean =>
      modes[to]?.enter.some((way) => way.from === from) === true;
    return entersFrom(mode, this.#mode) || entersFrom(this.#mode, mode);
  }

  #isCalled(name: string | undefined, { mode, host }: PromptMatch): boolean {
    const { hostLimit, viewSeparator } = this.#platform.modes[mode] ?? {};
    const shown = name?.slice(0, hostLimit);
    if (host === shown) return true;
    // Behind the name stands that of a view, which the grammar cannot tell from it.
    return viewSeparator !== undefined && shown !== undefined && host?.startsWith(shown + viewSeparator) === true;
  }
}

const firstWord = (line: string): string | undefined => line.trim().split(/\s/, 1)[0];
