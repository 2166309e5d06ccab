import { ConversationError, type Phase } from '../../base/index.js';
import { returnToPrompt } from '../line/ask.js';
import { Echo } from '../line/echo.js';
import { type Conversation, checkLine, type Exchange } from '../line/exchange.js';
import { Ledger } from '../line/ledger.js';
import { areMessages } from '../line/messages.js';
import { withoutCutEcho } from '../line/unasked.js';

export interface AheadOptions {
  readonly phase: Phase;
  readonly idleMs: number;
  /** Told, before an error, which lines were answered all the same. */
  readonly onFailure?: (answered: readonly Exchange[]) => void;
}

/** Room that a prompt, its line and the cursor must leave free, so that no device scrolls the line sideways. */
const MARGIN = 12;

/** Whether a line is short enough to be echoed whole, which is what the ledger wants to see. */
export function fitsAhead({ platform, prompt }: Conversation, line: string): boolean {
  return (
    line.trim() !== '' &&
    !prompt.repeats &&
    platform.terminal.echo !== 'none' &&
    prompt.text.length + line.length + MARGIN < platform.terminal.columns
  );
}

/**
 * Sends all lines at once and checks what comes against them: each line's echo behind a prompt of the device, in order,
 * and the prompt at the end. Anything else is an error, for the lines behind it may have answered a question.
 * @throws ConversationError (`unexpected_prompt`, `echo_missing`), what Channel.wait throws.
 */
export async function sendAhead(
  conversation: Conversation,
  lines: readonly string[],
  { phase, idleMs, onFailure }: AheadOptions,
): Promise<readonly Exchange[]> {
  const { platform, channel, prompt } = conversation;
  for (const line of lines) checkLine(line, platform, phase);
  const waiting = { phase, idleMs, expected: `the prompt after the last of ${lines.length} lines`, settles: true };
  await returnToPrompt(conversation, waiting);
  const weighed = new Ledger(conversation, lines[0] ?? '', phase);
  if (!weighed.atPrompt()) channel.refuseQuestion(waiting);
  const first = new Echo(conversation, lines[0] ?? '');
  prompt.expectHost(undefined, '');
  channel.mark();
  channel.sendRaw(lines.map((line) => line + platform.terminal.newline).join(''));
  const tally = new Tally(conversation, lines, phase);
  const complete = channel.wait(() => {
    const behind = first.linesBehind();
    if (behind === undefined) return undefined;
    weighed.judge(first);
    tally.read(behind, first.prompt);
    return tally.complete && prompt.recognise(channel.line, channel.above) ? true : undefined;
  }, waiting);
  try {
    await complete;
    tally.end(channel.line);
  } catch (error) {
    onFailure?.(tally.answered(first.prompt));
    throw error;
  }
  prompt.confirm();
  channel.rest();
  return tally.exchanges(first.prompt);
}

/** Which of the lines have been echoed, and what was said below each. */
class Tally {
  readonly #conversation: Conversation;
  readonly #lines: readonly string[];
  readonly #phase: Phase;
  /** One for each line that was echoed: the prompt that stood before it, and the answer. */
  #seen: { readonly prompt: string; answer: readonly string[] }[] = [];
  /** The prompt that the first line was typed at. */
  #shown = '';
  /** What came behind a prompt that no line was echoed at: messages of the device, or this is an error. */
  #unasked: string[] | undefined;
  /** The line above the one that is looked at: a prompt may have two. */
  #above = '';

  constructor(conversation: Conversation, lines: readonly string[], phase: Phase) {
    this.#conversation = conversation;
    this.#lines = lines;
    this.#phase = phase;
  }

  get complete(): boolean {
    return this.#seen.length === this.#lines.length;
  }

  /** Reads what came behind the echo of the first line: all of it again, for that echo may turn out to be a later one. */
  read(behind: readonly string[], shown: string): void {
    this.#shown = shown.trimEnd();
    this.#unasked = undefined;
    this.#seen = [{ prompt: '', answer: [] }];
    this.#above = '';
    for (const line of behind) {
      this.#take(line);
      this.#above = line;
    }
  }

  /** What belongs to the last prompt is no part of the last answer. */
  end(line: string): void {
    this.#checkPrompt(line, 'the end');
    this.#closeAnswer();
  }

  /** Those below whose answer the next echo has come. */
  answered(firstPrompt: string): readonly Exchange[] {
    return this.exchanges(firstPrompt).slice(0, Math.max(0, this.#seen.length - 1));
  }

  exchanges(firstPrompt: string): readonly Exchange[] {
    return this.#lines.map((sent, index) => {
      const { prompt, answer } = this.#seen[index] ?? { prompt: '', answer: [] };
      return { prompt: index === 0 ? firstPrompt : prompt, sent, lines: answer };
    });
  }

  #take(line: string): void {
    const { prompt } = this.#conversation;
    const { mode, confirmed } = prompt;
    const next = this.#lines[this.#seen.length]?.trimEnd();
    const shown = line.trimEnd();
    const isPrompt = (text: string): boolean => prompt.recognise(text, this.#above, (match) => match.mode === mode);
    if (next !== undefined && shown.endsWith(next)) {
      const ahead = shown.slice(0, shown.length - next.length);
      if (isPrompt(ahead)) {
        this.#checkPrompt(ahead, `'${next}'`);
        this.#closeAnswer();
        this.#seen.push({ prompt: ahead, answer: [] });
        return;
      }
      // A terminal whose shell does not read yet echoes all lines; the shell echoes them once more.
      if (ahead === '' && !confirmed) return;
      throw this.#difference('echo_missing', `'${next}' was taken for something else: '${shown}'`);
    }
    const due = next === undefined ? 'the end' : `'${next}'`;
    if (isPrompt(this.#uncut(shown, next))) {
      // Some devices show each prompt twice: the first lines of a session tell that.
      if (!confirmed) return;
      this.#checkUnasked(due);
      this.#unasked = [];
      return;
    }
    if (this.#unasked !== undefined) {
      this.#unasked.push(line);
      if (line.trim() !== '') this.#checkUnasked(due);
      return;
    }
    const seen = this.#seen.at(-1);
    if (seen !== undefined) seen.answer = [...seen.answer, line];
  }

  /** A message may cut the echo of a line, which is then echoed again below it. */
  #uncut(shown: string, next = ''): string {
    return withoutCutEcho(shown, this.#shown, next);
  }

  /** @throws the error for a prompt below which nothing explains that there is another one. */
  #checkUnasked(due: string): void {
    const { platform, prompt } = this.#conversation;
    if (this.#unasked === undefined || areMessages(this.#unasked, { platform, mode: prompt.mode })) return;
    throw this.#difference('unexpected_prompt', `the device shows its prompt once more, where ${due} was due`);
  }

  /** The prompt stays the same, or the next line would be typed in another place than the one before. */
  #checkPrompt(text: string, due: string): void {
    this.#checkUnasked(due);
    this.#unasked = undefined;
    if (!this.#conversation.prompt.confirmed || text.trimEnd() === this.#shown) return;
    const says = `the prompt became '${text.trimEnd()}' where ${due} was due, after '${this.#shown}'`;
    throw this.#difference('unexpected_prompt', says);
  }

  /** Takes off the line above the prompt that was just seen, where it has one. */
  #closeAnswer(): void {
    const seen = this.#seen.at(-1);
    if (seen !== undefined) seen.answer = this.#conversation.prompt.withoutAbove(seen.answer);
  }

  #difference(code: 'echo_missing' | 'unexpected_prompt', says: string): ConversationError {
    const { channel } = this.#conversation;
    const done = this.#seen.length;
    return new ConversationError(
      code,
      `${channel.redact(says)}; ${this.#lines.length} lines were sent at once, and what became of those behind number ${done} is not known`,
      { phase: this.#phase, details: channel.details('the echo of each line, in order') },
    );
  }
}
