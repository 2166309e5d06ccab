import type { Glob, Piece } from './expression.js';
import { plain, type Scanner } from './scanner.js';

const DEEPEST = 20;
/** What ends a word, unless it is in quotes or behind a backslash. */
const ENDS = /^(?:[\s&|()!=<>]|)$/u;

/** Reads the word here as a glob; undefined when no word stands here. Throws OptionError. */
export function parseGlob(scanner: Scanner): Glob | undefined {
  const from = scanner.at;
  const glob = pieces(scanner, 0);
  return scanner.at === from ? undefined : glob;
}

/** The text of a glob that fits one text only. */
export function textOf(glob: Glob): string | undefined {
  if (glob.length > 1) return undefined;
  const [piece = { kind: 'text', text: '' }] = glob;
  return piece.kind === 'text' ? piece.text : undefined;
}

function pieces(scanner: Scanner, depth: number): Piece[] {
  const found: Piece[] = [];
  for (;;) {
    const { next } = scanner;
    if (depth > 0 && (next === ',' || next === '}')) return found;
    if (ENDS.test(next)) {
      if (depth === 0) return found;
      throw scanner.wrong(`expected , or the } of this choice, got ${scanner.got}`);
    }
    add(found, piece(scanner, depth));
  }
}

/** Texts side by side are one, as are stars; an empty text is none. */
function add(found: Piece[], piece: Piece): void {
  const last = found.at(-1);
  if (piece.kind === 'text' && last?.kind === 'text')
    found[found.length - 1] = { ...last, text: last.text + piece.text };
  else if (piece.kind === 'text' ? piece.text !== '' : piece.kind !== 'any' || last?.kind !== 'any') found.push(piece);
}

function piece(scanner: Scanner, depth: number): Piece {
  const at = scanner.at;
  const char = scanner.take();
  switch (char) {
    case '*':
      return { kind: 'any' };
    case '?':
      return { kind: 'one' };
    case '[':
      return set(scanner, at);
    case '{':
      if (depth === DEEPEST) throw scanner.wrong(`more than ${DEEPEST} choices one in the other`, at);
      return choice(scanner, { at, depth });
    case '}':
      throw scanner.wrong("this } closes nothing; a plain one is written '}'", at);
    case ',':
      throw scanner.wrong('a comma joins nothing here: write & (and) or | (or); {a,b} is one of several', at);
    case '"':
    case "'":
      return { kind: 'text', text: quoted(scanner, { at, quote: char }) };
    case '\\':
      return { kind: 'text', text: escaped(scanner) };
    default:
      return { kind: 'text', text: char };
  }
}

function escaped(scanner: Scanner): string {
  if (scanner.next === '') throw scanner.wrong('expected the character that the backslash makes a plain one');
  return scanner.take();
}

/** As in a shell: a backslash escapes in double quotes, and is itself in single ones. */
function quoted(scanner: Scanner, { at, quote }: { readonly at: number; readonly quote: string }): string {
  let text = '';
  for (;;) {
    if (scanner.next === '') throw scanner.wrong(`this ${quote} is not closed`, at);
    const char = scanner.take();
    if (char === quote) return text;
    text += char === '\\' && quote === '"' ? escaped(scanner) : char;
  }
}

function choice(scanner: Scanner, { at, depth }: { readonly at: number; readonly depth: number }): Piece {
  const of: Piece[][] = [];
  for (;;) {
    of.push(pieces(scanner, depth + 1));
    if (scanner.eat(',') === undefined) break;
  }
  scanner.take();
  const [only] = of;
  if (of.length === 1 && only !== undefined) {
    const range = textOf(only);
    const why = range?.includes('..') ? 'a range of numbers is written R[1-9] or {1,2,3}' : 'expected {a,b}';
    throw scanner.wrong(`this is no choice: ${why}`, at);
  }
  return { kind: 'choice', of };
}

/** A `]` that comes first is one of the characters, as in a shell. */
function set(scanner: Scanner, at: number): Piece {
  refuseNumbers(scanner, at);
  const not = scanner.eat('!', '^') !== undefined;
  const ranges: [string, string][] = [];
  const member = (): string => {
    if (scanner.next === '') throw scanner.wrong('this [ is not closed; a plain one is written "["', at);
    const char = scanner.take();
    return char === '\\' ? escaped(scanner) : char;
  };
  while (scanner.next !== ']' || ranges.length === 0) {
    const from = member();
    if (scanner.next !== '-' || scanner.text[scanner.at + 1] === ']') {
      ranges.push([from, from]);
      continue;
    }
    const dash = scanner.at;
    scanner.take();
    const to = member();
    if ((from.codePointAt(0) ?? 0) > (to.codePointAt(0) ?? 0)) {
      throw scanner.wrong(`the range ${plain(from)}-${plain(to)} is the wrong way round`, dash - from.length);
    }
    ranges.push([from, to]);
  }
  scanner.take();
  return { kind: 'set', not, ranges };
}

/** `R[1-20]` and Ansible's `R[01:20]` would fit R1, R2 and R0, and leave out the others in silence. */
function refuseNumbers(scanner: Scanner, at: number): void {
  const range = /^\[[!^]?(\d+)[-:](\d+)\]/.exec(scanner.text.slice(at, at + 40));
  if (range === null) return;
  const [shown, from = '', to = ''] = range;
  if (from.length === 1 && to.length === 1 && !shown.includes(':')) return;
  const digits = from.length === 1 && to.length === 1;
  const instead = digits ? `[${from}-${to}]` : '{[1-9],1[0-9],20} for 1 to 20';
  throw scanner.wrong(`brackets are one character, no range of numbers: write ${instead}`, at);
}
