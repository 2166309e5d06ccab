import type { Conversation, Exchange } from '../line/exchange.js';
import { isConfiguration } from '../modes/mode-graph.js';
import type { Response } from './response.js';

/** A stop watch: the moment at which something began, by the calendar and by the clock. */
export interface Started {
  readonly at: Date;
  readonly clock: number;
}

export const startNow = (): Started => ({ at: new Date(), clock: performance.now() });

/** Returns what was said as a response; with a refusal it is not ok. */
export function responseOf(
  { channel }: Conversation,
  { prompt, sent, lines }: Exchange,
  { started, refusal }: { readonly started: Started; readonly refusal: string | undefined },
): Response {
  return {
    command: sent,
    prompt,
    ok: refusal === undefined,
    // It goes into errors and logs; the output is what the device said, word for word.
    ...(refusal === undefined ? {} : { refusal: channel.redact(refusal) }),
    output: lines.join('\n'),
    startedAt: started.at.toISOString(),
    elapsedMs: Math.round((performance.now() - started.clock) * 10) / 10,
    endedBy: 'prompt',
    truncated: false,
  };
}

/** What is typed in a mode of configuration changes the device, whatever it was sent as: its failure leaves a doubt. */
export function phaseHere({ prompt }: Conversation): 'command' | 'configure' {
  return isConfiguration(prompt.mode) ? 'configure' : 'command';
}
