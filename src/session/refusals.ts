import type { Platform } from '../platforms/index.js';
import { anyOf } from './patterns.js';

/** The line that shows with a `^` where the trouble is. */
const MARKER = String.raw`^\s*\^\s*$`;

/** How far below the echo a refusal may stand: the marker's line and an empty one come before it. */
const NEAR_ECHO = 3;

/**
 * Returns the line with which a device refused a command, or undefined. A refusal stands right below the echo, or right
 * below the line of the `^` marker: the same words further down are part of an ordinary answer, such as a log.
 */
export function findRefusal(platform: Platform, lines: readonly string[]): string | undefined {
  const refusals = anyOf(platform.refusals, 'u');
  const marker = anyOf([MARKER], 'u');
  const between = anyOf([...platform.beforeRefusal, MARKER], 'u');
  let nearEcho = true;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    nearEcho &&= index <= NEAR_ECHO;
    if ((nearEcho || marker.test(lines[index - 1] ?? '')) && refusals.test(line)) return line.trim();
    nearEcho &&= line.trim() === '' || between.test(line);
  }
  return undefined;
}
