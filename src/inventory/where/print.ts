import type { Expression, Glob, Piece, Test } from './expression.js';
import { textOf } from './parse-glob.js';

/** Returns an expression as it would be written; read again it is the same. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'not':
      return `!${printPart(expression.of)}`;
    case 'all':
      return expression.of.map(printPart).join(' & ');
    case 'any':
      return expression.of.map((part) => (part.kind === 'any' ? printPart(part) : printExpression(part))).join(' | ');
    default:
      return printTest(expression);
  }
}

const printPart = (part: Expression): string =>
  part.kind === 'all' || part.kind === 'any' ? `(${printExpression(part)})` : printExpression(part);

/** Returns one test as it would be written. */
export function printTest(test: Test): string {
  if (test.kind === 'called') {
    const text = textOf(test.glob);
    // In quotes it is a word, and no operator.
    return text !== undefined && /^(?:and|or|not)$/i.test(text) ? `"${text}"` : printGlob(test.glob);
  }
  const key = printText(test.key);
  if (test.kind === 'has') return `${key}=${printGlob(test.glob)}`;
  const than = test.than.toFixed(15).replace(/\.?0+$/, '');
  return `${key}${test.sign}${than}`;
}

const printGlob = (glob: Glob): string => (glob.length === 0 ? '""' : glob.map(printPiece).join(''));

function printPiece(piece: Piece): string {
  switch (piece.kind) {
    case 'text':
      return printText(piece.text);
    case 'any':
      return '*';
    case 'one':
      return '?';
    case 'set':
      return `[${piece.not ? '!' : ''}${printSet(piece.ranges)}]`;
    case 'choice':
      return `{${piece.of.map((branch) => branch.map(printPiece).join('')).join(',')}}`;
  }
}

const member = (char: string): string => (/^[\p{L}\p{N}]$/u.test(char) ? char : `\\${char}`);
/** Digits beside a range would be read as a range of numbers, which brackets are not. */
const printSet = (ranges: readonly (readonly [string, string])[]): string =>
  ranges
    .map(printRange)
    .map((one) => (ranges.length > 1 && /^\d$/.test(one) ? `\\${one}` : one))
    .join('');
const printRange = ([from, to]: readonly [string, string]): string =>
  from === to ? member(from) : `${member(from)}-${member(to)}`;

/** Returns a text as a word of an expression, in quotes where it needs them. */
export function printText(text: string): string {
  if (/^[\p{L}\p{N}_.:/@%+][\p{L}\p{N}_.:/@%+-]*$/u.test(text)) return text;
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
