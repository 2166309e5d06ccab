import { Deadline } from '../../base/index.js';
import type { Platform } from '../../platforms/index.js';
import { Interruption } from '../configuration/interruption.js';
import type { SessionSecrets } from '../line/secrets.js';
import {
  outputLimit,
  platformOf,
  type ResolvedTarget,
  type SessionOptions,
  type Timeouts,
  timeoutsOf,
} from '../options.js';
import type { Passed } from './terminal-server.js';

/** Everything that the steps of opening a session need to know. */
export interface Opening {
  readonly target: ResolvedTarget;
  readonly options: SessionOptions;
  readonly platform: Platform;
  readonly timeouts: Timeouts;
  readonly maxOutputBytes: number;
  /** By when the device's whole turn must be over. */
  readonly deadline: Deadline;
  /** By when the session must be open. */
  readonly openBy: Deadline;
  readonly interruption: Interruption;
  readonly secrets: SessionSecrets;
  /** What was logged in to before, and leads on to the device. */
  readonly passed?: Passed | undefined;
  /** Set where an SSH server has let us in without asking for anything: the device may ask on its command line. */
  readonly unasked?: boolean | undefined;
  /** Set where a prompt must be proved by what does not follow it. */
  readonly settles?: true;
}

/** What of an opening does not need a command line. */
export type Way = Pick<Opening, 'target' | 'options' | 'platform'>;

/** Starts the clocks. @throws OptionError; RollcallError (`unknown_platform`). */
export function beginOpening(target: ResolvedTarget, options: SessionOptions, secrets: SessionSecrets): Opening {
  const timeouts = timeoutsOf(target, options);
  const deadline = Deadline.after(timeouts.totalMs);
  return {
    target,
    options,
    platform: platformOf(target.platform, options),
    timeouts,
    maxOutputBytes: outputLimit(options.limits),
    deadline,
    openBy: Deadline.after(timeouts.connectMs).earlier(deadline),
    interruption: new Interruption(options.signal),
    secrets,
  };
}
