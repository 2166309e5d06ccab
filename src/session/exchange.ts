import { ConversationError, DeviceTimeoutError, type Phase } from '../base/index.js';
import type { Platform } from '../platforms/index.js';
import type { Channel } from './channel.js';
import { Echo } from './echo.js';
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
  if (typeof line !== 'string') {
    throw new ConversationError('bad_command', `a command is a text; got a ${typeof line}`, { phase });
  }
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
  const waiting = { ...options, expected: `the prompt after '${line}'`, settles: true };
  if (!prompt.recognise(channel.line, channel.above)) channel.refuseQuestion(waiting);
  prompt.expectHost(anyOf(platform.renames, 'u').exec(line)?.groups?.host);

  const echo = new Echo(conversation, line);
  channel.mark();
  channel.send(line);
  const look = (): readonly string[] | undefined => {
    const lines = echo.linesBehind();
    if (lines === undefined) return undefined;
    if (prompt.recognise(channel.line, channel.above)) return prompt.withoutAbove(lines);
    const rest = prompt.textBefore(channel.line);
    return rest === undefined ? undefined : [...lines, rest];
  };
  try {
    const lines = withoutStamps(platform, await channel.wait(look, waiting));
    prompt.confirm();
    return { prompt: echo.prompt, sent: line, lines };
  } catch (error) {
    // A prompt below a line that was ended is a new one; the old one on a silent device's line tells nothing.
    const prompted = channel.lines.length > 0 && prompt.recognise(channel.line, channel.above);
    if (echo.seen || !(error instanceof DeviceTimeoutError) || !prompted) throw error;
    const sent = channel.redact(line);
    throw new ConversationError(
      'echo_missing',
      `the device showed its prompt, but never the command '${sent}' that was sent: what it printed cannot be told from the answer to something else`,
      { phase: options.phase, cause: error, details: channel.details(`the echo of '${line}'`) },
    );
  }
}

/** Some devices print the time below every echo: it tells nothing of what was asked. */
function withoutStamps({ stamps = [] }: Platform, lines: readonly string[]): readonly string[] {
  if (stamps.length === 0) return lines;
  const answer = lines.findIndex((line) => !anyOf(stamps, 'u').test(line));
  return answer === -1 ? [] : lines.slice(answer);
}
