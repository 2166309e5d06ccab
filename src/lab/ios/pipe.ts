import type { Answer } from './session.js';

const FILTERS = ['begin', 'count', 'exclude', 'include', 'section'] as const;
type Filter = (typeof FILTERS)[number];

/** A show command and what is to be left of its answer; `bad` is the column of what cannot be understood. */
export interface Piped {
  readonly command: string;
  readonly filter?: { readonly name: Filter; readonly pattern: RegExp };
  readonly bad?: number;
}

/** Splits `show … | include PATTERN`. */
export function splitPipe(line: string): Piped {
  const bar = line.indexOf('|');
  if (bar === -1) return { command: line };
  const command = line.slice(0, bar);
  const [, space = '', word = '', , text = ''] = /^(\s*)(\S*)(\s*)(.*)$/.exec(line.slice(bar + 1)) ?? [];
  const at = bar + 1 + space.length;
  const [name, more] = word === '' ? [] : FILTERS.filter((filter) => filter.startsWith(word.toLowerCase()));
  if (name === undefined || more !== undefined || text === '') return { command, bad: at };
  return { command, filter: { name, pattern: pattern(text) } };
}

/** The pattern as it stands, or as plain text where it is no regular expression. */
function pattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch {
    return new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  }
}

/** Returns what the filter leaves of an answer. */
export function filtered(lines: Answer, filter: Piped['filter']): Answer {
  if (filter === undefined) return lines;
  const { name, pattern } = filter;
  const fits = lines.map((line) => pattern.test(line));
  switch (name) {
    case 'include':
      return lines.filter((_, index) => fits[index]);
    case 'exclude':
      return lines.filter((_, index) => !fits[index]);
    case 'begin': {
      const first = fits.indexOf(true);
      return first === -1 ? [] : lines.slice(first);
    }
    case 'count':
      return [`Number of lines which match regexp = ${fits.filter(Boolean).length}`];
    case 'section': {
      let inside = false;
      return lines.filter((line, index) => {
        inside = line.startsWith(' ') ? inside || fits[index] === true : fits[index] === true;
        return inside;
      });
    }
  }
}
