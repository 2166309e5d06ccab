import type { ConfigurationData, StatementData } from './config-data.js';
import { type Fit, follow, type Misfit, match, type Pattern } from './match.js';
import { fill } from './template.js';
import type { Level } from './tree.js';
import { slotsOf, type Word, wordsOf } from './words.js';

/** A statement that was understood: its levels from the outermost section on, and whether the last is a section. */
export interface Understood {
  readonly levels: readonly Level[];
  readonly labels: readonly string[];
  readonly section: boolean;
}

/** One level of a statement's pattern, and how many words of it are behind when it ends. */
interface LevelData {
  readonly end: number;
  readonly fixed: number;
  readonly data: StatementData;
  readonly section: boolean;
}

/** A statement's pattern up to the end of one of its levels. */
interface Entry {
  readonly levels: readonly LevelData[];
}

/** The statements that a configuration takes. */
export class Statements {
  readonly #patterns: readonly Pattern<Entry>[];
  readonly #abbreviations: boolean;

  constructor({ statements }: ConfigurationData, abbreviations: boolean) {
    const data = statements.map((one) => (typeof one === 'string' ? { line: one } : one));
    const byLine = new Map(data.map((one) => [one.line, one]));
    const sections = new Set(
      data.flatMap(({ line, label, closes }) => {
        const parts = line.split(' > ');
        const outer = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join(' > '));
        return label === undefined && closes === undefined ? outer : [...outer, line];
      }),
    );
    this.#abbreviations = abbreviations;
    // Sections that were only named by what stands in them are entered as well.
    const all = new Map(byLine);
    for (const line of sections) if (!all.has(line)) all.set(line, { line });
    this.#patterns = [...all.values()].flatMap(({ line }) => patternsOf(line, { all, sections }));
  }

  /** Reads a line that was typed in a section, given by the lines that lead to it. */
  read(path: readonly string[], line: string): Understood | Misfit {
    const { words, whole, before } = this.#inPlace(path, line);
    const found = match(this.#patterns, words, { line: whole, abbreviations: this.#abbreviations });
    if (found.kind === 'fits') return understood(found);
    return {
      kind: found.word <= before && found.kind !== 'incomplete' ? 'unknown' : found.kind,
      word: found.word - before,
    };
  }

  /** Reads the beginning of a line, as it is enough to take it out: returns the path of what it means. */
  readBeginning(path: readonly string[], line: string): readonly string[] | Misfit {
    const { words, whole, before } = this.#inPlace(path, line);
    const states = follow(this.#patterns, words, { line: whole, abbreviations: this.#abbreviations });
    if (!Array.isArray(states)) {
      return { kind: states.word <= before ? 'unknown' : states.kind, word: states.word - before };
    }
    const [first] = states;
    if (first === undefined) return { kind: 'unknown', word: 0 };
    const cuts = first.pattern.of.levels.map(({ end }) => end);
    return pieces(first.words, cuts);
  }

  /** The patterns of what may be typed in a section, for the help key. */
  beginnings(path: readonly string[], line: string): { patterns: readonly Pattern<unknown>[]; words: readonly Word[] } {
    return { patterns: this.#patterns, words: this.#inPlace(path, line).words };
  }

  #inPlace(path: readonly string[], line: string) {
    const prefix = path.length === 0 ? '' : `${path.join(' ')} `;
    const whole = prefix + line;
    return { words: wordsOf(whole), whole, before: wordsOf(prefix).length };
  }
}

function patternsOf(
  line: string,
  { all, sections }: { all: ReadonlyMap<string, StatementData>; sections: ReadonlySet<string> },
): Pattern<Entry>[] {
  const parts = line.split(' > ');
  const levels: LevelData[] = [];
  let slots: Pattern<Entry>['slots'] = [];
  for (const [index, part] of parts.entries()) {
    const upTo = parts.slice(0, index + 1).join(' > ');
    const own = slotsOf(part)[0] ?? [];
    const variable = own.findIndex(({ kind }) => kind !== 'literal');
    slots = [...slots, ...own];
    levels.push({
      end: slots.length,
      fixed: variable === -1 ? own.length : variable,
      data: all.get(upTo) ?? { line: upTo },
      section: sections.has(upTo),
    });
  }
  return [{ slots, of: { levels } }];
}

/** Cuts words into the texts of levels; the last may be short of words. */
function pieces(words: readonly string[], cuts: readonly number[]): string[] {
  const made: string[] = [];
  let from = 0;
  for (const cut of cuts) {
    if (from >= words.length) break;
    made.push(words.slice(from, cut).join(' '));
    from = cut;
  }
  return made;
}

function understood({ of: { levels }, words, values }: Fit<Entry>): Understood {
  const texts = pieces(
    words,
    levels.map(({ end }) => end),
  );
  const made = levels.map(({ data, fixed, section }, index): Level => {
    const text = texts[index] ?? '';
    return {
      text,
      key: data.many || section ? text : text.split(' ').slice(0, fixed).join(' '),
      closes: data.closes,
      refusedAtCommit: data.refusedAtCommit,
      does: data.does,
      values: index === levels.length - 1 ? values : {},
      section,
    };
  });
  const labels = levels.map(({ data }, index) => {
    const text = texts[index] ?? '';
    return data.label === undefined ? text : fill(data.label, (name) => unquoted(values[name]));
  });
  return { levels: made, labels, section: made.at(-1)?.section ?? false };
}

const unquoted = (text: string | undefined): string | undefined => text?.replace(/^"(.*)"$/, '$1');
