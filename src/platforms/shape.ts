import { didYouMean } from '../base/index.js';

/** Where in a platform a value stands: the keys that lead to it. */
export type Path = readonly (string | number)[];

export interface Problem {
  readonly path: Path;
  /** `warning`: the data can be used, and somebody should look at it. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

export type Report = (path: Path, message: string, severity?: Problem['severity']) => void;

/** Looks at one value, and reports what is wrong with it. */
export type Kind = (value: unknown, path: Path, report: Report) => void;

export interface Field {
  readonly kind: Kind;
  readonly needed: boolean;
}

export const needed = (kind: Kind): Field => ({ kind, needed: true });
export const may = (kind: Kind): Field => ({ kind, needed: false });

/** What a value is, for a message; never the value itself where it is long. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const text: Kind = (value, path, report) => {
  if (typeof value !== 'string') report(path, `must be a text; got ${shown(value)}`);
};

/** One line to send: a line end in it would be a second one. */
export const line: Kind = (value, path, report) => {
  if (typeof value !== 'string') return report(path, `must be a text; got ${shown(value)}`);
  if (/[\r\n]/.test(value)) report(path, 'must be one line: the Enter key is added when it is sent');
};

export const oneOf =
  (...allowed: readonly unknown[]): Kind =>
  (value, path, report) => {
    if (allowed.includes(value)) return;
    report(path, `must be ${allowed.map((one) => JSON.stringify(one)).join(' or ')}; got ${shown(value)}`);
  };

export const whole =
  (least: number, most: number): Kind =>
  (value, path, report) => {
    if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return;
    report(path, `must be a whole number from ${least} to ${most}; got ${shown(value)}`);
  };

export const listOf =
  (kind: Kind, { least = 0 } = {}): Kind =>
  (value, path, report) => {
    if (!Array.isArray(value)) return report(path, `must be a list; got ${shown(value)}`);
    if (value.length < least) report(path, `must hold at least ${least}; got ${value.length}`);
    for (const [index, item] of value.entries()) kind(item, [...path, index], report);
  };

/** A mapping of names that the writer chooses. */
export const recordOf =
  (kind: Kind, { least = 0 } = {}): Kind =>
  (value, path, report) => {
    if (!isMap(value)) return report(path, `must be a mapping; got ${shown(value)}`);
    const entries = Object.entries(value);
    if (entries.length < least) report(path, `must hold at least ${least}; got ${entries.length}`);
    for (const [key, item] of entries) kind(item, [...path, key], report);
  };

/** A mapping of known keys: `T` says which, so that the table cannot miss one. */
export const objectOf =
  <T>(fields: { readonly [K in keyof Required<T>]: Field }): Kind =>
  (value, path, report) => {
    if (!isMap(value)) return report(path, `must be a mapping; got ${shown(value)}`);
    const table = fields as Readonly<Record<string, Field>>;
    for (const [key, item] of Object.entries(value)) {
      const field = Object.hasOwn(table, key) ? table[key] : undefined;
      if (field === undefined) report([...path, key], `unknown key '${key}'${didYouMean(key, Object.keys(table))}`);
      else if (item !== undefined) field.kind(item, [...path, key], report);
    }
    for (const [key, field] of Object.entries(table)) {
      if (field.needed && value[key] === undefined) report(path, `needs the key '${key}'`);
    }
  };
