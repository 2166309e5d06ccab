import { OptionError } from '../../base/index.js';
import type { Expression, Sign } from './expression.js';
import { parseGlob, textOf } from './parse-glob.js';
import { Scanner } from './scanner.js';

const LONGEST = 10_000;
const DEEPEST = 100;
const A_TEST = 'a name, a group or key=value';
/** What other tools have for what is a glob or a sign here. */
const HINTS: Readonly<Record<string, string>> = {
  in: '; one of several values is written key={a,b}',
  notin: '; none of several values is written key!={a,b}',
  like: '; a part of a value is written key=*part*',
  contains: '; a part of a value is written key=*part*, and a list fits when one of its items does',
  startswith: '; what begins so is written key=part*',
  endswith: '; what ends so is written key=*part',
  is: '; a value is written key=value',
};

/** Reads an expression such as `site=msk & !role=core`. @throws OptionError with a caret under what is wrong. */
export function parseExpression(text: string): Expression {
  if (typeof text !== 'string') throw new OptionError(`where takes an expression, a text; got ${typeof text}`);
  const scanner = new Scanner(text);
  if (text.length > LONGEST) throw scanner.wrong(`an expression has at most ${LONGEST} characters, got ${text.length}`);
  const found = any(scanner, 0);
  if (scanner.next === ')') throw scanner.wrong('this ) closes nothing');
  if (scanner.next !== '') throw afterTest(scanner);
  return found;
}

const any = (scanner: Scanner, depth: number): Expression =>
  joined('any', {
    words: ['||', '|', 'or'],
    part: () => joined('all', { words: ['&&', '&', 'and'], part: () => one(scanner, depth), scanner }),
    scanner,
  });

interface Join {
  /** How two parts are joined; the last one is a word. */
  readonly words: readonly [string, string, string];
  readonly part: () => Expression;
  readonly scanner: Scanner;
}

function joined(kind: 'all' | 'any', { words: [double, single, word], part, scanner }: Join): Expression {
  const first = part();
  const of = [first];
  for (;;) {
    scanner.skipSpaces();
    if (scanner.eat(double, single) === undefined) {
      if (scanner.keyword() !== word) break;
      scanner.at += word.length;
    }
    of.push(part());
  }
  return of.length === 1 ? first : { kind, of };
}

function one(scanner: Scanner, depth: number): Expression {
  scanner.skipSpaces();
  if (depth > DEEPEST) throw scanner.wrong(`more than ${DEEPEST} parentheses and negations one in the other`);
  const at = scanner.at;
  const word = scanner.keyword();
  if (word === 'not') scanner.at += word.length;
  if (word === 'not' || scanner.eat('!') !== undefined) return { kind: 'not', of: one(scanner, depth + 1) };
  if (scanner.eat('(') !== undefined) {
    const inner = any(scanner, depth + 1);
    if (scanner.eat(')') === undefined) {
      throw scanner.next === '' ? scanner.wrong('this ( is not closed', at) : afterTest(scanner);
    }
    return inner;
  }
  if (word === 'and' || word === 'or') throw scanner.wrong(`expected ${A_TEST}, got '${word}'`);
  if (scanner.next === '~') throw scanner.wrong("'not' is written !, and a pattern is a glob: name=R[1-9]*");
  return test(scanner);
}

function test(scanner: Scanner): Expression {
  const at = scanner.at;
  const glob = parseGlob(scanner);
  if (glob === undefined) throw scanner.wrong(`expected ${A_TEST}, got ${scanner.got}`);
  const end = scanner.at;
  scanner.skipSpaces();
  const sign = scanner.eat('!=', '==', '=', '<=', '>=', '<', '>');
  if (sign === undefined) {
    if (end === scanner.at && scanner.text[end - 1] === ':' && /[&!]/.test(scanner.next)) {
      throw scanner.wrong('the colon is of another language: write web & staging, web & !staging', end - 1);
    }
    return { kind: 'called', glob };
  }
  const key = textOf(glob);
  if (key === undefined || key === '') throw scanner.wrong(`a key is a plain word, such as site or rack.row`, at);
  scanner.skipSpaces();
  if (scanner.next === '~') throw scanner.wrong('a pattern is a glob, written key=R[1-9]*');
  if (sign === '<' && scanner.next === '>') throw scanner.wrong("'is not' is written !=", end);
  const valueAt = scanner.at;
  const value = parseGlob(scanner);
  if (value === undefined) {
    throw scanner.wrong(`expected a value behind ${sign}, got ${scanner.got}; what has spaces or signs is in quotes`);
  }
  if (sign === '=' || sign === '==') return { kind: 'has', key, glob: value };
  if (sign === '!=') return { kind: 'not', of: { kind: 'has', key, glob: value } };
  return { kind: 'compares', key, sign, than: number(textOf(value), { sign, scanner, valueAt }) };
}

interface Compared {
  readonly sign: Sign;
  readonly scanner: Scanner;
  readonly valueAt: number;
}

function number(text: string | undefined, { sign, scanner, valueAt }: Compared): number {
  const read = numberIn(text ?? '');
  if (read === undefined)
    throw scanner.wrong(`expected a number behind ${sign}; texts are compared by = and !=`, valueAt);
  return read;
}

/** The number that a text is, as people write them: `5`, `-1.5`. */
export function numberIn(text: string): number | undefined {
  // No negative zero: it would be printed as the other one.
  return /^[+-]?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) + 0 : undefined;
}

function afterTest(scanner: Scanner): OptionError {
  const hint = HINTS[scanner.keyword()] ?? '';
  return scanner.wrong(`expected & (and) or | (or), got ${scanner.got}${hint}`);
}
