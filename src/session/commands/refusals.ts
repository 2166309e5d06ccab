import type { Platform } from '../../platforms/index.js';
import { isMessageLine } from '../line/messages.js';
import { anyOf } from '../line/patterns.js';

/** The line that shows with a `^` where the trouble is. */
const MARKER = String.raw`^\s*\^\s*$`;

/** How far below the echo a refusal may stand: the marker's line and an empty one come before it. */
const NEAR_ECHO = 3;

/** A line longer than this is no refusal. */
const LONGEST = 2048;

/**
 * Returns the line with which a device refused a command, or undefined. A refusal stands right below the echo, or right
 * below the line of the `^` marker: the same words further down are part of an ordinary answer, such as a log. What the
 * device prints of its own accord meanwhile does not count.
 */
export function findRefusal(platform: Platform, lines: readonly string[]): string | undefined {
  const refusals = anyOf(platform.refusals, 'u');
  const marker = anyOf([MARKER], 'u');
  const between = anyOf([...platform.beforeRefusal, MARKER], 'u');
  let nearEcho = true;
  let passed = 0;
  let above = '';
  for (const line of lines) {
    if (line.length > LONGEST) nearEcho = false;
    nearEcho &&= passed <= NEAR_ECHO;
    const looked = line.length <= LONGEST && (nearEcho || marker.test(above));
    if (looked && refusals.test(line)) return line.trim();
    if (isMessageLine(line, { platform, mode: '' })) continue;
    nearEcho &&= line.trim() === '' || between.test(line);
    above = line.length > LONGEST ? '' : line;
    passed++;
  }
  return undefined;
}
