import { got, OptionError } from '../../base/index.js';

/** A number of devices, or a part of them: `3`, `'3'`, `'10%'`. */
export type Share = number | string;

/** How many of that many devices; undefined where a part is asked for, and nobody knows of how many. */
export type CountOf = (total: number | undefined) => number | undefined;

/**
 * Reads a share. A part is rounded down, as Ansible does with `serial`.
 * @throws OptionError for what is none, or is below the least.
 */
export function readShare(name: string, share: Share, { least }: { readonly least: 0 | 1 }): CountOf {
  const [, digits, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(String(share)) ?? [];
  const value = digits === undefined ? Number.NaN : Number(digits);
  if (percent === '%' && value <= 100 && (value > 0 || least === 0)) {
    return (total) => (total === undefined ? undefined : Math.max(least, Math.floor((total * value) / 100)));
  }
  if (percent === '' && Number.isSafeInteger(value) && value >= least) return () => value;
  const wanted = `a whole number from ${least} on or a percentage up to 100%`;
  throw new OptionError(`${name} must be ${wanted}, such as 5 or '10%'; got ${got(share)}`);
}
