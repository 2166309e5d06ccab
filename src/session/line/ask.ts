import { ConversationError, DeviceTimeoutError, type Phase } from '../../base/index.js';
import type { EndedBy } from '../commands/response.js';
import type { Answer } from './answer.js';
import type { WaitOptions } from './channel-options.js';
import { type Conversation, checkLine } from './conversation.js';
import { Echo } from './echo.js';
import { Ledger } from './ledger.js';
import { PatternWatch } from './pattern-watch.js';
import { groupIn } from './patterns.js';

export interface AskOptions {
  readonly phase: Phase;
  readonly idleMs: number;
  /** Ends the answer as well: a text, or a pattern, in one line of it. */
  readonly until?: string | RegExp | undefined;
  /** Ends the answer when nothing has come for so long, whatever stands on the last line. */
  readonly quietMs?: number | undefined;
}

/** What came of one line: its answer, and how the end of it was recognised. */
export interface Asked {
  /** The prompt that the line was typed at. */
  readonly prompt: string;
  readonly answer: Answer;
  readonly endedBy: EndedBy;
}

/** Waits for the prompt where the caller's own input has left the conversation somewhere. @throws what Channel.wait throws. */
export async function returnToPrompt({ channel, prompt }: Conversation, waiting: WaitOptions): Promise<void> {
  if (!channel.loose) return;
  const expected = 'the prompt of the device, after input whose end was not its prompt,';
  await channel.wait(() => prompt.recognise(channel.line, channel.above) || undefined, { ...waiting, expected });
  channel.rest();
}

/**
 * Sends one line and waits for the end of its answer.
 * @throws what Channel.wait throws; ConversationError (`echo_missing`) when only prompts came, (`unexpected_prompt`)
 * when there were more prompts than lines sent, or one of a mode that the line cannot lead to.
 */
export async function ask(conversation: Conversation, line: string, options: AskOptions): Promise<Asked> {
  const { platform, channel, prompt } = conversation;
  const { phase, idleMs } = options;
  checkLine(line, platform, phase);
  const waiting = { phase, idleMs, expected: `the prompt after '${line}'`, settles: true };
  const guesses = options.quietMs !== undefined;
  if (!guesses) await returnToPrompt(conversation, waiting);
  const ledger = new Ledger(conversation, line, phase);
  if (!guesses && !ledger.atPrompt()) channel.refuseQuestion(waiting);
  prompt.expectHost(groupIn(platform.renames, 'host', line), line);

  const watch = options.until === undefined ? undefined : new PatternWatch(channel, options.until);
  const echo = new Echo(conversation, line);
  channel.mark();
  channel.send(line);
  const sending = { conversation, line, echo, ledger, watch, waiting };
  return options.quietMs === undefined ? untilProved(sending) : untilQuiet(sending, options.quietMs);
}

interface Sending {
  readonly conversation: Conversation;
  readonly line: string;
  readonly echo: Echo;
  readonly ledger: Ledger;
  readonly watch: PatternWatch | undefined;
  readonly waiting: WaitOptions;
}

async function untilProved({ conversation, line, echo, ledger, watch, waiting }: Sending): Promise<Asked> {
  const { channel, prompt } = conversation;
  let atPrompt = false;
  const finish = (endedBy: EndedBy, closing?: string): Asked => {
    const { opening } = echo;
    const { count } = channel.received;
    const { first, end } = atPrompt ? ledger.range(echo) : { first: echo.end, end: count };
    const last = endedBy === 'pattern' ? Math.min(end, (watch?.at ?? count) + 1) : end;
    const range = {
      first: opening === '' ? 1 : first,
      end: last,
      opening: opening === '' ? undefined : opening,
      closing,
    };
    return { prompt: echo.prompt, answer: channel.received.answer(range), endedBy };
  };
  const look = (): Asked | undefined => {
    if (!echo.find()) return undefined;
    ledger.watch(echo);
    const matched = watch?.seen(echo.end) === true;
    atPrompt = prompt.recognise(channel.line, channel.above, ledger.possible);
    if (atPrompt) return finish(matched ? 'pattern' : 'prompt');
    const onLastLine = watch?.at === channel.received.count;
    if (matched) return finish('pattern', onLastLine ? channel.wholeLine : undefined);
    const rest = prompt.textBefore(channel.line);
    atPrompt = rest !== undefined;
    if (rest !== undefined) ledger.refusePromptIn(echo, rest);
    return rest === undefined ? undefined : finish('prompt', rest);
  };
  // Where nothing is echoed, only the quiet behind a prompt tells it from one that was left over.
  const lookWhenQuiet = (): Asked | undefined => (echo.none ? look() : undefined) ?? ledger.refuseOtherMode(echo);
  try {
    const asked = await channel.wait(echo.none ? () => undefined : look, waiting, lookWhenQuiet);
    prompt.confirm();
    if (atPrompt) channel.rest();
    else channel.loosen(watch?.read);
    return asked;
  } catch (error) {
    // A prompt below a line that was ended is a new one; the old one on a silent device's line tells nothing.
    const prompted = channel.lines.length > 0 && prompt.matches(channel.line, channel.above) !== undefined;
    if (echo.seen || !(error instanceof DeviceTimeoutError) || !prompted) throw error;
    const sent = channel.redact(line);
    throw new ConversationError(
      'echo_missing',
      `the device showed its prompt, but never the command '${sent}' that was sent: what it printed cannot be told from the answer to something else`,
      { phase: waiting.phase, cause: error, details: channel.details(`the echo of '${line}'`) },
    );
  }
}

/** The end is a guess, which the caller has asked for; a prompt on the last line is still no part of the answer. */
async function untilQuiet({ conversation, echo, ledger, waiting }: Sending, quietMs: number): Promise<Asked> {
  const { channel, prompt } = conversation;
  const expected = 'a first byte of the answer';
  await channel.wait(
    () => undefined,
    { ...waiting, expected, quietMs },
    () => true,
  );
  echo.find();
  const atPrompt = prompt.recognise(channel.line, channel.above);
  const { received, wholeLine } = channel;
  const range = atPrompt ? ledger.quietRange(echo) : { first: echo.end, end: received.count };
  const answer = received.answer({ ...range, closing: atPrompt || wholeLine === '' ? undefined : wholeLine });
  if (atPrompt) channel.rest();
  else channel.loosen();
  return { prompt: echo.prompt, answer, endedBy: 'silence' };
}
