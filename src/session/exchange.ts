import { ConversationError, DeviceTimeoutError, type Phase } from '../base/index.js';
import type { Platform } from '../platforms/index.js';
import type { Channel } from './channel.js';
import { anyOf } from './patterns.js';
import type { Prompt } from './prompt.js';

/** What a conversation with one device is held with. */
export interface Conversation {
  readonly platform: Platform;
  readonly channel: Channel;
  readonly prompt: Prompt;
}

/** One line sent and what came of it until the next prompt. */
export interface Exchange {
  /** The prompt that the line was typed at. */
  readonly prompt: string;
  readonly sent: string;
  readonly lines: readonly string[];
}

/** Shows an exchange as a person would have seen it. */
export function transcript({ prompt, sent, lines }: Exchange): string {
  return [`${prompt}${sent}`, ...lines].join('\n');
}

/** Refuses what would not stay one line on the device. @throws ConversationError (`bad_command`). */
export function checkLine(line: string, platform: Platform, phase: Phase = 'command'): void {
  const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/u.exec(line);
  if (control !== null) {
    const code = control[0].codePointAt(0)?.toString(16).padStart(4, '0');
    throw new ConversationError(
      'bad_command',
      `a command is one line of printable characters; got the control character U+${code} at position ${control.index + 1}`,
      { phase },
    );
  }
  if (platform.helpKey !== undefined && line.includes(platform.helpKey)) {
    throw new ConversationError(
      'bad_command',
      `'${platform.helpKey}' makes ${platform.name} print help at once and leaves half a line behind; send the command without it`,
      { phase },
    );
  }
}

/** Where a line was typed: the device's prompt, and all that stood on the line then. */
interface TypedAt {
  readonly prompt: string;
  readonly onLine: string;
}

/** How much of a long line a device shows behind a `$` when it scrolls it sideways instead of wrapping it. */
const LEAST_SCROLLED = 8;

function isEcho(line: string, { prompt, onLine }: TypedAt, command: string): boolean {
  const typed = command.trimEnd();
  const shown = line.trimEnd();
  if (shown === typed || [prompt, onLine].some((before) => shown === (before + typed).trimEnd())) return true;
  // IOS scrolls a line that is wider than the terminal: `R1#$he end of a long line`.
  const scrolled = shown.startsWith(`${prompt.trimEnd()}$`) ? shown.slice(prompt.trimEnd().length + 1) : '';
  return scrolled.length >= LEAST_SCROLLED && typed.endsWith(scrolled);
}

/** Where the echo of a command stands among the lines, looked for from `start`; -1 when it is not there yet. */
function findEcho({ channel, prompt }: Conversation, before: TypedAt, command: string, start: number): number {
  for (let index = start; index < channel.lines.length; index++) {
    const line = channel.lines[index] ?? '';
    if (isEcho(line, before, command)) return index;
    // The prompt that was taken for the device's own may have been a line of its banner: the echo shows the real one.
    const typed = command.trimEnd();
    if (typed !== '' && line.trimEnd().endsWith(typed)) {
      const shown = line.trimEnd().slice(0, -typed.length);
      if (prompt.recognise(shown) || (!prompt.confirmed && prompt.learn(shown))) return index;
    }
  }
  return -1;
}

/**
 * Sends one line and waits for its end: the echo of the line, and after it the device's prompt alone on the last line.
 * A prompt that comes without the echo before it belongs to something else, and is no end.
 * @throws what Channel.wait throws; ConversationError (`echo_missing`) when only prompts came.
 */
export async function exchange(
  conversation: Conversation,
  line: string,
  options: { readonly phase: Phase; readonly idleMs: number },
): Promise<Exchange> {
  const { platform, channel, prompt } = conversation;
  checkLine(line, platform, options.phase);
  prompt.expectHost(anyOf(platform.renames, 'u').exec(line)?.groups?.host);

  const before = { prompt: prompt.text, onLine: channel.line };
  channel.mark();
  channel.send(line);
  let echo = -1;
  let looked = 0;
  const look = (): readonly string[] | undefined => {
    if (echo === -1) {
      echo = findEcho(conversation, before, line, looked);
      looked = channel.lines.length;
    }
    if (echo === -1) return undefined;
    if (prompt.recognise(channel.line)) return channel.lines.slice(echo + 1);
    const rest = prompt.textBefore(channel.line);
    return rest === undefined ? undefined : [...channel.lines.slice(echo + 1), rest];
  };
  const expected = `the prompt after '${line}'`;
  try {
    const lines = await channel.wait(look, { ...options, expected });
    prompt.confirm();
    return { prompt: before.prompt, sent: line, lines };
  } catch (error) {
    if (echo !== -1 || !(error instanceof DeviceTimeoutError) || !prompt.recognise(channel.line)) throw error;
    throw new ConversationError(
      'echo_missing',
      `the device showed its prompt, but never the command '${line}' that was sent: what it printed cannot be told from the answer to something else`,
      { phase: options.phase, cause: error, details: channel.details(`the echo of '${line}'`) },
    );
  }
}
