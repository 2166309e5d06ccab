import { type Conversation, exchange } from './exchange.js';
import { findRefusal } from './refusals.js';
import type { Response } from './response.js';

export interface SendOptions {
  readonly phase?: 'command' | 'configure';
  readonly idleMs: number;
  readonly refusals?: 'report' | 'ignore' | undefined;
}

/** Sends one command and returns what the device answered, refused or not. @throws what `exchange` throws. */
export async function sendCommand(
  conversation: Conversation,
  command: string,
  { phase = phaseOf(conversation), idleMs, refusals }: SendOptions,
): Promise<Response> {
  const startedAt = new Date();
  const start = performance.now();
  const { prompt, lines } = await exchange(conversation, command, { phase, idleMs });
  const refused = refusals === 'ignore' ? undefined : findRefusal(conversation.platform, lines);
  // It goes into errors and logs; the output is what the device said, word for word.
  const refusal = refused === undefined ? undefined : conversation.channel.redact(refused);
  return {
    command,
    prompt,
    ok: refusal === undefined,
    ...(refusal === undefined ? {} : { refusal }),
    output: lines.join('\n'),
    startedAt: startedAt.toISOString(),
    elapsedMs: Math.round((performance.now() - start) * 10) / 10,
    endedBy: 'prompt',
    truncated: false,
  };
}

/** A command typed in configuration mode changes the device, whatever it was sent as: its failure leaves a doubt. */
function phaseOf({ prompt }: Conversation): 'command' | 'configure' {
  return prompt.mode === 'config' ? 'configure' : 'command';
}
