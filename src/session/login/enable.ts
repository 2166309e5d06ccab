import type { Conversation } from '../line/exchange.js';
import { wayTo } from '../modes/mode-graph.js';
import { enterMode } from '../modes/privilege.js';
import type { Opening } from './opening.js';

/** Some users (root on Junos) are let into a shell below the command line: it is entered from there. */
export async function leaveShell(conversation: Conversation, { target, timeouts: { idleMs } }: Opening): Promise<void> {
  const { platform, prompt } = conversation;
  const { home } = platform;
  if (home === undefined || wayTo(platform, prompt.mode, home) === undefined) return;
  await enterMode(conversation, home, { phase: 'enable', idleMs, secret: target.secret, username: target.username });
}

/** Goes to privileged mode, where the options and the target say so. */
export async function enable(conversation: Conversation, { target, options, timeouts }: Opening): Promise<void> {
  const { enable: wanted = 'auto' } = options;
  const possible = target.secret !== undefined && conversation.platform.modes.privileged !== undefined;
  if (wanted === 'never' || (wanted === 'auto' && !possible)) return;
  options.onPhase?.('enable');
  const { secret, username } = target;
  await enterMode(conversation, 'privileged', { phase: 'enable', idleMs: timeouts.idleMs, secret, username });
}
