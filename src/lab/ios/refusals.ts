import type { Answer } from './session.js';

/** The marker under the place where a line stops making sense, as it stands under prompt and line. */
export function invalidInput(prompt: string, at: number): Answer {
  return [`${' '.repeat(prompt.length + at)}^`, "% Invalid input detected at '^' marker.", ''];
}

export function ambiguous(line: string): Answer {
  return [`% Ambiguous command:  "${line}"`];
}

export const INCOMPLETE: Answer = ['% Incomplete command.', ''];
