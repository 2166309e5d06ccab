import type { Platform } from '../../platforms/index.js';
import { checkExec } from '../exec/exec-session.js';
import { checkLine } from '../line/exchange.js';
import { platformOf, type SessionTarget } from '../options.js';

/**
 * Checks commands for a platform before anything is connected: each must be one line that the platform can take.
 * `platforms` are the caller's own, as in `SessionOptions`.
 * @throws ConversationError (`bad_command`); RollcallError (`unknown_platform`).
 */
export function checkCommands(
  commands: readonly string[],
  platformName: string,
  platforms: readonly Platform[] = [],
): void {
  const platform = platformOf(platformName, { platforms });
  for (const command of commands) checkLine(command, platform);
}

/**
 * Checks the same for commands that run in channels of their own, and that the target can run them so at all.
 * @throws ConversationError (`bad_command`); RollcallError (`unknown_platform`, `not_supported`).
 */
export function checkExecCommands(
  commands: readonly string[],
  target: Pick<SessionTarget, 'platform' | 'transport' | 'terminalServer' | 'console'>,
  platforms: readonly Platform[] = [],
): void {
  const platform = platformOf(target.platform, { platforms });
  checkExec(target, platform);
  for (const command of commands) checkLine(command, platform);
}
