import { availableParallelism } from 'node:os';
import { OptionError } from '../base/index.js';
import { nextNumber } from './call-id.js';

/** Checks a count that must be a whole number above 0. @throws {RangeError} */
export function checkPositive(name: string, value: number | undefined, byDefault: number): number {
  if (value === undefined) return byDefault;
  if (typeof value !== 'number' || !(value > 0)) throw new RangeError(`${name} must be greater than 0`);
  if (!Number.isInteger(value)) throw new RangeError(`${name} must be a whole number; got ${value}`);
  return value;
}

/** Returns the number of processors that this program may use. */
export function processors(): number {
  return availableParallelism();
}

/** Returns what the names of an executor's workers begin with: the prefix that was given, or its kind and a number. */
export function executorName(kind: string, prefix: string | undefined): string {
  if (prefix !== undefined && typeof prefix !== 'string') {
    throw new OptionError(`threadNamePrefix must be a string; got ${typeof prefix}`);
  }
  return prefix === undefined || prefix === '' ? `${kind}-${nextNumber(kind)}` : prefix;
}
