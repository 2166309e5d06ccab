import type { Platform } from '../../platforms/index.js';
import { areMessages } from './messages.js';
import type { Prompt } from './prompt.js';

export interface Unasked {
  readonly platform: Platform;
  /** The prompt that they came behind, without trailing blanks. */
  readonly shown: string;
  /** From the line that the prompt stood on. */
  readonly lines: readonly string[];
  /** True when the prompt was shown once more below them. */
  readonly promptBelow: boolean;
  /** The line that was sent: a message may cut its echo, which then begins again below. */
  readonly typed?: string;
  /** True when the device shows its prompts twice, and has not done so with this one. */
  readonly mayRepeat?: boolean;
}

/**
 * Whether what came behind a prompt, though nothing was sent, is no more than messages of the device, each with at most
 * one prompt below it, or the repetition of a prompt by a device that shows all of them twice. Anything else may be the
 * rest of the answer before: then that prompt was only a copy in it.
 */
export function isHarmless(
  { platform, shown, lines, promptBelow, typed = '', mayRepeat: due = false }: Unasked,
  prompt: Prompt,
): boolean {
  const isMessage = (said: readonly string[]): boolean => areMessages(said, { platform, mode: prompt.mode });
  const [first = '', ...rest] = lines.map((line) => withoutCutEcho(line, shown, typed));
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

/** Returns the prompt alone where the line is the prompt with a piece of what is typed behind it. */
export function withoutCutEcho(line: string, shown: string, typed: string): string {
  if (shown === '' || !line.startsWith(shown)) return line;
  const begun = line.slice(shown.length).trim();
  return begun.length < typed.length && typed.startsWith(begun) ? shown : line;
}

/** Whether these lines are one prompt, and the same once more stands right below. */
export function isRepetition({ shown, lines, promptBelow }: Omit<Unasked, 'platform'>): boolean {
  const [first = '', ...rest] = lines;
  return promptBelow && first.trimEnd() === shown && isBlank(rest);
}

function isBlank(lines: readonly string[]): boolean {
  return lines.every((line) => line.trim() === '');
}
