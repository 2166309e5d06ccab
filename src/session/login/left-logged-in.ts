import { logger } from '../../base/index.js';
import type { Conversation } from '../line/conversation.js';
import { addressOf, type SessionTarget } from '../options.js';

/**
 * Warns of a console that somebody has left logged in: whoever plugs in next has their rights. In the lowest mode that
 * is only likely where a login was to be expected.
 */
export function warnLeftLoggedIn({ platform, prompt }: Conversation, target: SessionTarget): void {
  const { mode, host = addressOf(target) } = prompt;
  const isHigher = (platform.modes[mode]?.enter.length ?? 0) > 0;
  if (isHigher) logger().warn(`the console of ${host} was left logged in in ${mode} mode`);
  else if (target.password !== undefined) {
    logger().warn(`the console of ${host} was left logged in in ${mode} mode, or it asks for no login`);
  }
}
