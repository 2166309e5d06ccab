import { ConversationError } from '../base/index.js';
import { returnToPrompt } from './ask.js';
import type { ConfigItem } from './config-lines.js';
import { Echo } from './echo.js';
import type { Conversation, Exchange } from './exchange.js';
import { Ledger } from './ledger.js';

/** What a device may print before a line of text while it takes one, as `> `. */
const LONGEST_MARK = 4;

/**
 * Sends a command that takes lines of free text, and the text all at once as soon as the device waits for it. Its lines
 * must come back in order, as the device echoes them; only behind the last of them is a prompt the end.
 * @throws ConversationError (`unexpected_prompt`) where the device took the text for commands; what Channel.wait throws.
 */
export async function sendBlock(
  conversation: Conversation,
  { text, block = [] }: ConfigItem,
  { idleMs }: { readonly idleMs: number },
): Promise<Exchange> {
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
  const finished = (): Exchange => {
    const lines = prompt.withoutAbove(echo.linesBehind() ?? []);
    prompt.confirm();
    channel.rest();
    return { prompt: echo.prompt, sent: text, lines };
  };
  if (refused) return finished();
  channel.sendRaw(block.map((line) => line + platform.terminal.newline).join(''));
  await channel.wait(
    () => {
      if (!hasCome(block, echo.linesBehind() ?? [], (ahead) => prompt.recognise(ahead))) return undefined;
      return prompt.recognise(channel.line, channel.above) ? true : undefined;
    },
    { ...waiting, settles: true },
  );
  return finished();
}

/** Whether all lines of the text have been echoed, in order. */
function hasCome(block: readonly string[], lines: readonly string[], isPrompt: (text: string) => boolean): boolean {
  let at = 0;
  for (const line of lines) {
    const shown = line.trimEnd();
    const next = block[at]?.trimEnd();
    if (next === undefined) return true;
    if (!shown.endsWith(next)) continue;
    const ahead = shown.slice(0, shown.length - next.length);
    if (next !== '' && ahead !== '' && isPrompt(ahead)) throw takenForCommand(next);
    if (ahead.length <= LONGEST_MARK) at++;
  }
  return at === block.length;
}

function takenForCommand(line: string): ConversationError {
  return new ConversationError(
    'unexpected_prompt',
    `the device took '${line}', a line of a text, for a command: it did not wait for a text; the connection was dropped`,
    { phase: 'configure' },
  );
}
