import type { Glob, Piece } from './expression.js';
import { textOf } from './parse-glob.js';

/** A step of the machine that runs a glob: a character to take, or two places to go on at. */
type Step = { readonly takes: (char: string) => boolean } | { readonly to: readonly number[] };

/** As texts are compared: the case of letters does not count. */
const folded = (text: string): string => text.toLowerCase();

/**
 * Returns a function that tells whether a whole text fits a glob, whatever the case of its letters. It takes time in
 * proportion to the text: all ways through the glob are gone at once, and none is gone back.
 */
export function globFits(glob: Glob): (text: string) => boolean {
  const only = textOf(glob);
  if (only !== undefined) {
    const wanted = folded(only);
    return (text) => folded(text) === wanted;
  }
  const [first, ...rest] = glob;
  if (first?.kind === 'any' && rest.length === 0) return () => true;
  const steps = stepsOf(glob);
  return (text) => runs(steps, folded(text));
}

function stepsOf(glob: Glob): readonly Step[] {
  const steps: Step[] = [];
  for (const piece of glob) addSteps(piece, steps);
  return steps;
}

function addSteps(piece: Piece, steps: Step[]): void {
  const start = steps.length;
  switch (piece.kind) {
    case 'text':
      for (const char of folded(piece.text)) steps.push({ takes: (got) => got === char });
      return;
    case 'one':
      steps.push({ takes: () => true });
      return;
    case 'any':
      steps.push({ to: [start + 1, start + 3] }, { takes: () => true }, { to: [start] });
      return;
    case 'set':
      steps.push({ takes: (char) => inSet(char, piece) });
      return;
    case 'choice':
      addChoice(piece.of, steps);
  }
}

function addChoice(branches: readonly Glob[], steps: Step[]): void {
  const starts: number[] = [];
  const end: number[] = [];
  steps.push({ to: starts });
  for (const branch of branches) {
    starts.push(steps.length);
    for (const piece of branch) addSteps(piece, steps);
    steps.push({ to: end });
  }
  end.push(steps.length);
}

function inSet(char: string, { not, ranges }: Extract<Piece, { readonly kind: 'set' }>): boolean {
  const upper = char.toUpperCase();
  const within = (one: string, [from, to]: readonly [string, string]): boolean =>
    [...one].length === 1 && code(one) >= code(from) && code(one) <= code(to);
  return ranges.some((range) => within(char, range) || within(upper, range)) !== not;
}

const code = (char: string): number => char.codePointAt(0) ?? 0;

function runs(steps: readonly Step[], text: string): boolean {
  const marks = new Uint32Array(steps.length + 1);
  let round = 1;
  let places: number[] = [];
  /** Adds a place, and where one gets from it without taking a character. */
  const enter = (from: number, into: number[]): void => {
    const open = [from];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      if (marks[place] === round) continue;
      marks[place] = round;
      const step = steps[place];
      if (step !== undefined && 'to' in step) open.push(...step.to);
      else into.push(place);
    }
  };
  enter(0, places);
  for (const char of text) {
    round += 1;
    const following: number[] = [];
    for (const place of places) {
      const step = steps[place];
      if (step !== undefined && 'takes' in step && step.takes(char)) enter(place + 1, following);
    }
    if (following.length === 0) return false;
    places = following;
  }
  return places.includes(steps.length);
}
