import { quote } from '../../base/index.js';

/** A value that a keyword does not take; its message says what was expected. */
export class BadValue extends Error {}

const bad = (expected: string, got: string): BadValue => new BadValue(`expected ${expected}; got ${got}`);

/** Returns the one value of a line. @throws BadValue. */
export function one(args: readonly string[], expected: string): string {
  const [value] = args;
  if (args.length > 1) throw bad(expected, `${args.length} values`);
  if (value === undefined || value === '') throw bad(expected, 'nothing');
  return value;
}

export const isNone = (text: string): boolean => text.toLowerCase() === 'none';

/** Returns the paths of a line; none for `none`. @throws BadValue. */
export function paths(args: readonly string[]): readonly string[] {
  const expected = "paths, or 'none' alone";
  if (args.length === 0 || args.includes('')) throw bad(expected, 'an empty one');
  if (!args.some(isNone)) return args;
  if (args.length > 1) throw bad(expected, 'both');
  return [];
}

/** Returns what a word stands for. @throws BadValue. */
export function word<T>(args: readonly string[], table: Readonly<Record<string, T>>): T {
  const expected = Object.keys(table).join(', ');
  const text = one(args, expected);
  const value = Object.entries(table).find(([name]) => name === text.toLowerCase());
  if (value === undefined) throw bad(expected, quote(text));
  return value[1];
}

export const YES_NO = { yes: true, no: false, true: true, false: false };

/** Returns a port. @throws BadValue. */
export function port(args: readonly string[]): number {
  const expected = 'a port from 1 to 65535';
  const text = one(args, expected);
  const named = new Map([
    ['ssh', 22],
    ['telnet', 23],
  ]);
  const value = named.get(text) ?? (/^\d{1,5}$/.test(text) ? Number(text) : 0);
  if (value < 1 || value > 65_535) throw bad(expected, quote(text));
  return value;
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/**
 * Returns a time as sshd_config(5), TIME FORMATS, writes it (`90`, `1m30s`), in milliseconds; undefined for `none`.
 * @throws BadValue.
 */
export function time(args: readonly string[]): number | undefined {
  const expected = "a time such as 30, 90s or 1m30s, or 'none'";
  const text = one(args, expected);
  if (text === 'none') return undefined;
  if (!/^(?:\d{1,9}[smhdw]?)+$/i.test(text)) throw bad(expected, quote(text));
  let seconds = 0;
  for (const [, count, unit = ''] of text.matchAll(/(\d+)([smhdw]?)/gi)) {
    seconds += Number(count) * (UNIT_SECONDS[unit.toLowerCase()] ?? 0);
  }
  return seconds * 1_000;
}
