import { anyOf } from './patterns.js';
import type { Prompt } from './prompt.js';

/**
 * What the first line of a message looks like that devices print on their own: it carries the time (RFC 3164, and the
 * forms of IOS, VRP, Comware, FRRouting), or a facility and a severity (`%SYS-5-CONFIG_I:`, `%%01IFNET/4/LINK_STATE`),
 * or is one to all who are logged in (wall(1), syslogd(8), the shutdown notice of IOS).
 */
const MESSAGES = [
  String.raw`\b\d\d:\d\d:\d\d\b`,
  String.raw`%\S*[A-Z][-/_\w]*[-/]\d[-/]\w+`,
  String.raw`^\s*(?:Broadcast [Mm]essage|Message from|\*\*\*)`,
];

/** Whether these lines are a message of the device's own accord. */
function isMessage(lines: readonly string[]): boolean {
  const first = lines.find((line) => line.trim() !== '');
  return first !== undefined && anyOf(MESSAGES, 'u').test(first);
}

export interface Unasked {
  /** The prompt that they came behind, without trailing blanks. */
  readonly shown: string;
  /** From the line that the prompt stood on. */
  readonly lines: readonly string[];
  /** True when the prompt was shown once more below them. */
  readonly promptBelow: boolean;
  /** True when the device shows its prompts twice, and has not done so with this one. */
  readonly mayRepeat?: boolean;
}

/**
 * Whether what came behind a prompt, though nothing was sent, is no more than messages of the device, each with at most
 * one prompt below it, or the repetition of a prompt by a device that shows all of them twice. Anything else may be the
 * rest of the answer before: then that prompt was only a copy in it.
 */
export function isHarmless({ shown, lines, promptBelow, mayRepeat: due = false }: Unasked, prompt: Prompt): boolean {
  const [first = '', ...rest] = lines;
  let said = [first.startsWith(shown) ? first.slice(shown.length) : first];
  let mayRepeat = due;
  const endsWell = (): boolean => {
    if (isMessage(said)) {
      mayRepeat = prompt.repeats;
      return true;
    }
    const repeated = mayRepeat && isBlank(said);
    mayRepeat = false;
    return repeated;
  };
  for (const [index, line] of rest.entries()) {
    if (prompt.matches(line, lines[index]) === undefined) {
      said.push(line);
      continue;
    }
    if (!endsWell()) return false;
    said = [];
  }
  // An echo below an empty rest may be a line of the answer before, which only looks like one.
  return promptBelow ? endsWell() : isMessage(said);
}

/** Whether these lines are one prompt, and the same once more stands right below. */
export function isRepetition({ shown, lines, promptBelow }: Unasked): boolean {
  const [first = '', ...rest] = lines;
  return promptBelow && first.trimEnd() === shown && isBlank(rest);
}

function isBlank(lines: readonly string[]): boolean {
  return lines.every((line) => line.trim() === '');
}
