import { ConversationError, type Phase } from '../base/index.js';
import { Echo } from './echo.js';
import { type Conversation, checkLine, type Exchange } from './exchange.js';

export interface AheadOptions {
  readonly phase: Phase;
  readonly idleMs: number;
}

/** Room that a prompt, its line and the cursor must leave free, so that no device scrolls the line sideways. */
const MARGIN = 12;

/** Whether a line is short enough to be echoed whole, which is what the ledger wants to see. */
export function fitsAhead({ platform, prompt }: Conversation, line: string): boolean {
  return line.trim() !== '' && prompt.text.length + line.length + MARGIN < platform.terminal.columns;
}

/**
 * Sends all lines at once and checks what comes against them: each line's echo behind a prompt of the device, in order,
 * and the prompt at the end. Anything else is an error, for the lines behind it may have answered a question.
 * @throws ConversationError (`unexpected_prompt`, `echo_missing`), what Channel.wait throws.
 */
export async function sendAhead(
  conversation: Conversation,
  lines: readonly string[],
  { phase, idleMs }: AheadOptions,
): Promise<readonly Exchange[]> {
  const { platform, channel, prompt } = conversation;
  for (const line of lines) checkLine(line, platform, phase);
  const waiting = { phase, idleMs, expected: `the prompt after the last of ${lines.length} lines`, settles: true };
  if (!prompt.recognise(channel.line)) channel.refuseQuestion(waiting);
  prompt.expectHost(undefined);
  const first = new Echo(conversation, lines[0] ?? '');
  channel.mark();
  channel.sendRaw(lines.map((line) => line + platform.terminal.newline).join(''));
  const ledger = new Ledger(conversation, lines, phase);
  await channel.wait(() => {
    const behind = first.linesBehind();
    if (behind === undefined) return undefined;
    ledger.read(behind);
    return ledger.complete && prompt.recognise(channel.line) ? true : undefined;
  }, waiting);
  prompt.confirm();
  return ledger.exchanges(first.prompt);
}

/** Which of the lines have been echoed, and what was said below each. */
class Ledger {
  readonly #conversation: Conversation;
  readonly #lines: readonly string[];
  readonly #phase: Phase;
  /** One for each line that was echoed: the prompt that stood before it, and the answer. */
  #seen: { readonly prompt: string; readonly answer: string[] }[] = [];

  constructor(conversation: Conversation, lines: readonly string[], phase: Phase) {
    this.#conversation = conversation;
    this.#lines = lines;
    this.#phase = phase;
  }

  get complete(): boolean {
    return this.#seen.length === this.#lines.length;
  }

  /** Reads what came behind the echo of the first line: all of it again, for that echo may turn out to be a later one. */
  read(behind: readonly string[]): void {
    this.#seen = [{ prompt: '', answer: [] }];
    for (const line of behind) this.#take(line);
  }

  exchanges(firstPrompt: string): readonly Exchange[] {
    return this.#lines.map((sent, index) => {
      const { prompt, answer } = this.#seen[index] ?? { prompt: '', answer: [] };
      return { prompt: index === 0 ? firstPrompt : prompt, sent, lines: answer };
    });
  }

  #take(line: string): void {
    const { prompt } = this.#conversation;
    const next = this.#lines[this.#seen.length]?.trimEnd();
    const shown = line.trimEnd();
    if (next !== undefined && shown.endsWith(next)) {
      const ahead = shown.slice(0, shown.length - next.length);
      if (prompt.recognise(ahead)) {
        this.#seen.push({ prompt: ahead, answer: [] });
        return;
      }
      // A terminal whose shell does not read yet echoes all lines; the shell echoes them once more.
      if (ahead === '' && !prompt.confirmed) return;
      throw this.#difference('echo_missing', `'${next}' was taken for something else: '${shown}'`);
    }
    if (prompt.recognise(shown)) {
      const what = next === undefined ? 'the end' : `'${next}'`;
      throw this.#difference('unexpected_prompt', `the device shows its prompt once more, where ${what} was due`);
    }
    this.#seen.at(-1)?.answer.push(line);
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
