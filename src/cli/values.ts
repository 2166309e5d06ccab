import { InvalidArgumentError } from 'commander';

/** Reads a flag's whole number within bounds. @throws InvalidArgumentError, which commander shows with the flag's name. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}

/** Reads a flag's seconds (a fraction is allowed) and returns milliseconds. @throws InvalidArgumentError. */
export function seconds(text: string): number {
  const value = /^(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value < 2_000_000) return Math.max(1, Math.round(value * 1000));
  throw new InvalidArgumentError('Expected a number of seconds above 0.');
}

/** Reads a flag's milliseconds, 0 included. @throws InvalidArgumentError. */
export function milliseconds(text: string): number {
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value <= 3_600_000) return value;
  throw new InvalidArgumentError('Expected a number of milliseconds, at most an hour.');
}
