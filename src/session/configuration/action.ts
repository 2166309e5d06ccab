import type { ActionData } from '../../platforms/index.js';
import { findRefusal } from '../commands/refusals.js';
import { responseOf, startNow } from '../commands/respond.js';
import type { Response } from '../commands/response.js';
import { type Dialogue, dialogue, expectedOf } from '../line/dialogue.js';
import type { Conversation } from '../line/exchange.js';
import { anyOf } from '../line/patterns.js';
import { withSession } from './config-session.js';

export interface ActionOptions {
  readonly phase: 'command' | 'configure';
  readonly idleMs: number;
  /** The line, where it is not the action's own as it stands. */
  readonly line?: string | undefined;
}

/**
 * Types a command that does something to the device as a whole, answers its questions, and looks whether it was done:
 * a response that is not ok where the device refused it, or did not say that it was done.
 * @throws what `dialogue` throws.
 */
export async function act(
  conversation: Conversation,
  action: ActionData,
  { phase, idleMs, line = action.send }: ActionOptions,
): Promise<Response> {
  const started = startNow();
  const said = await dialogue(conversation, withSession(conversation, line), {
    phase,
    idleMs,
    questions: expectedOf(action.answers),
  });
  return responseOf(conversation, said, { started, refusal: refusalOf(conversation, action, said) });
}

function refusalOf({ platform }: Conversation, action: ActionData, { lines, after }: Dialogue): string | undefined {
  const refused =
    findRefusal(platform, lines) ??
    findRefusal(platform, after) ??
    lines.find((line) => anyOf(action.refusals ?? [], 'u').test(line))?.trim();
  if (refused !== undefined || action.done === undefined) return refused;
  if (lines.some((line) => anyOf([action.done ?? ''], 'u').test(line))) return undefined;
  const last = lines.findLast((line) => line.trim() !== '')?.trim();
  return `the device does not say that it was done${last === undefined ? '' : `; it says: ${last}`}`;
}
