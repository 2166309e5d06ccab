import { type Kind, type Path, type Report, shown } from './shape.js';

/** What a pattern is made of when it takes ages: texts that repeat one of these. */
const SAMPLES = ['a', '0', ' ', '-', '.', 'a ', 'a-', 'a.', '=', '*'];

/** So many characters of the pattern itself are tried as well. */
const MOST_OWN = 32;

/** No character of a pattern's: behind it nothing fits, so that every way is tried. */
const NEVER = '\u0001';
/** Exponential patterns show themselves in the short ones, before they take hours; the others in the long one. */
const LENGTHS = [8, 12, 16, 20, 24, 500];
const TOO_SLOW_MS = 20;

/** A regular expression's source, with the flag that it is used with; `iu` for what asks somebody something. */
export const pattern =
  (flags: 'u' | 'iu' = 'u'): Kind =>
  (value, path, report) => {
    if (typeof value !== 'string') return report(path, `must be a text (a regular expression); got ${shown(value)}`);
    const regex = compile(value, flags, path, report);
    if (regex === undefined) return;
    if (regex.test('')) report(path, 'fits an empty line, so it would fit before anything has come', 'warning');
    const slow = slowText(regex, value);
    if (slow !== undefined) {
      report(path, `takes ages on a line like ${slow}: a repetition stands inside another repetition`);
    }
  };

/** A pattern that must be of the whole line: a part of a line is no prompt. */
export const wholeLine =
  (flags: 'u' | 'iu' = 'u'): Kind =>
  (value, path, report) => {
    pattern(flags)(value, path, report);
    if (typeof value === 'string' && !isAnchored(value)) {
      report(path, 'is not anchored: every alternative must begin with ^ and end with $', 'warning');
    }
  };

/** A pattern of words behind the line's start, as those of refusals are. */
export const lineStart: Kind = (value, path, report) => {
  pattern('u')(value, path, report);
  if (typeof value === 'string' && !alternatives(value).every((one) => one.startsWith('^'))) {
    report(path, 'is not anchored: without ^ it also fits in the middle of an ordinary line', 'warning');
  }
};

function compile(source: string, flags: string, path: Path, report: Report): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    const why = (error as Error).message.replace(/^Invalid regular expression: \/[\s\S]*\/\w*: /, '');
    report(path, `is no regular expression: ${why} (${shown(source)})`);
    return undefined;
  }
}

/** Splits at each `|` that stands in no group and no class. */
function alternatives(source: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let inClass = false;
  let from = 0;
  for (let at = 0; at < source.length; at++) {
    const character = source[at];
    if (character === '\\') at++;
    else if (inClass) inClass = character !== ']';
    else if (character === '[') inClass = true;
    else if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === '|' && depth === 0) {
      parts.push(source.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, source.slice(from)];
}

const isAnchored = (source: string): boolean =>
  alternatives(source).every((one) => one.startsWith('^') && /(?:^|[^\\])(?:\\\\)*\$$/.test(one));

/** Returns a description of a text on which the pattern takes ages; undefined when none was found. */
function slowText(regex: RegExp, source: string): string | undefined {
  const own = new Set(source.replace(/\\./gu, '').match(/[^\\()[\]{}|*+?^$]/gu) ?? []);
  for (const sample of new Set([...SAMPLES, ...[...own].slice(0, MOST_OWN)])) {
    for (const length of LENGTHS) {
      const times = Math.ceil(length / sample.length);
      if (quickest(regex, sample.repeat(times) + NEVER) > TOO_SLOW_MS)
        return `${times} times ${JSON.stringify(sample)}`;
    }
  }
  return undefined;
}

/** A busy machine makes one try slow, but hardly three. */
function quickest(regex: RegExp, text: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 3 && least > TOO_SLOW_MS; tries++) {
    const start = performance.now();
    regex.test(text);
    least = Math.min(least, performance.now() - start);
  }
  return least;
}
