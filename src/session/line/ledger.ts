import { ConversationError, type Phase } from '../../base/index.js';
import type { Platform, PromptMatch } from '../../platforms/index.js';
import type { Channel } from './channel.js';
import type { Echo } from './echo.js';
import { leadsTo } from './leads-to.js';
import { anyOf, fits } from './patterns.js';
import type { Prompt } from './prompt.js';
import { isHarmless, isRepetition } from './unasked.js';

interface Conversing {
  readonly platform: Platform;
  readonly channel: Channel;
  readonly prompt: Prompt;
}

/** A line longer than this is no prompt. */
const LONGEST_PROMPT = 512;

/**
 * Weighs the prompts that a device shows against the one line that was sent: one prompt behind its echo, of a mode that
 * the line can lead to, and none before it but below a message of the device. Make it right before the line is sent.
 */
export class Ledger {
  /** Which prompts may end the answer. */
  readonly possible: (match: PromptMatch) => boolean;
  readonly #conversation: Conversing;
  readonly #line: string;
  readonly #phase: Phase;
  /** The prompt that the line is sent at, and what came behind it though nobody had asked. */
  readonly #shown: string;
  readonly #unasked: readonly string[];
  /** What stands on the line of the cursor where that is no prompt; empty where it is, or where something was sent since. */
  readonly #open: string;
  /** Whether the line above the prompt is the same prompt. */
  readonly #repeatedBefore: boolean;
  #judged = false;
  #looked = 0;
  /** The number of the first line behind the echo that is the prompt, and nothing else. */
  #copy: number | undefined;

  constructor(conversation: Conversing, line: string, phase: Phase) {
    const { platform, channel, prompt } = conversation;
    this.#conversation = conversation;
    this.#line = line;
    this.#phase = phase;
    this.#shown = prompt.text.trimEnd();
    this.#unasked = [...channel.unasked];
    const { line: atCursor, above: overIt } = channel;
    const isPrompt = prompt.matches(atCursor, overIt) !== undefined || prompt.textBefore(atCursor) !== undefined;
    this.#open = channel.atRest && !isPrompt ? channel.wholeLine.trimEnd() : '';
    const above = channel.lines.findLast((one) => one.trim() !== '');
    this.#repeatedBefore = above !== undefined && above.trimEnd() === this.#shown;
    this.possible = leadsTo(platform, prompt, line);
  }

  /**
   * Whether the device waits for a line.
   * @throws ConversationError (`unexpected_prompt`) when it does, in another mode than it was left in.
   */
  atPrompt(): boolean {
    const { channel, prompt } = this.#conversation;
    const { mode, confirmed } = prompt;
    const match = prompt.matches(channel.line, channel.above);
    if (match === undefined) return false;
    if (confirmed && match.mode !== mode) {
      throw this.#error(`the device went from mode '${mode}' to '${match.mode}' by itself`, 'nothing was sent');
    }
    return prompt.recognise(channel.line, channel.above);
  }

  /**
   * Looks at what came before the echo, once that is there.
   * @throws ConversationError (`unexpected_prompt`) for a prompt before the echo that no message of the device explains.
   */
  judge(echo: Echo): void {
    if (this.#judged) return;
    this.#judged = true;
    const { platform, channel, prompt } = this.#conversation;
    // What stood on the line already is on that of the echo, or on the first of those before it.
    const open = echo.start === 0 && this.#open !== '' ? [this.#open] : [];
    const before = [...this.#unasked, ...channel.lines.slice(0, echo.start), ...open];
    const unasked = {
      platform,
      shown: this.#shown,
      lines: before,
      typed: this.#line.trim(),
      promptBelow: echo.behindPrompt || (echo.none && this.#unasked.length > 0),
      mayRepeat: prompt.repeats && !prompt.repeated,
    };
    if (!prompt.confirmed) {
      if (this.#repeatedBefore || isRepetition(unasked)) prompt.repeat();
    } else if (before.length > 0 && !isHarmless(unasked, prompt)) {
      throw this.#error('a prompt or a text that nobody asked for came before its echo', DOUBT);
    }
  }

  /**
   * Looks at what has come, before the echo and below it.
   * @throws what `judge` throws; the same error when the line is echoed once more.
   */
  watch(echo: Echo): void {
    const { channel } = this.#conversation;
    const { received } = channel;
    this.judge(echo);
    // What stands on the line of the prompt itself is no second one.
    this.#looked = Math.max(this.#looked, echo.end, 1);
    for (; this.#looked < received.count; this.#looked++) {
      const line = received.lineAt(this.#looked) ?? '';
      if (echo.comesAgain(line, received.lineAt(this.#looked - 1))) throw this.#error('it was echoed once more', DOUBT);
      this.refusePromptIn(echo, line);
      if (this.#copy === undefined && this.#isCopy(this.#looked)) this.#copy = this.#looked;
    }
  }

  /**
   * A shell without a line editor echoes nothing again: there only the prompt tells, with the answer right behind it.
   * @throws ConversationError (`unexpected_prompt`) for a line of a shell's answer that holds its prompt and more.
   */
  refusePromptIn(echo: Echo, line: string): void {
    const { platform, channel, prompt } = this.#conversation;
    if (platform.unendedAnswers !== true || prompt.host === undefined || channel.settles) return;
    const shown = echo.prompt.trimEnd();
    if (!prompt.confirmed || line.trimEnd() === shown || !line.includes(shown)) return;
    throw this.#error(`a line of its answer holds the prompt '${shown}'`, SETTLE);
  }

  /**
   * Returns which lines stand between the echo and the prompt that was just recognised, without what the device prints
   * below every echo and above every prompt.
   * @throws ConversationError (`unexpected_prompt`) when one of them is the prompt as well, and what stands below is no
   * message of the device: either may be the end.
   */
  range(echo: Echo): { readonly first: number; readonly end: number } {
    const { platform, channel, prompt } = this.#conversation;
    const { received } = channel;
    const stamps = anyOf(platform.stamps ?? [], 'u');
    const end = this.#end(echo);
    let first = echo.end;
    while (first < end && fits(stamps, received.lineAt(first) ?? '')) first++;
    const above = prompt.above === undefined ? 0 : received.lineAt(end - 2)?.trim() === '' ? 2 : 1;
    return { first, end: Math.max(first, end - above) };
  }

  /** The same without weighing anything: what silence has ended was not proved. */
  quietRange(echo: Echo): { readonly first: number; readonly end: number } {
    this.#copy = undefined;
    return this.range(echo);
  }

  #end(echo: Echo): number {
    const { platform, channel, prompt } = this.#conversation;
    const { received } = channel;
    prompt.noteRepeated(false);
    const proved = prompt.confirmed || echo.behindPrompt;
    if (this.#copy === undefined || channel.settles || !proved) return received.count;
    const lines = received.linesFrom(this.#copy);
    const shown = (received.lineAt(this.#copy) ?? '').trimEnd();
    const mayRepeat = prompt.repeats;
    if (lines === undefined || !isHarmless({ platform, shown, lines, promptBelow: true, mayRepeat }, prompt)) {
      throw this.#error(`its answer holds the prompt '${shown}' on a line of its own`, SETTLE);
    }
    prompt.noteRepeated(true);
    return this.#copy;
  }

  /** @throws ConversationError (`unexpected_prompt`) when the last line is a prompt that the line cannot lead to. */
  refuseOtherMode(echo: Echo): undefined {
    const { channel, prompt } = this.#conversation;
    const match = prompt.matches(channel.line, channel.above);
    if (!echo.seen || match === undefined || this.possible(match)) return;
    throw this.#error(`it led from mode '${prompt.mode}' to '${match.mode}', which such a line cannot`, DOUBT);
  }

  #isCopy(index: number): boolean {
    const { channel, prompt } = this.#conversation;
    const line = channel.received.lineAt(index) ?? '';
    const shown = this.#shown;
    if (line.length > LONGEST_PROMPT || !line.trimEnd().endsWith(shown.slice(-1))) return false;
    // Without a name in it, the exact text with its blanks: a lone `#` is a line of many files.
    if (prompt.host === undefined) return line === prompt.text;
    if (!line.includes(prompt.host.slice(0, NAME_PIECE))) return false;
    const match = prompt.matches(line, channel.received.lineAt(index - 1));
    return match !== undefined && this.possible(match);
  }

  #error(what: string, how: string): ConversationError {
    const { channel } = this.#conversation;
    const sent = channel.redact(this.#line);
    const says = `'${sent}': ${channel.redact(what)}; ${how}`;
    const details = channel.details(`one prompt after '${this.#line}'`);
    return new ConversationError('unexpected_prompt', says, { phase: this.#phase, details });
  }
}

/** As much of a host name as is left of it in every mode. */
const NAME_PIECE = 20;

const DOUBT = 'the answer to it or to what was sent before cannot be proved whole';

const SETTLE =
  'which of them ends it cannot be told (answers that hold copies of the prompt need timeouts.settleMs above 0)';
