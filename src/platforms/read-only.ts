import { blankSecretLine } from '../base/index.js';
import type { Platform } from './platform.js';
import { secretLinesOf } from './secrets/of-platform.js';

/** Which commands change nothing on the device: what may be sent in read-only mode. */
export interface ReadOnlyData {
  /** Patterns of whole command lines, abbreviations included. */
  readonly allow: readonly string[];
  /** What makes a line harmful all the same, anywhere in it: output that goes to a file, a second command behind it. */
  readonly refuse?: readonly string[];
}

/**
 * Says why a command may not be sent in read-only mode; undefined when it may. What is on no list is refused: a command
 * that nobody has looked at is none that is known to be harmless.
 */
export function readOnlyProblem(platform: Platform, command: string): string | undefined {
  const { name, readOnly } = platform;
  if (readOnly === undefined) {
    return `read-only: the platform '${name}' has no list of harmless commands (readOnly), so that none may be sent`;
  }
  const { allow, refuse = [] } = readOnly;
  const fits = (sources: readonly string[]): boolean =>
    sources.some((source) => new RegExp(source, 'iu').test(command));
  const shown = blankSecretLine(command, secretLinesOf(platform));
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(command)) {
    return `read-only: '${shown.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '?')}' has a control character in it, which may end or change a command`;
  }
  if (fits(refuse)) {
    return `read-only: '${shown}' may write, or run something else, on ${name}: mind what stands behind | > ; and the like`;
  }
  if (fits(allow)) return undefined;
  return `read-only: '${shown}' is not on the list of commands that are known to be harmless on ${name}`;
}
