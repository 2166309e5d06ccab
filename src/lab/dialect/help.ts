import { nextWords } from './match.js';
import type { State } from './state.js';

/** The words that may stand where a line ends, in full. */
function candidates(state: State, line: string): { words: readonly string[]; begun: string } {
  const begun = /\S*$/.exec(line)?.[0] ?? '';
  const before = line.slice(0, line.length - begun.length);
  const words = state.device.grammar(state.modeName).next(before, (condition) => state.holds(condition));
  const fitting = words.filter((word) => word.toLowerCase().startsWith(begun.toLowerCase()));
  return { words: [...fitting, ...statementWords(state, { before, begun })], begun };
}

function statementWords(state: State, { before, begun }: { before: string; begun: string }): string[] {
  const { statements, abbreviations } = state.device;
  if (statements === undefined || !state.mode.statements) return [];
  const { path } = state.section;
  const line = [...path, before].join(' ');
  const { patterns, words } = statements.beginnings(path, before);
  return nextWords(patterns, words, { line, abbreviations }).filter((word) => word.startsWith(begun));
}

/** What the help key prints. */
export function helpLines(state: State, line: string): readonly string[] {
  const { help } = state.device.dialect;
  if (help === undefined) return [];
  const { words } = candidates(state, line);
  if (words.length === 0) return state.say(help.none, { line });
  const title = help.title === undefined ? [] : state.say(help.title);
  return [...title, ...words.map((word) => help.row.replace('{word}', word))];
}

/** What completes the last word of a line: the rest of the only word that it can be. */
export function rest(state: State, line: string): string {
  const { words, begun } = candidates(state, line);
  const [only, more] = new Set(words);
  return begun === '' || only === undefined || more !== undefined || only.startsWith('<')
    ? ''
    : only.slice(begun.length);
}
