import type { Entry, TreeNode } from '../node.js';
import { entryOf, listNode, mapNode, textNode } from './nodes.js';

const DEEPEST = 64;

/** Thrown inside this file where the text is no literal of Python: it is a text then. */
class NoLiteral extends Error {}

interface State {
  readonly text: string;
  readonly at: number;
  position: number;
  depth: number;
}

/**
 * Returns what Python's `ast.literal_eval` makes of a text, as Ansible does with every value of an INI inventory; what is
 * no literal is the text itself. Numbers keep their source text. Source: the language reference of Python 3, section 2.4.
 */
export function pythonValue(text: string, at: number): TreeNode {
  if (text === '' || !LITERAL_START.test(text)) return textNode(text, at);
  // Addresses and names begin as numbers do: they are known by a look, and not by an error.
  if (/^[\w.:/@-]+$/.test(text) && !WHOLE.test(text)) return textNode(text, at);
  const state: State = { text, at, position: 0, depth: 0 };
  try {
    skip(state);
    const value = values(state);
    skip(state);
    if (state.position < text.length) return textNode(text, at);
    return value;
  } catch (error) {
    if (error instanceof NoLiteral) return textNode(text, at);
    throw error;
  }
}

/** Most values are words, and none of these begins one. */
const LITERAL_START = /^\s*(?:[[({'"\d.+-]|True\b|False\b|None\b|set\(|[rRbBuU]{1,2}['"])/;
const NUMBER =
  /(?:0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*\.(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][-+]?\d(?:_?\d)*)?|\d(?:_?\d)*[eE][-+]?\d(?:_?\d)*|0(?:_?0)*(?![\d_.])|[1-9](?:_?\d)*)(?![\w.])/y;
const WHOLE = new RegExp(`^(?:True|False|None|[-+]?${NUMBER.source})$`);
const STRING =
  /([bBuU]?[rR]?|[rR][bB])(?:'''((?:[^\\]|\\[\s\S])*?)'''|"""((?:[^\\]|\\[\s\S])*?)"""|'((?:[^'\\\n]|\\[\s\S])*)'|"((?:[^"\\\n]|\\[\s\S])*)")/y;
const WORD = /(True|False|None)(?!\w)/y;

/** Spaces, and a comment behind everything. */
function skip(state: State): void {
  const rest = /(?:\s+|#.*)*/y;
  rest.lastIndex = state.position;
  state.position += rest.exec(state.text)?.[0].length ?? 0;
}

function take(state: State, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = state.position;
  const found = pattern.exec(state.text) ?? undefined;
  if (found !== undefined) state.position += found[0].length;
  return found;
}

function accept(state: State, character: string): boolean {
  if (state.text[state.position] !== character) return false;
  state.position += 1;
  skip(state);
  return true;
}

/** A value, or several with commas between them, which are a tuple. */
function values(state: State): TreeNode {
  const start = state.at + state.position;
  const first = value(state);
  skip(state);
  if (state.text[state.position] !== ',') return first;
  const items = [first];
  while (accept(state, ',')) {
    if (state.position === state.text.length || state.text[state.position] === ')') break;
    items.push(value(state));
    skip(state);
  }
  return listNode(items, start);
}

function value(state: State): TreeNode {
  const start = state.at + state.position;
  state.depth += 1;
  if (state.depth > DEEPEST) throw new NoLiteral();
  try {
    if (accept(state, '[')) return listNode(items(state, ']'), start);
    if (accept(state, '(')) return tuple(state, start);
    if (accept(state, '{')) return braces(state, start);
    return scalar(state, start);
  } finally {
    state.depth -= 1;
  }
}

function scalar(state: State, start: number): TreeNode {
  const word = take(state, WORD)?.[1];
  if (word !== undefined) return word === 'None' ? null : textNode(word.toLowerCase(), start, true);
  if (take(state, /set\(\s*\)/y) !== undefined) return listNode([], start);
  const sign = take(state, /[-+]\s*/y)?.[0].trim() ?? '';
  const number = take(state, NUMBER)?.[0];
  if (number !== undefined) return textNode(`${sign === '-' ? sign : ''}${digitsOf(number)}`, start, true);
  if (sign !== '') throw new NoLiteral();
  let text: string | undefined;
  for (let part = take(state, STRING); part !== undefined; part = take(state, STRING)) {
    text = (text ?? '') + unescaped(part);
    skip(state);
  }
  if (text === undefined) throw new NoLiteral();
  return textNode(text, start);
}

/** As it is written, where YAML has the same spelling. */
function digitsOf(number: string): string {
  const plain = number.replaceAll('_', '');
  return /^0[bB]/.test(plain) ? String(BigInt(plain)) : plain;
}

function unescaped([, prefix = '', ...bodies]: RegExpExecArray): string {
  const body = bodies.find((one) => one !== undefined) ?? '';
  if (/r/i.test(prefix) || !body.includes('\\')) return body;
  return body.replace(
    /\\(?:\r?\n|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g,
    (whole: string, byte?: string, short?: string, long?: string, octal?: string, one?: string) => {
      const hex = byte ?? short ?? long;
      if (hex !== undefined) return character(Number.parseInt(hex, 16));
      if (octal !== undefined) return character(Number.parseInt(octal, 8));
      if (one === undefined) return '';
      // A backslash that begins no escape stays.
      return ESCAPES.get(one) ?? whole;
    },
  );
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

function character(code: number): string {
  if (code > 0x10ffff) throw new NoLiteral();
  return String.fromCodePoint(code);
}

function items(state: State, end: string): TreeNode[] {
  const found: TreeNode[] = [];
  while (!accept(state, end)) {
    found.push(value(state));
    skip(state);
    if (accept(state, ',')) continue;
    if (accept(state, end)) break;
    throw new NoLiteral();
  }
  return found;
}

function tuple(state: State, start: number): TreeNode {
  if (accept(state, ')')) return listNode([], start);
  const inside = values(state);
  skip(state);
  if (!accept(state, ')')) throw new NoLiteral();
  return inside;
}

/** A dictionary, or a set, which becomes a list. */
function braces(state: State, start: number): TreeNode {
  const entries: Entry[] = [];
  const members: TreeNode[] = [];
  while (!accept(state, '}')) {
    const key = value(state);
    skip(state);
    if (accept(state, ':')) entries.push(entry(key, value(state)));
    else members.push(key);
    skip(state);
    if (accept(state, ',')) continue;
    if (accept(state, '}')) break;
    throw new NoLiteral();
  }
  if (entries.length > 0 && members.length > 0) throw new NoLiteral();
  return members.length > 0 ? listNode(members, start) : mapNode(lastOfEach(entries), start);
}

function entry(key: TreeNode, of: TreeNode): Entry {
  const seen = key?.look();
  if (seen?.kind !== 'text') throw new NoLiteral();
  return entryOf(seen.text, of, key?.at);
}

/** As in Python the last of two equal keys counts. */
function lastOfEach(entries: readonly Entry[]): readonly Entry[] {
  return [...new Map(entries.map((one) => [one.key, one])).values()];
}
