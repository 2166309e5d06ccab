import { responseOf, startNow } from '../commands/respond.js';
import type { Response } from '../commands/response.js';
import type { Conversation } from '../line/conversation.js';

/** A commit that the device takes back by itself unless it is confirmed in time. */
export interface Unconfirmed {
  /** When its answer came, by the monotonic clock and by the calendar: one of them may stand while a machine sleeps. */
  readonly answeredAt: { readonly clock: number; readonly calendar: number };
  /** How long the device waits for the confirmation. */
  readonly heldMs: number;
  /** What the device called itself before. */
  readonly host: string | undefined;
}

/** What the confirmation may need to the device; at most a tenth of the time that the device waits. */
const ON_THE_WAY_MS = 2_000;

/** Notes that the device has answered to a commit that waits; with its rollback an old host name may come back. */
export function awaitConfirmation({ entered, prompt }: Conversation, heldMs: number, host: string | undefined): void {
  if (entered !== undefined) {
    entered.unconfirmed = { answeredAt: { clock: performance.now(), calendar: Date.now() }, heldMs, host };
  }
  prompt.mayReturnTo(host === prompt.host ? undefined : host);
}

/** Notes that nothing waits any more. */
export function noConfirmation({ entered, prompt }: Conversation): void {
  if (entered?.unconfirmed === undefined) return;
  entered.unconfirmed = undefined;
  prompt.mayReturnTo(undefined);
}

/**
 * Confirms the commit that waits, with what types the line. Nothing is typed once the device may have taken the commit
 * back, for the same line would then commit nothing and be told to be done; and an answer that came after that moment
 * proves nothing either.
 */
export async function confirmInTime(
  conversation: Conversation,
  line: string,
  confirm: () => Promise<Response>,
): Promise<Response> {
  const waiting = conversation.entered?.unconfirmed;
  if (waiting === undefined) return confirm();
  const seconds = waiting.heldMs / 1000;
  if (leftMs(waiting) < Math.min(ON_THE_WAY_MS, waiting.heldMs / 10)) {
    const refusal = `the ${seconds} s in which the commit could be confirmed are over, and the device has taken it back or is about to; nothing was sent`;
    const said = { prompt: conversation.prompt.text, sent: line, lines: [] };
    return responseOf(conversation, said, { started: startNow(), refusal });
  }
  const response = await confirm();
  if (!response.ok) return response;
  if (leftMs(waiting) <= 0) {
    const refusal = `the answer came when the ${seconds} s in which the commit could be confirmed were over: whether it was in time is not known`;
    return { ...response, ok: false, refusal };
  }
  noConfirmation(conversation);
  return response;
}

function leftMs({ answeredAt, heldMs }: Unconfirmed): number {
  return heldMs - Math.max(performance.now() - answeredAt.clock, Date.now() - answeredAt.calendar);
}
