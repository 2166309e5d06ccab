import type { Misfit } from './match.js';
import type { State } from './state.js';
import { wordsOf } from './words.js';

/**
 * Returns what the device says about a line that it does not take. `before` is how much of the line was understood
 * already (a verb, say): words of the misfit are counted from there.
 */
export function refusal(
  state: State,
  { kind, word }: Misfit,
  { line, before = 0 }: { line: string; before?: number },
): readonly string[] {
  const { refusals, refusalsInside } = state.mode;
  const inside = state.sections.length > 0 ? refusalsInside : {};
  const texts = { ...state.device.dialect.refusals, ...refusals, ...inside };
  const unexpected = texts.unexpected ?? texts.unknown;
  const said = {
    unknown: texts.unknown,
    unexpected,
    value: texts.value ?? unexpected,
    incomplete: texts.incomplete,
    ambiguous: texts.ambiguous ?? texts.unknown,
  }[before > 0 && kind === 'unknown' ? 'unexpected' : kind];
  const words = wordsOf(line.slice(before));
  const at = before + (words[word]?.at ?? line.slice(before).trimEnd().length + 1);
  const prompt = state.prompt.split('\n').at(-1) ?? '';
  return state.say(said, {
    line,
    word: words[word]?.text ?? '',
    rest: line.slice(at),
    column: String(at + 1),
    marker: `${' '.repeat(prompt.length + at)}^`,
    lineMarker: `${' '.repeat(at)}^`,
    dashMarker: `${'-'.repeat(prompt.length + at)}^`,
  });
}
