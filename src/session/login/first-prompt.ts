import type { Conversation } from '../line/exchange.js';
import { isConsole } from '../options.js';
import { AUTODETECT } from './autodetect.js';
import { awaitPrompt, logIn } from './login.js';
import type { Opening } from './opening.js';
import { usernameOf } from './user-name.js';

/**
 * An SSH shell is mostly logged in already; on other ways the login is a dialogue on the command line. Returns false
 * where none was asked for.
 */
export async function reachPrompt(conversation: Conversation, opening: Opening): Promise<boolean> {
  const { target, platform, options, timeouts, passed } = opening;
  options.onPhase?.('login');
  const waiting = {
    phase: 'login',
    expected: 'the first prompt of the device',
    idleMs: timeouts.connectMs,
    // Nearly every line may be a prompt by the generic rules: one that is still being written is not. Nor is one of a
    // terminal server's greeting.
    settles: platform.name === AUTODETECT || opening.settles === true || passed !== undefined,
  } as const;
  const { transport = 'ssh' } = target;
  const onConsole = isConsole(target);
  const asksInShell = platform.login.afterSsh === true || opening.unasked === true;
  const loggedIn = transport === 'ssh' && !asksInShell && !onConsole && passed === undefined;
  if (loggedIn) {
    await awaitPrompt(conversation, waiting);
    return true;
  }
  const credentials = { username: usernameOf({ target, platform }), password: target.password };
  return logIn(conversation, credentials, { ...waiting, console: onConsole, passed });
}
