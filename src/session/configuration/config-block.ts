import { ConversationError } from '../../base/index.js';
import { returnToPrompt } from '../line/ask.js';
import { Echo } from '../line/echo.js';
import type { Conversation, Exchange } from '../line/exchange.js';
import { Ledger } from '../line/ledger.js';
import type { ConfigItem } from './config-lines.js';

/** What a device may print before a line of text while it takes one, as `> `. */
const LONGEST_MARK = 4;

/** What came of a command with its text. */
export interface BlockExchange extends Exchange {
  /** What the device said of it: the lines without those of the text that it echoed, and without what stands above them. */
  readonly said: readonly string[];
}

/**
 * Sends a command that takes lines of free text, and the text all at once as soon as the device waits for it. Its lines
 * must come back in order, as the device echoes them; only behind the last of them is a prompt the end.
 * @throws ConversationError (`unexpected_prompt`) where the device took the text for commands; what Channel.wait throws.
 */
export async function sendBlock(
  conversation: Conversation,
  { text, block = [] }: ConfigItem,
  { idleMs }: { readonly idleMs: number },
): Promise<BlockExchange> {
  const { platform, channel, prompt } = conversation;
  const waiting = { phase: 'configure', idleMs, expected: `the end of the text of '${text.trim()}'` } as const;
  await returnToPrompt(conversation, waiting);
  if (!new Ledger(conversation, text, 'configure').atPrompt()) channel.refuseQuestion(waiting);
  const echo = new Echo(conversation, text);
  channel.mark();
  channel.send(text);
  const answered = (): true | undefined =>
    echo.find() && prompt.recognise(channel.line, channel.above) ? true : undefined;
  // Nothing tells that a device waits for text, but that it says no more and shows no prompt.
  const refused = await channel.wait<boolean>(answered, waiting, () => (echo.seen ? false : undefined));
  const finished = (echoed: number): BlockExchange => {
    const lines = prompt.withoutAbove(echo.linesBehind() ?? []);
    prompt.confirm();
    channel.rest();
    return { prompt: echo.prompt, sent: text, lines, said: lines.slice(echoed) };
  };
  if (refused) return finished(0);
  channel.sendRaw(block.map((line) => line + platform.terminal.newline).join(''));
  const echoed = await channel.wait<number>(
    () => {
      const end = endOfEcho(block, echo.linesBehind() ?? [], (ahead) => prompt.recognise(ahead));
      return end !== undefined && prompt.recognise(channel.line, channel.above) ? end : undefined;
    },
    { ...waiting, settles: true },
  );
  return finished(echoed);
}

/** Returns how many lines had come when all of the text had been echoed, in order; undefined as long as it has not. */
function endOfEcho(
  block: readonly string[],
  lines: readonly string[],
  isPrompt: (text: string) => boolean,
): number | undefined {
  let at = 0;
  for (const [index, line] of lines.entries()) {
    const shown = line.trimEnd();
    const next = block[at]?.trimEnd();
    if (next === undefined) return index;
    if (!shown.endsWith(next)) continue;
    const ahead = shown.slice(0, shown.length - next.length);
    if (next !== '' && ahead !== '' && isPrompt(ahead)) throw takenForCommand(next);
    if (ahead.length <= LONGEST_MARK) at++;
  }
  return at === block.length ? lines.length : undefined;
}

function takenForCommand(line: string): ConversationError {
  return new ConversationError(
    'unexpected_prompt',
    `the device took '${line}', a line of a text, for a command: it did not wait for a text; the connection was dropped`,
    { phase: 'configure' },
  );
}
