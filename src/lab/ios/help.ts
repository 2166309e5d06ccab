import type { Grammar } from './grammar.js';

/** Returns what `?` prints for a line. */
export function helpFor(grammar: Grammar<unknown>, line: string): string[] {
  const words = grammar.help(line);
  if (words.length === 0) return ['% Unrecognized command'];
  // After a part of a word the candidates stand on one line, after a space one below the other.
  if (line !== '' && !/\s$/.test(line)) return [words.join('  ')];
  return [...words.map((word) => `  ${word}`), ''];
}

/** Returns the line with its last word completed, where only one is possible. */
export function completed(grammar: Grammar<unknown>, line: string): string {
  if (line === '' || /\s$/.test(line)) return line;
  const [word, more] = grammar.help(line);
  return word === undefined || more !== undefined ? line : `${line.replace(/\S+$/, '')}${word} `;
}
