import { type Command, InvalidArgumentError } from 'commander';
import { seconds, wholeNumber } from '../values.js';

/** How much of the network a run uses at once, and when it stops by itself. */
export const withManners = (command: Command): Command =>
  command
    .optionsGroup('How many at once:')
    .option('--per-device <n>', 'sessions at once with one box (default: 1)', wholeNumber(1, 100_000))
    .option(
      '--per-bastion <n>',
      'sessions at once through one jump host, SOCKS proxy or terminal server (default: no limit)',
      wholeNumber(1, 100_000),
    )
    .option(
      '--per-group <name=n>',
      'sessions at once in a group; may be repeated (default: max_sessions of the inventory)',
      groupLimit,
    )
    .option('--connect-rate <n>', 'logins begun in a second, retries included (default: no limit)', rate)
    .optionsGroup('When something fails:')
    .option(
      '--retries <n>',
      'further tries where the way to the device failed and nothing was sent (default: 0)',
      wholeNumber(0, 100),
    )
    .option('--retry-backoff <s>', 'seconds before the second try, doubled each time, up to 30 (default: 1)', seconds)
    .option(
      '--batch <sizes>',
      'first so many devices, then so many, the last size again and again: 1,10%,100%; stops when one is not ok',
      batchSizes,
    )
    .option(
      '--max-failures <n>',
      'begin no further device when more than so many (of a batch: 10%) are not ok (default: 0 with --batch)',
      failures,
    );

/** Reads `core=5` beside those that were given before. */
function groupLimit(text: string, before: Readonly<Record<string, number>> = {}): Readonly<Record<string, number>> {
  const [, name, limit] = /^([^=]+)=(\d+)$/.exec(text) ?? [];
  const most = Number(limit);
  if (name !== undefined && most >= 1 && most <= 100_000) {
    return Object.fromEntries([...Object.entries(before), [name, most]]);
  }
  throw new InvalidArgumentError('Expected the name of a group and a number from 1 on, such as core=5.');
}

function rate(text: string): number {
  const value = /^(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0.001 && value <= 100_000) return value;
  throw new InvalidArgumentError('Expected how many in a second, from 0.001 to 100000.');
}

/** Whether it is a number of devices, from that one on, or a percentage. */
function isShare(text: string, least: 0 | 1): boolean {
  const [, digits, percent] = /^(\d{1,9}(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  const value = Number(digits);
  if (percent === '%') return value <= 100 && (value > 0 || least === 0);
  return Number.isSafeInteger(value) && value >= least;
}

function batchSizes(text: string): readonly string[] {
  const sizes = text.split(',').map((size) => size.trim());
  if (sizes.every((size) => isShare(size, 1))) return sizes;
  throw new InvalidArgumentError('Expected sizes with commas between them, such as 1,10%,100%.');
}

function failures(text: string): string {
  if (isShare(text, 0)) return text;
  throw new InvalidArgumentError('Expected a number of devices or a percentage, such as 3 or 10%.');
}
