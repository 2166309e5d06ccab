import type { Platform } from '../platforms/index.js';
import { anyOf } from './patterns.js';

/**
 * Returns the host name that a line gives to the device; undefined for a line that gives it none. Each rule stands by
 * itself: put together they would have the group `host` twice, which is no regular expression.
 */
export function newHost({ renames }: Platform, line: string): string | undefined {
  for (const rename of renames) {
    const host = anyOf([rename], 'u').exec(line)?.groups?.host;
    if (host !== undefined) return host;
  }
  return undefined;
}
