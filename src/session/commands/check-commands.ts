import type { Platform } from '../../platforms/index.js';
import { checkLine } from '../line/exchange.js';
import { platformOf } from '../options.js';

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
