import type { Deadline, Phase } from '../../base/index.js';
import type { Platform } from '../../platforms/index.js';
import type { SessionSecrets } from './secrets.js';

export interface ChannelOptions {
  readonly platform: Platform;
  /** How the device writes its characters, by WHATWG's name. */
  readonly encoding: string;
  /** Never shown in an error. */
  readonly secrets: SessionSecrets;
  /** What one answer may hold before it is given up. */
  readonly maxOutputBytes: number;
  /** How long nothing may follow a prompt that ends an answer; 0 takes it at once. */
  readonly settleMs: number;
  /** By when the device's whole turn must be over. */
  readonly deadline: Deadline;
  /** By when the session must be open: it holds until `opened` is called. */
  readonly openBy?: Deadline | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Whether a line, with the one above it, is the prompt of what the way leads through: nothing is typed there. */
  readonly isOnTheWay?: ((line: string, lineAbove: string) => boolean) | undefined;
}

export interface WaitOptions {
  readonly phase: Phase;
  /** For the error: what did not come. */
  readonly expected: string;
  /** How long the device may be silent. */
  readonly idleMs: number;
  /** Whether what was recognised must still be the last thing after the settle time. */
  readonly settles?: boolean;
  /** Set where silence is the end: `lookWhenQuiet` is asked when nothing has come for so long, and nothing is refused. */
  readonly quietMs?: number | undefined;
  /** Set where the caller answers all that is asked, pagers as well. */
  readonly raw?: true;
}

/** A place in what was received: the number of a line, and what of it is before that place. */
export interface ReadSoFar {
  readonly line: number;
  readonly text: string;
}
