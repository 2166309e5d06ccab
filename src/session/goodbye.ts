import { isCandidate } from './configuration/candidate.js';
import { dropCandidate } from './configuration/config-abort.js';
import type { Conversation } from './line/conversation.js';
import { logOut } from './login/log-out.js';
import { leaveMode } from './modes/privilege.js';
import { addressOf, isConsole, type SessionTarget } from './options.js';

/** How long a device may be silent while a candidate is dropped before the connection is closed. */
const LEAVE_IDLE_MS = 5_000;

interface Leaving {
  readonly idleMs: number;
  /** The device's name where the line is its console, which stays when the connection goes. */
  readonly console?: string | undefined;
}

/**
 * Takes leave of a device that waits for a command; behind raw input nobody knows, and nothing is typed. What was not committed is dropped: it must not wait for the next one
 * who commits. The answer to the last line is not awaited, but on a console: the close that follows tells the same, one round trip earlier.
 */
async function sayGoodbye(conversation: Conversation, { idleMs, console }: Leaving): Promise<void> {
  const { platform, prompt, channel } = conversation;
  const waits = (): boolean => !channel.closed && !channel.loose && prompt.recognise(channel.line, channel.above);
  if (waits() && isCandidate(platform, prompt.mode)) {
    const how = { phase: 'configure', idleMs: Math.min(idleMs, LEAVE_IDLE_MS) } as const;
    try {
      await dropCandidate(conversation, how);
      await leaveMode(conversation, how);
    } catch {
      // It is closed all the same; whoever closes a session does not want to hear of it.
    }
  }
  if (!waits()) return;
  if (console !== undefined) return logOut(conversation, console);
  const leave = platform.modes[prompt.mode]?.leave;
  if (leave !== undefined) channel.send(leave.send);
  channel.send(platform.exit);
}

/** Takes leave of a console, or of a device on another line. */
export async function leaveDevice(conversation: Conversation, target: SessionTarget, idleMs: number): Promise<void> {
  const name = conversation.prompt.host ?? addressOf(target);
  await sayGoodbye(conversation, { idleMs, console: isConsole(target) ? name : undefined });
}

/**
 * Takes leave of a console whose session has failed or was called off: the end of the connection does not log out there.
 * Only at rest: what was sent and has not been answered may ask something.
 */
export async function leaveConsole(conversation: Conversation, target: SessionTarget): Promise<void> {
  if (isConsole(target) && conversation.channel.atRest) await leaveDevice(conversation, target, LEAVE_IDLE_MS);
}
