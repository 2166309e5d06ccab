import { ConversationError, checkKind, checkNames, got, OptionError, Secret } from '../../base/index.js';
import { type Dialogue, dialogue, type Expected } from '../line/dialogue.js';
import { type Conversation, checkLine, transcript } from '../line/exchange.js';
import { findRefusal } from './refusals.js';
import { phaseHere, responseOf, startNow } from './respond.js';
import type { Response } from './response.js';

/** What is typed, and what the device asks for next. */
export interface InteractiveStep {
  /** The command, or the answer to what the step before expects. A Secret is never shown. */
  readonly send: string | Secret;
  /**
   * What the device asks then: a text that stands on the line of the cursor, or a pattern for that line. Without it the
   * prompt comes next. Before a secret the line must end in this text, but for a sign such as a colon or a question mark,
   * which there must be; a pattern that ends in `$` says for itself how the line ends.
   */
  readonly expect?: string | RegExp | undefined;
  /** Set where the device does not show what is typed and no error may: the same as a Secret. */
  readonly hidden?: boolean | undefined;
  /** False for an answer that is a single key, without Enter; default true. */
  readonly enter?: boolean | undefined;
}

export interface InteractiveOptions {
  readonly idleMs: number;
  readonly refusals?: 'report' | 'ignore' | undefined;
}

/** A command with the answers to what it asks, up to the next prompt. */
export interface InteractiveTurn {
  readonly command: string;
  readonly questions: readonly Expected[];
  /** What must stand on the line of the prompt that ends it. */
  readonly end: RegExp | undefined;
}

/**
 * Sends commands that ask something, and answers each question with the step behind it, once it was asked. What the
 * device does not ask is not answered: the rest is not sent, and the response is not ok.
 * @throws ConversationError (`unexpected_question`), what `dialogue` throws.
 */
export async function sendInteractive(
  conversation: Conversation,
  turns: readonly InteractiveTurn[],
  { idleMs, refusals }: InteractiveOptions,
): Promise<Response> {
  const started = startNow();
  const said: Dialogue[] = [];
  let refusal: string | undefined;
  for (const { command, questions, end } of turns) {
    const phase = phaseHere(conversation);
    const one = await dialogue(conversation, command, { phase, idleMs, questions, inOrder: true });
    said.push(one);
    refusal = refusalIn(conversation, one, refusals) ?? missing(conversation, one, { questions, end });
    if (refusal !== undefined) break;
  }
  const [first, ...more] = said;
  const lines = [...(first?.lines ?? []), ...more.flatMap((one) => transcript(one).split('\n'))];
  return responseOf(
    conversation,
    { prompt: first?.prompt ?? '', sent: first?.sent ?? '', lines },
    { started, refusal },
  );
}

/** Right below the echo as for any command, or below the last answer. */
function refusalIn(
  { platform }: Conversation,
  { lines, after }: Dialogue,
  refusals: InteractiveOptions['refusals'],
): string | undefined {
  return refusals === 'ignore' ? undefined : (findRefusal(platform, lines) ?? findRefusal(platform, after));
}

function missing(
  { prompt }: Conversation,
  { asked }: Dialogue,
  { questions, end }: Pick<InteractiveTurn, 'questions' | 'end'>,
): string | undefined {
  const unasked = questions[asked.length];
  if (unasked !== undefined) return `the device showed its prompt and did not ask ${unasked.asks}`;
  return end === undefined || end.test(prompt.text) ? undefined : `the prompt is not ${end}`;
}

/** Reads and checks the steps. @throws OptionError, ConversationError (`bad_command`). */
export function interactiveTurns(
  conversation: Conversation,
  steps: readonly InteractiveStep[],
): readonly InteractiveTurn[] {
  if (!Array.isArray(steps) || steps.length === 0) {
    throw new OptionError('sendInteractive takes a list of steps, each with what to send; got none');
  }
  const turns: InteractiveTurn[] = [];
  for (let at = 0; at < steps.length; at++) {
    const command = commandOf(conversation, steps[at]);
    const questions: Expected[] = [];
    for (; steps[at]?.expect !== undefined && at + 1 < steps.length; at++) {
      const answer = keysOf(conversation, steps[at + 1]);
      questions.push(expectedOf(patternOf(steps[at]?.expect), answer));
    }
    const end = steps[at]?.expect;
    turns.push({ command, questions, end: end === undefined ? undefined : patternOf(end) });
  }
  return turns;
}

/** How a line ends that asks something. */
const ENDS_AS_QUESTION = String.raw`[:?>\]\)]\s*$`;

/**
 * A question is answered when the device has stopped behind it; at once only where the pattern is of the line's end, and
 * the line ends as a question does. A secret waits for that in any case, and for a line that ends as a question and does
 * not go on in words behind what was expected: what is typed while a device does not hide it yet is shown.
 */
function expectedOf(asks: RegExp, answer: string | Secret): Expected {
  const toTheEnd = /(?:^|[^\\])(?:\\\\)*\$$/.test(asks.source);
  if (!Secret.is(answer)) {
    const isWhole = (line: string): boolean => toTheEnd && new RegExp(ENDS_AS_QUESTION).test(line);
    return { asks, answer: () => answer, isWhole };
  }
  const nothingBehind = `(?:${asks.source})${String.raw`[^A-Za-z0-9\u00c0-\uffff]*`}$(?<=${ENDS_AS_QUESTION})`;
  return {
    asks: toTheEnd ? asks : new RegExp(nothingBehind, asks.flags),
    answer: () => answer,
    isWhole: () => false,
  };
}

function commandOf({ platform, channel }: Conversation, step: InteractiveStep | undefined): string {
  checkStep(step);
  const { send, hidden, enter } = step ?? {};
  if (Secret.is(send) || hidden === true || enter === false) {
    throw new OptionError('a secret or a single key can only be the answer to what the step before expects');
  }
  checkLine(send as string, platform);
  channel.checkText(send as string);
  return send as string;
}

/** Checked before the first line is sent: half a dialogue is worse than none. */
function keysOf({ platform, channel }: Conversation, step: InteractiveStep | undefined): string | Secret {
  checkStep(step);
  const { send, hidden = false, enter = true } = step ?? {};
  const text = Secret.is(send) ? send.reveal() : send;
  if (typeof text !== 'string') throw new OptionError(`send must be a text or a Secret; got ${got(text)}`);
  if (enter && /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/u.test(text)) {
    throw new ConversationError('bad_command', 'an answer is one line of printable characters, unless enter is false');
  }
  channel.checkText(text);
  if (!Secret.is(send) && !hidden) return enter ? text + platform.terminal.newline : text;
  if (!enter) throw new OptionError('a secret is a line, and needs its Enter');
  return Secret.is(send) ? send : new Secret(text);
}

function checkStep(step: InteractiveStep | undefined): void {
  checkNames('a step', step ?? {}, ['send', 'expect', 'hidden', 'enter']);
  checkKind('hidden', step?.hidden, 'boolean');
  checkKind('enter', step?.enter, 'boolean');
}

function patternOf(expect: string | RegExp | undefined): RegExp {
  // One that remembers where it was would skip what it has seen.
  if (expect instanceof RegExp) return new RegExp(expect.source, expect.flags.replace(/[gy]/g, ''));
  if (typeof expect === 'string' && expect !== '')
    return new RegExp(expect.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`));
  throw new OptionError(`expect must be a text or a pattern; got ${got(expect)}`);
}
