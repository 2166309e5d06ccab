import type { Phase } from '../../base/index.js';
import { ask } from './ask.js';
import type { Conversation } from './conversation.js';

export { type Conversation, checkLine } from './conversation.js';

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

/**
 * Sends one line and waits for its end: the echo of the line, and after it the device's prompt alone on the last line,
 * of a mode that the line can lead to.
 * @throws what `ask` throws.
 */
export async function exchange(
  conversation: Conversation,
  line: string,
  options: { readonly phase: Phase; readonly idleMs: number },
): Promise<Exchange> {
  const { prompt, answer } = await ask(conversation, line, options);
  return { prompt, sent: line, lines: [...answer.lines()] };
}
