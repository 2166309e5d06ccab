import type { Entry } from './node.js';

/**
 * What an inventory says before its groups are resolved: every reader of a format gives this, with the keys of
 * `DEVICE_KEYS` (it has translated those of its own format), and one place makes devices of it.
 */
export interface RawInventory {
  /** What holds for every device, weakest of all. */
  readonly defaults?: RawPart;
  readonly groups: readonly RawGroup[];
  readonly devices: readonly RawDevice[];
  /** Things that are not wrong but that somebody should know. */
  readonly warnings?: readonly string[];
  /** True where a mapping in `data` replaces one that a weaker part has, as other tools do, and is not merged with it. */
  readonly wholeData?: boolean;
}

/** Keys with their values, as they are written, and where. */
export interface RawPart {
  readonly at: number;
  readonly entries: readonly Entry[];
  /** What a program wants to know: any keys, any depth. */
  readonly data?: readonly Entry[];
}

export interface RawGroup extends RawPart {
  readonly name: string;
  /** The groups that it is in, the strongest first. */
  readonly parents: readonly NameAt[];
}

export interface RawDevice extends RawPart {
  /** Absent: it is named by its host. */
  readonly name?: string;
  /** True where its name is its host, when neither it nor its groups nor the defaults say another. */
  readonly nameIsHost?: true;
  /** The groups that it is in, the strongest first. */
  readonly groups: readonly NameAt[];
}

export interface NameAt {
  readonly name: string;
  readonly at: number;
}
