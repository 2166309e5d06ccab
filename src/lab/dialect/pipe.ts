import type { Dialect, PipeEffect } from './dialect.js';

/** What becomes of an answer behind a bar. */
export interface Filter {
  readonly effect: PipeEffect;
  readonly text: string;
}

/** Splits `show … | include TEXT`; a bar that is followed by nothing known is a part of the line. */
export function splitPipe(line: string, pipes: Dialect['pipes'] = {}): { line: string; filter: Filter | undefined } {
  const bar = line.lastIndexOf(' | ');
  const typed = bar === -1 ? '' : line.slice(bar + 3).trim();
  for (const [words, effect] of Object.entries(pipes)) {
    const fits = typed === words || typed.startsWith(`${words} `);
    if (fits) return { line: line.slice(0, bar), filter: { effect, text: typed.slice(words.length).trim() } };
  }
  return { line, filter: undefined };
}

interface Answer {
  readonly lines: readonly string[];
  readonly paged: 'never' | 'always' | undefined;
}

/** Returns what the filter leaves of an answer; its text is taken as it stands. */
export function piped({ lines, paged }: Answer, { effect, text }: Filter): Answer {
  switch (effect) {
    case 'include':
      return { lines: lines.filter((line) => line.includes(text)), paged };
    case 'exclude':
      return { lines: lines.filter((line) => !line.includes(text)), paged };
    case 'begin': {
      const first = lines.findIndex((line) => line.includes(text));
      return { lines: first === -1 ? [] : lines.slice(first), paged };
    }
    case 'count':
      return { lines: [`Count: ${lines.length} lines`], paged };
    case 'unpaged':
      return { lines, paged: 'never' };
    case 'nothing':
      return { lines, paged };
  }
}
