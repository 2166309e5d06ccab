import { got, OptionError, Secret } from '../base/index.js';

/** What stands for a Secret and for a number that JSON has no way to write. */
const SECRET = '$secret';
const NUMBER = '$number';

/** Returns a value as what JSON can carry; undefined properties are left out. @throws OptionError for what is no plain data. */
export function toPlain(value: unknown, where = 'a message'): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : { [NUMBER]: String(value) };
  if (Secret.is(value)) return { [SECRET]: value.reveal() };
  if (Array.isArray(value)) return value.map((part) => toPlain(part ?? null, where));
  if (!isPlain(value)) throw new OptionError(`${where} cannot go to the agent: expected plain data, got ${got(value)}`);
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  if (entries.some(([name]) => name === SECRET || name === NUMBER)) {
    throw new OptionError(`${where} cannot go to the agent: the names ${SECRET} and ${NUMBER} are its own`);
  }
  return Object.fromEntries(entries.map(([name, part]) => [name, toPlain(part, `${where}.${name}`)]));
}

/** Returns what `toPlain` was given. */
export function fromPlain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(fromPlain);
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) {
    const [name, part] = only;
    if (name === SECRET && typeof part === 'string') return new Secret(part);
    if (name === NUMBER && typeof part === 'string') return Number(part);
  }
  return Object.fromEntries(entries.map(([name, part]) => [name, fromPlain(part)]));
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}
