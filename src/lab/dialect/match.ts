import { isValue, type Slot, type Word } from './words.js';

/** Why a line fits no pattern, and the place where it stops fitting. */
export interface Misfit {
  readonly kind: 'unknown' | 'unexpected' | 'value' | 'incomplete' | 'ambiguous';
  /** The number of the word; behind the last one where words are missing. */
  readonly word: number;
}

export interface Fit<T> {
  readonly kind: 'fits';
  readonly of: T;
  /** The words in full. */
  readonly words: readonly string[];
  readonly values: Readonly<Record<string, string>>;
}

export interface Pattern<T> {
  readonly slots: readonly Slot[];
  readonly of: T;
}

export interface MatchOptions {
  /** The text that the words are from: the rest of a line is taken from it as it stands. */
  readonly line: string;
  readonly abbreviations: boolean;
}

type Quality = 'exact' | 'value' | 'prefix' | 'no value' | 'none';

function quality(slot: Slot | undefined, word: string, abbreviations: boolean): Quality {
  if (slot === undefined) return 'none';
  if (slot.kind === 'rest') return 'value';
  if (slot.kind === 'value') {
    if (!word.startsWith(slot.before)) return 'none';
    return isValue(word.slice(slot.before.length), slot.type) ? 'value' : 'no value';
  }
  const typed = word.toLowerCase();
  const known = slot.words.map((one) => one.toLowerCase());
  if (known.includes(typed)) return 'exact';
  return abbreviations && known.some((one) => one.startsWith(typed)) ? 'prefix' : 'none';
}

interface State<T> {
  readonly pattern: Pattern<T>;
  readonly words: string[];
  readonly values: Record<string, string>;
  done: boolean;
}

/** Returns the patterns that the words are the beginning of, or what is wrong with them. */
export function follow<T>(
  patterns: readonly Pattern<T>[],
  typed: readonly Word[],
  { line, abbreviations }: MatchOptions,
): State<T>[] | Misfit {
  let states: State<T>[] = patterns.map((pattern) => ({ pattern, words: [], values: {}, done: false }));
  for (const [index, word] of typed.entries()) {
    const open = states.filter((state) => !state.done);
    const judged = open.map((state) => ({
      state,
      how: quality(state.pattern.slots[index], word.text, abbreviations),
    }));
    const best = (['exact', 'value', 'prefix'] as const).find((how) => judged.some((one) => one.how === how));
    const finished = states.filter((state) => state.done);
    if (best === undefined && finished.length === 0) {
      if (judged.some(({ how }) => how === 'no value')) return { kind: 'value', word: index };
      return { kind: index === 0 ? 'unknown' : 'unexpected', word: index };
    }
    // A keyword goes before a value; values of the user's own before a beginning of a keyword.
    const kept = judged.filter(({ how }) => how === best).map(({ state }) => state);
    if (best === 'prefix') {
      const meant = new Set(kept.map((state) => fullWord(state.pattern.slots[index], word.text)));
      if (meant.size > 1) return { kind: 'ambiguous', word: index };
    }
    for (const state of kept) take(state, index, { word, line });
    states = [...kept, ...finished];
  }
  return states;
}

function take<T>(state: State<T>, index: number, { word, line }: { word: Word; line: string }): void {
  const slot = state.pattern.slots[index];
  if (slot?.kind === 'rest') {
    const text = line.slice(word.at).trimEnd();
    state.words.push(text);
    state.values[slot.name] = text;
    state.done = true;
    return;
  }
  const full = fullWord(slot, word.text);
  state.words.push(full);
  if (slot?.kind === 'value') state.values[slot.name] = word.text.slice(slot.before.length);
}

function fullWord(slot: Slot | undefined, typed: string): string {
  if (slot?.kind !== 'literal') return typed;
  const lower = typed.toLowerCase();
  return (
    slot.words.find((one) => one.toLowerCase() === lower) ??
    slot.words.find((one) => one.toLowerCase().startsWith(lower)) ??
    typed
  );
}

/** Finds the first pattern that the words fill. */
export function match<T>(
  patterns: readonly Pattern<T>[],
  typed: readonly Word[],
  options: MatchOptions,
): Fit<T> | Misfit {
  const states = follow(patterns, typed, options);
  if (!Array.isArray(states)) return states;
  const full = states.find(({ pattern, words }) => pattern.slots.length === words.length);
  if (full === undefined) return { kind: 'incomplete', word: typed.length };
  return { kind: 'fits', of: full.pattern.of, words: full.words, values: full.values };
}

/** Returns the words that may stand next, in full, sorted; those of the user's own in angle brackets. */
export function nextWords<T>(patterns: readonly Pattern<T>[], typed: readonly Word[], options: MatchOptions): string[] {
  const states = follow(patterns, typed, options);
  if (!Array.isArray(states)) return [];
  const next = states.flatMap(({ pattern, done }): readonly string[] => {
    const slot = done ? undefined : pattern.slots[typed.length];
    if (slot === undefined) return [];
    return slot.kind === 'literal' ? slot.words : [`<${slot.name}>`];
  });
  return [...new Set(next)].sort();
}
