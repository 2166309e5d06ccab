import {
  AbortedError,
  ConnectionClosedError,
  ConversationError,
  DeviceTimeoutError,
  logger,
} from '../../base/index.js';
import type { Conversation } from '../line/conversation.js';
import { Echo } from '../line/echo.js';
import { anyOf, fits } from '../line/patterns.js';

/** How long a console may be silent before it counts as logged out, and how many modes are left one by one. */
const SILENT_MS = 2_000;
const MOST_EXITS = 3;

/**
 * Logs out of a console and sees to it: nobody hangs up there, and the next one who presses a key would be logged in.
 * Warns where it did not work.
 */
export async function logOut(conversation: Conversation, name: string): Promise<void> {
  const { channel, platform, prompt } = conversation;
  try {
    for (let exits = 0; exits < MOST_EXITS; exits++) if (!(await leave(conversation))) return;
    const says = `it stays in ${prompt.mode} mode after '${platform.exit}'`;
    logger().warn(`the console of ${name} is left logged in: ${says}`);
  } catch (error) {
    // A line that was closed, or says nothing more, is left as well. Called off, nobody waits for what comes of it.
    if (error instanceof ConnectionClosedError || error instanceof DeviceTimeoutError) return;
    if (error instanceof AbortedError) return;
    if (!(error instanceof ConversationError)) throw error;
    const asks = channel.redact(channel.line.trim());
    logger().warn(`the console of ${name} may be left logged in: it asks '${asks}' after '${platform.exit}'`);
  }
}

/** Returns whether the device shows its prompt again. */
function leave(conversation: Conversation): Promise<boolean> {
  const { channel, platform, prompt } = conversation;
  const { login, exit } = platform;
  const mode = platform.modes[prompt.mode]?.leave;
  if (mode !== undefined) channel.send(mode.send);
  const echo = new Echo(conversation, exit);
  channel.mark();
  channel.send(exit);
  const out = [login.username, login.password, ...(login.answers ?? []).map(({ prompt }) => prompt)];
  const look = (): boolean | undefined => {
    const behind = echo.linesBehind();
    if (behind === undefined) return undefined;
    if ([channel.line, ...behind].some((line) => fits(anyOf(out), line))) return false;
    return prompt.recognise(channel.line, channel.above) ? true : undefined;
  };
  return channel.wait(look, { phase: 'close', expected: 'the end of the login', idleMs: SILENT_MS });
}
