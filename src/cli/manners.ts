import { didYouMean } from '../base/index.js';
import type { Device } from '../inventory/index.js';
import type { Manners, Observer, RunDevice, StepEvent, WaitingLine } from '../runner/index.js';
import { UsageError } from './exit-codes.js';
import type { Selection } from './gather-fleet.js';
import type { Note } from './report-run.js';

/** How much of the network a run uses, and when it stops by itself. */
export interface MannersFlags {
  readonly perDevice?: number;
  readonly perBastion?: number;
  readonly perGroup?: Readonly<Record<string, number>>;
  readonly connectRate?: number;
  readonly retries?: number;
  /** In milliseconds. */
  readonly retryBackoff?: number;
  readonly batch?: readonly string[];
  readonly maxFailures?: string;
  /** Whether only commands are sent that do no harm. */
  readonly readOnly?: boolean | undefined;
}

/** What the flags and the groups of the inventory say of a run. @throws UsageError. */
export function mannersOf(
  flags: MannersFlags,
  selection: Pick<Selection, 'devices' | 'groups'>,
): Manners<RunDevice, unknown> {
  const {
    perDevice,
    perBastion,
    perGroup = {},
    connectRate,
    retries = 0,
    retryBackoff,
    batch,
    maxFailures,
    readOnly,
  } = flags;
  if (retryBackoff !== undefined && retries === 0) {
    throw new UsageError('--retry-backoff says how long to wait before another try, and --retries allows none');
  }
  refuseUnknown(perGroup, selection);
  const ofInventory = selection.groups.flatMap(({ name, maxSessions }) => {
    return maxSessions === undefined ? [] : [[name, maxSessions] as const];
  });
  return {
    limits: {
      perDevice,
      perBastion,
      // What was typed goes before what the inventory says.
      perGroup: Object.fromEntries([...ofInventory, ...Object.entries(perGroup)]),
      connectsPerSecond: connectRate,
    },
    // What only shows may be asked again.
    ...(retries === 0
      ? {}
      : { retries: { limit: retries, backoffMs: retryBackoff, repeatable: () => readOnly === true } }),
    batches: batch,
    maxFailures,
  };
}

/** A limit for a group that there is not is a slip of the hand, and would be no limit. */
function refuseUnknown(
  perGroup: Readonly<Record<string, number>>,
  { devices, groups }: Pick<Selection, 'devices' | 'groups'>,
): void {
  const names = Object.keys(perGroup);
  if (names.length === 0) return;
  const known = new Set([...groups.map(({ name }) => name), ...devices.flatMap((device) => device.groups ?? [])]);
  const unknown = names.find((name) => !known.has(name));
  if (unknown === undefined) return;
  const near = didYouMean(unknown, [...known]);
  throw new UsageError(`--per-group ${unknown}=${perGroup[unknown]}: the inventory has no group of that name${near}`);
}

/** How many lines of waiting devices are named, and how often they are counted at most. */
const LINES = 2;
const COUNT_MS = 100;

/** Says beside the progress what devices wait for: `12 wait for group core`. */
export class WaitingNote implements Note, Observer<Device, never> {
  onChange: () => void = () => {};
  /** Where the run says what its devices wait for, once it is there. */
  run: { waiting(): readonly WaitingLine[] } | undefined;
  readonly #beside: Note | undefined;
  #said = '';
  #countedAt = Number.NEGATIVE_INFINITY;

  /** `beside` is another note that stands before it. */
  constructor(beside?: Note) {
    this.#beside = beside;
    if (beside !== undefined) beside.onChange = () => this.onChange();
  }

  step(_device: Device, { type }: StepEvent): void {
    if (type === 'started') this.onChange();
  }

  get text(): string {
    return [this.#beside?.text ?? '', this.#waiting()].filter((text) => text !== '').join(' · ');
  }

  #waiting(): string {
    const now = performance.now();
    if (now - this.#countedAt < COUNT_MS) return this.#said;
    this.#countedAt = now;
    const lines = this.run?.waiting() ?? [];
    const named = lines
      .slice(0, LINES)
      .map(({ line, devices }, at) => `${devices} ${at === 0 ? 'wait ' : ''}for ${line}`);
    const rest = lines.slice(LINES).reduce((sum, { devices }) => sum + devices, 0);
    this.#said = [...named, ...(rest === 0 ? [] : [`${rest} for others`])].join(', ');
    return this.#said;
  }
}
