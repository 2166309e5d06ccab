import { loadPlatform } from '../platforms/index.js';
import { checkLine } from './exchange.js';

/**
 * Checks commands for a platform before anything is connected: each must be one line that the platform can take.
 * @throws ConversationError (`bad_command`); RollcallError (`unknown_platform`).
 */
export function checkCommands(commands: readonly string[], platformName: string): void {
  const platform = loadPlatform(platformName);
  for (const command of commands) checkLine(command, platform);
}
