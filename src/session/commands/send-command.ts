import { ask } from '../line/ask.js';
import type { Conversation } from '../line/conversation.js';
import { findRefusal } from './refusals.js';
import { phaseHere } from './respond.js';
import { respond, type SessionResponse } from './response.js';

export interface SendOptions {
  readonly phase?: 'command' | 'configure' | undefined;
  readonly idleMs: number;
  readonly refusals?: 'report' | 'ignore' | undefined;
  /** Ends the answer as well: a text, or a pattern, in one line of it. */
  readonly until?: string | RegExp | undefined;
  /** Ends the answer when nothing has come for so long. */
  readonly quietMs?: number | undefined;
}

/** Sends one command and returns what the device answered, refused or not. @throws what `ask` throws. */
export async function sendCommand(
  conversation: Conversation,
  command: string,
  { phase = phaseHere(conversation), refusals, ...options }: SendOptions,
): Promise<SessionResponse> {
  const startedAt = new Date();
  const start = performance.now();
  const { prompt, answer, endedBy } = await ask(conversation, command, { phase, ...options });
  const refused = refusals === 'ignore' ? undefined : findRefusal(conversation.platform, answer.head);
  // It goes into errors and logs; the output is what the device said, word for word.
  const refusal = refused === undefined ? undefined : conversation.channel.redact(refused);
  const data = {
    command,
    prompt,
    ok: refusal === undefined,
    ...(refusal === undefined ? {} : { refusal }),
    startedAt: startedAt.toISOString(),
    elapsedMs: Math.round((performance.now() - start) * 10) / 10,
    endedBy,
  };
  return respond(data, answer);
}
