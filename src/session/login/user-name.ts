import type { ConnectionFacts } from '../../transport/index.js';
import type { ResolvedTarget } from '../options.js';
import type { Way } from './opening.js';

/** With what the platform wants behind the name, unless the caller has put it there. */
export function usernameOf({ target: { username }, platform }: Omit<Way, 'options'>): string | undefined {
  const { usernameSuffix = '' } = platform.login;
  return username === undefined || username.endsWith(usernameSuffix) ? username : username + usernameSuffix;
}

/** With the name that ssh_config supplied, where the target has none: the enable mode may ask for it too. */
export function withUsername(target: ResolvedTarget, { username }: ConnectionFacts, suffix = ''): ResolvedTarget {
  if (target.username !== undefined || username === undefined) return target;
  const end = username.length - (username.endsWith(suffix) ? suffix.length : 0);
  return { ...target, username: username.slice(0, end) };
}
