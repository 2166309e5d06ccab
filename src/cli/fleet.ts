import { Secret } from '../base/index.js';
import type { Device } from '../inventory/index.js';
import type { Platform } from '../platforms/index.js';
import type { SendCommandsInput } from '../runner/index.js';
import { AUTODETECT, type Question } from '../session/index.js';
import { askAtTerminal, GaveUpError } from './ask.js';
import type { CredentialFlags } from './credentials.js';
import type { ExecutorFlags } from './executors.js';
import { UsageError } from './exit-codes.js';
import type { Interrupt } from './interrupt.js';
import type { InventoryFlags } from './inventory-flags.js';
import type { MannersFlags } from './manners.js';
import { clean } from './output/clean.js';
import type { PlatformFlags } from './platform-files.js';
import type { StatusLine } from './status-line.js';

/** The flags of every command that opens a session with each device of an inventory. */
export interface FleetFlags extends ExecutorFlags, CredentialFlags, InventoryFlags, PlatformFlags, MannersFlags {
  /** Expressions that a device has to fit, every one of them. */
  readonly where?: readonly string[];
  readonly connectTimeout?: number;
  readonly idleTimeout?: number;
  readonly timeout?: number;
  readonly settleMs?: number;
  readonly enable: boolean;
  readonly hostKeys: 'accept-new' | 'strict' | 'off';
  readonly knownHosts?: string;
  readonly log?: boolean;
  /** Whether a shared credential must log in on one device before it is used on the others. */
  readonly canary: boolean;
  /** Whether logins were refused in the run that this one goes on with; no flag of the command line. */
  readonly wary?: boolean;
}

/** @throws UsageError for an executor and numbers that do not go together. */
export function checkExecutor({ executor, workers, perWorker }: ExecutorFlags): void {
  const pool = executor === 'threads' || executor === 'processes';
  if (perWorker !== 1 && !pool)
    throw new UsageError(`--per-worker goes with --executor threads or processes, not ${executor}`);
  if (workers !== undefined && workers !== 1 && executor === 'sequential') {
    throw new UsageError('--executor sequential has one worker; leave --workers out, or choose another executor');
  }
}

/** A flag goes before what the inventory says: it was typed now. */
export function withTimeouts(device: Device, { connectTimeout, idleTimeout, timeout, settleMs }: FleetFlags): Device {
  const timeouts = {
    ...device.timeouts,
    ...(connectTimeout === undefined ? {} : { connectMs: connectTimeout }),
    ...(idleTimeout === undefined ? {} : { idleMs: idleTimeout }),
    ...(timeout === undefined ? {} : { totalMs: timeout }),
    ...(settleMs === undefined ? {} : { settleMs }),
  };
  return { ...device, timeouts };
}

/** Without what is only referred to, and would be asked for, though nobody enables. */
export function withoutEnabling({ secret, ...device }: Device): Device {
  return { ...device, ...(Secret.is(secret) ? { secret } : {}) };
}

/** What the flags say of a session with a device of that platform. */
export function sessionOf(
  flags: FleetFlags,
  platforms: readonly Platform[],
  platform: string,
): SendCommandsInput['session'] {
  return {
    enable: flags.enable ? 'auto' : 'never',
    hostKeys: { policy: flags.hostKeys, knownHostsFile: flags.knownHosts },
    // It travels with the call: a worker has no file of the user's.
    ...carried(platforms, platform),
  };
}

/** The user's own platforms that a device may turn out to have. */
function carried(platforms: readonly Platform[], name: string): { platforms?: readonly Platform[] } {
  const own = name === AUTODETECT ? platforms : platforms.filter((platform) => platform.name === name);
  return own.length === 0 ? {} : { platforms: own };
}

/** Questions of several devices are asked one after the other: there is one keyboard. */
export function asker(
  status: StatusLine,
  interrupt: Interrupt,
): (question: unknown, device: Device) => Promise<string> {
  let turn: Promise<unknown> = Promise.resolve();
  return (question, device) => {
    const { prompt, echo, about } = question as Question;
    const whole = about === undefined ? `${device.name} asks: ${prompt} ` : `${prompt} `;
    const { signal } = interrupt;
    const ask = (): Promise<string> => askAtTerminal(clean(whole), { echo, signal });
    const answer = turn
      .then(() => status.pausedFor(ask))
      .catch((error: unknown) => {
        // While it asks, the terminal hands Ctrl-C over as a key: it means the run, as it does at any other time.
        if (error instanceof GaveUpError && error.cause === 'SIGINT') interrupt.heed('SIGINT');
        throw error;
      });
    turn = answer.catch(() => {});
    return answer;
  };
}
