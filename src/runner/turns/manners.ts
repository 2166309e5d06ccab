import { checkNames, got, OptionError } from '../../base/index.js';
import type { RunDevice } from '../result.js';
import { Batches, type BatchOptions } from './batches.js';
import { ConnectRate } from './connect-rate.js';
import { bastionKeys, deviceKeys, groupKeysOf, groupOf } from './device-keys.js';
import type { Gate } from './gate.js';
import { KeyLimit } from './key-limit.js';
import { checkRetries, type RetryOptions } from './retries.js';

/** How much of a network a run uses at once. Whole numbers from 1 on; Infinity is no limit. */
export interface RunLimits {
  /** Devices that have their turn at once, in all; default: as many as the executor has workers for. */
  readonly sessions?: number | undefined;
  /** Of those with the same address, transport and way; default 1, and no limit for the transport `process`. */
  readonly perDevice?: number | undefined;
  /** Of those with the same first server on their way: jump host, SOCKS proxy, terminal server; default: no limit. */
  readonly perBastion?: number | undefined;
  /** By the name of a group that devices have in `groups`; a device in several takes a place of each. */
  readonly perGroup?: Readonly<Record<string, number>> | undefined;
  /** How many turns begin in a second, evenly, retries included; from 0.001 to 100,000; default: no limit. */
  readonly connectsPerSecond?: number | undefined;
}

/** What keeps a run from doing harm by its size. */
export interface Manners<D extends RunDevice, T> extends BatchOptions {
  readonly limits?: RunLimits | undefined;
  readonly retries?: RetryOptions<D, T> | undefined;
}

/** Makes the gates of a run; `total` is undefined where nobody knows how many devices there are. @throws OptionError. */
export function gatesOf<D extends RunDevice, T>(
  {
    limits = {},
    retries,
    batches,
    maxFailures,
    gates = [],
  }: Manners<D, T> & { gates?: readonly Gate<D, T>[] | undefined },
  total: number | undefined,
): Gate<D, T>[] {
  checkNames('limits', limits, ['sessions', 'perDevice', 'perBastion', 'perGroup', 'connectsPerSecond']);
  if (retries !== undefined) checkRetries(retries as RetryOptions<never, never>);
  const inBatches = batches === undefined && maxFailures === undefined;
  return [
    // First, so that no other gate hears of a device before its batch.
    ...(inBatches ? [] : [new Batches<D, T>({ batches, maxFailures }, total)]),
    ...gates,
    ...limitsOf<D, T>(limits),
    // Last: nothing that could hold up a device comes behind its place in time.
    ...rateOf(limits),
  ];
}

function limitsOf<D extends RunDevice, T>({
  sessions,
  perDevice = 1,
  perBastion,
  perGroup = {},
}: RunLimits): Gate<D, T>[] {
  const groups = new Map(Object.entries(perGroup));
  const made: Gate<D, T>[] = [];
  const add = (name: string, limit: number | undefined, keysOf: (device: D) => readonly string[]): void => {
    if (limit === undefined) return;
    checkLimit(name, limit);
    const ahead = name === 'perDevice';
    if (limit !== Number.POSITIVE_INFINITY) made.push(new KeyLimit({ keysOf, limitOf: () => limit, ahead }));
  };
  const anySession = ['a free session'];
  add('sessions', sessions, () => anySession);
  for (const [name, limit] of groups) checkLimit(`perGroup[${JSON.stringify(name)}]`, limit);
  if (groups.size > 0) {
    const limitOf = (key: string): number => groups.get(groupOf(key)) ?? Number.POSITIVE_INFINITY;
    made.push(new KeyLimit({ keysOf: groupKeysOf(groups), limitOf }));
  }
  add('perBastion', perBastion, bastionKeys);
  add('perDevice', perDevice, deviceKeys);
  return made;
}

function rateOf({ connectsPerSecond: rate }: RunLimits): ConnectRate[] {
  if (rate === undefined || rate === Number.POSITIVE_INFINITY) return [];
  if (typeof rate === 'number' && rate >= 0.001 && rate <= 100_000) return [new ConnectRate(rate)];
  throw new OptionError(`limits.connectsPerSecond must be a number from 0.001 to 100,000; got ${got(rate)}`);
}

function checkLimit(name: string, limit: number): void {
  if (limit === Number.POSITIVE_INFINITY || (Number.isSafeInteger(limit) && limit > 0)) return;
  throw new OptionError(`limits.${name} must be a whole number above 0, or Infinity; got ${got(limit)}`);
}
