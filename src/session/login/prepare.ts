import type { PrepareData } from '../../platforms/index.js';
import { sendAhead } from '../configuration/ahead.js';
import { dialogue, expectedOf } from '../line/dialogue.js';
import type { Conversation } from '../line/exchange.js';
import { isRest } from '../modes/mode-graph.js';

/**
 * Sends what the platform wants sent once after login (the pager off, a wide terminal), as far as it has a meaning in
 * the mode that the device is in, and returns the rest, which waits for its mode. A device may refuse that, for want of
 * rights: then its pager is answered instead.
 * @throws what `dialogue` throws.
 */
export async function prepare(
  conversation: Conversation,
  wanted: readonly PrepareData[],
  idleMs: number,
): Promise<readonly PrepareData[]> {
  const { platform, prompt } = conversation;
  // In a mode of configuration, where somebody may have left a console, the same line would change the device.
  const here = wanted.filter((line) => line.in?.includes(prompt.mode) ?? isRest(platform, prompt.mode));
  const options = { phase: 'prepare', idleMs } as const;
  const asksNothing = here.every(({ answers }) => answers === undefined) && platform.terminal.echo !== 'none';
  if (platform.prepareTogether !== undefined && here.length > 1 && asksNothing) {
    const lines = here.map(({ send }) => send);
    await sendAhead(conversation, lines, options);
  } else {
    for (const { send, answers } of here) {
      await dialogue(conversation, send, { ...options, questions: expectedOf(answers) });
    }
  }
  return wanted.filter((line) => !here.includes(line));
}
