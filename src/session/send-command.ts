import { type Conversation, exchange } from './exchange.js';
import { findRefusal } from './refusals.js';
import type { Response } from './response.js';

export interface SendOptions {
  readonly phase?: 'command' | 'configure';
  readonly idleMs: number;
}

/** Sends one command and returns what the device answered, refused or not. @throws what `exchange` throws. */
export async function sendCommand(
  conversation: Conversation,
  command: string,
  { phase = 'command', idleMs }: SendOptions,
): Promise<Response> {
  const startedAt = new Date();
  const start = performance.now();
  const { prompt, lines } = await exchange(conversation, command, { phase, idleMs });
  const refusal = findRefusal(conversation.platform, lines);
  return {
    command,
    prompt,
    output: lines.join('\n'),
    ok: refusal === undefined,
    ...(refusal === undefined ? {} : { refusal }),
    startedAt: startedAt.toISOString(),
    elapsedMs: Math.round((performance.now() - start) * 10) / 10,
    endedBy: 'prompt',
    truncated: false,
  };
}
