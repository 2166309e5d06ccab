import { OptionError } from './errors.js';
import { didYouMean } from './nearest.js';
import { quote } from './quote.js';

/** Returns what a value is, for the error that refuses it; never the content of an object. */
export function got(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return `the text ${quote(value)}`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/** Checks that an options object has only properties of these names. @throws OptionError with the nearest name. */
export function checkNames(what: string, options: object, names: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new OptionError(`the options of ${what} are an object; got ${got(options)}`);
  }
  for (const name of Object.keys(options)) {
    if (!names.includes(name)) throw new OptionError(`${what} has no option '${name}'${didYouMean(name, names)}`);
  }
}

const KINDS = { string: 'a text', boolean: 'true or false', function: 'a function' } as const;

/** Checks that a value is of a type; undefined is taken. @throws OptionError. */
export function checkKind(name: string, value: unknown, type: keyof typeof KINDS): void {
  if (value === undefined || typeof value === type) return;
  throw new OptionError(`${name} must be ${KINDS[type]}; got ${got(value)}`);
}

/** Checks that a value is one of a few words; undefined is taken. @throws OptionError with the nearest one. */
export function checkChoice(name: string, value: unknown, words: readonly string[]): void {
  if (value === undefined || words.includes(value as string)) return;
  const all = words.map((word) => `'${word}'`);
  const last = all.pop();
  const near = typeof value === 'string' ? didYouMean(value, words) : '';
  throw new OptionError(
    `${name} must be ${all.length === 0 ? '' : `${all.join(', ')} or `}${last}; got ${got(value)}${near}`,
  );
}
