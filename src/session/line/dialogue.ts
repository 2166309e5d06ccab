import { ConversationError, type Phase, type RollcallError, redact, Secret } from '../../base/index.js';
import type { AnswerData } from '../../platforms/index.js';
import { returnToPrompt } from './ask.js';
import type { WaitOptions } from './channel-options.js';
import { Echo } from './echo.js';
import { type Conversation, checkLine, type Exchange, exchange } from './exchange.js';
import { Ledger } from './ledger.js';
import { anyOf, fits, groupIn } from './patterns.js';
import { redactError } from './redact-error.js';

/** A question that the device may ask, and what is typed then. */
export interface Expected {
  /** What the line that the cursor is on looks like while the device waits. */
  readonly asks: RegExp;
  /**
   * Whether such a line is the question as it stands, so that no quiet must tell that it does not go on. Absent: what
   * `asks` fits is one.
   */
  readonly isWhole?: ((line: string) => boolean) | undefined;
  /** Gives the keys, with the Enter key where there must be one; called when it is asked, and throws where it has none. */
  readonly answer: () => string | Secret;
}

export interface DialogueOptions {
  readonly phase: Phase;
  readonly idleMs: number;
  readonly questions: readonly Expected[];
  /** Set where each question may only come after the one before it. */
  readonly inOrder?: true;
  /** Lines that mean, once a secret was sent, that it was refused: no prompt need follow them. */
  readonly refusals?: readonly string[] | undefined;
  /** Makes the error for such a line, and for a secret that is asked for again. */
  readonly refused?: ((lines: readonly string[]) => RollcallError) | undefined;
  /** For the error: what did not come. */
  readonly expected?: string | undefined;
}

/** A line that was sent, and what came of it until the next prompt, with the questions that were answered on the way. */
export interface Dialogue extends Exchange {
  /** In the order in which they were asked. */
  readonly asked: readonly Expected[];
  /** The lines behind the last answer; all of them where nothing was asked. */
  readonly after: readonly string[];
}

/** Returns the questions of a platform's data as they are expected in a dialogue. */
export function expectedOf(answers: readonly AnswerData[] | undefined): readonly Expected[] {
  return (answers ?? []).map(({ prompt, answer }) => ({ asks: anyOf([prompt]), answer: () => answer }));
}

type Step = { readonly kind: 'asks'; readonly question: Expected } | { readonly kind: 'again' | 'refused' | 'prompt' };

/**
 * Sends one line, answers each of the expected questions at most once, when it was asked, and ends at the prompt. A
 * question that nobody expected, or one that is asked again, is an error.
 * @throws what `exchange` throws; ConversationError (`unexpected_question`).
 */
export async function dialogue(conversation: Conversation, line: string, options: DialogueOptions): Promise<Dialogue> {
  const { phase, idleMs, questions } = options;
  if (questions.length === 0) {
    const said = await exchange(conversation, line, { phase, idleMs });
    return { ...said, asked: [], after: said.lines };
  }
  const { platform, channel, prompt } = conversation;
  checkLine(line, platform, phase);
  const expected = options.expected ?? `the prompt after '${line}'`;
  const waiting: WaitOptions = { phase, idleMs, expected, settles: true };
  await returnToPrompt(conversation, waiting);
  const ledger = new Ledger(conversation, line, phase);
  if (!ledger.atPrompt()) channel.refuseQuestion(waiting);
  prompt.expectHost(groupIn(platform.renames, 'host', line), line);
  const echo = new Echo(conversation, line);
  channel.mark();
  channel.send(line);
  const talk = new Talk(conversation, { ...options, echo, ledger });
  try {
    for (;;) {
      const step = await channel.wait(
        () => talk.look(),
        waiting,
        () => talk.lookWhenQuiet(),
      );
      if (step.kind === 'asks') talk.answer(step.question);
      else if (step.kind === 'prompt') break;
      else throw talk.problem(waiting);
    }
  } catch (error) {
    throw redactError(error, talk.secrets);
  }
  const { first, end } = ledger.range(echo);
  const said = { prompt: echo.prompt, sent: line, asked: talk.asked, lines: talk.lines(first, end) };
  const after = talk.lines(Math.max(first, talk.answeredAt), end);
  prompt.confirm();
  channel.rest();
  return { ...said, after };
}

interface TalkOptions extends DialogueOptions {
  readonly echo: Echo;
  readonly ledger: Ledger;
}

/** What has been asked and answered so far. */
class Talk {
  readonly asked: Expected[] = [];
  readonly #conversation: Conversation;
  readonly #options: TalkOptions;
  /** Those that were typed. */
  readonly secrets: Secret[] = [];
  /** The line of the question that was answered last, and how many lines had been ended then. */
  #answered: { readonly line: string; readonly ended: number } | undefined;

  constructor(conversation: Conversation, options: TalkOptions) {
    this.#conversation = conversation;
    this.#options = options;
  }

  /** The number of the first line behind that of the last answer. */
  get answeredAt(): number {
    return this.#answered === undefined ? 0 : this.#answered.ended + 1;
  }

  /** What the device waits for; undefined as long as nobody can tell. */
  look(quiet = false): Step | undefined {
    const { channel } = this.#conversation;
    const { questions, inOrder, echo, ledger } = this.#options;
    // Right after an answer its question is still there, with the echo of the answer behind it.
    if (!echo.find() || this.#isStale()) return undefined;
    ledger.watch(echo);
    if (this.secrets.length > 0 && this.said().some((line) => fits(this.#refusals(), line))) return { kind: 'refused' };
    const open = questions.filter((one) => !this.asked.includes(one));
    const question = (inOrder ? open.slice(0, 1) : open).find(({ asks }) => asks.test(channel.line));
    const isWhole = (one: Expected): boolean => quiet || one.isWhole?.(channel.line) !== false;
    if (question !== undefined) return isWhole(question) ? { kind: 'asks', question } : undefined;
    if (!echo.none && this.#atPrompt()) return { kind: 'prompt' };
    return this.asked.some((one) => one.asks.test(channel.line) && isWhole(one)) ? { kind: 'again' } : undefined;
  }

  /** Quiet tells a question from the beginning of a line and, where nothing is echoed, a prompt from one left over. */
  lookWhenQuiet(): Step | undefined {
    const { echo, ledger } = this.#options;
    const step = this.look(true);
    if (step !== undefined) return step;
    if (echo.none && this.#atPrompt()) return { kind: 'prompt' };
    return ledger.refuseOtherMode(echo);
  }

  answer(question: Expected): void {
    const { channel } = this.#conversation;
    const answer = question.answer();
    const keys = Secret.is(answer) ? answer.reveal() : answer;
    if (Secret.is(answer)) {
      this.secrets.push(answer);
      channel.secrets.add(answer);
    }
    this.asked.push(question);
    this.#answered = { line: channel.line.trimEnd(), ended: channel.received.count };
    channel.sendRaw(Secret.is(answer) ? keys + this.#conversation.platform.terminal.newline : keys);
  }

  problem({ phase, expected }: WaitOptions): RollcallError {
    const { channel } = this.#conversation;
    if (this.secrets.length > 0 && this.#options.refused !== undefined) return this.#options.refused(this.said());
    const shown = channel.redact(channel.line.trim());
    return new ConversationError(
      'unexpected_question',
      `the device asks '${shown}' again, though it was answered; nothing more was answered, and the connection was dropped`,
      { phase, details: channel.details(expected) },
    );
  }

  /** Lines of what came, without the secrets that a device repeats though it should not. */
  lines(first: number, end: number): readonly string[] {
    const lines = [...this.#conversation.channel.received.answer({ first, end: Math.max(first, end) }).lines()];
    return this.secrets.length === 0 ? lines : lines.map((line) => redact(line, this.secrets));
  }

  #atPrompt(): boolean {
    const { channel, prompt } = this.#conversation;
    return prompt.recognise(channel.line, channel.above, this.#options.ledger.possible);
  }

  #isStale(): boolean {
    const { channel } = this.#conversation;
    if (this.#answered === undefined || channel.received.count !== this.#answered.ended) return false;
    return channel.line.startsWith(this.#answered.line) || channel.line === '';
  }

  /** The lines behind that of the last answer. */
  said(): readonly string[] {
    return this.#answered === undefined ? [] : (this.#conversation.channel.received.linesFrom(this.answeredAt) ?? []);
  }

  #refusals(): RegExp {
    return anyOf(this.#options.refusals ?? []);
  }
}
