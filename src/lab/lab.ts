import { AbortedError, OptionError } from '../base/index.js';
import { Accounts, type LoginRecord } from './accounts.js';
import { type Counters, LabCounters } from './counters.js';
import { defaultStateDirectory, HostKeyStore } from './host-keys.js';
import { inventoryText, type SimulatedDevice } from './inventory.js';
import { lockAfterOf, setups } from './options.js';
import type { LabOptions } from './settings.js';
import { Station } from './station.js';

/** Ports that are taken at the same time while a lab starts. */
const AT_ONCE = 64;

/** Simulated devices that serve connections until they are closed. */
export interface Lab {
  /** Plain data, in the order in which they were asked for. */
  readonly devices: readonly SimulatedDevice[];
  /** What has happened so far, on all devices together. */
  readonly counters: Counters;
  /** What has happened on one device. Throws `OptionError` for a name that is none. */
  countersOf(name: string): Counters;
  /** The last 1,000 commands that a device was given, oldest first; never what was typed at a password prompt. */
  commandsOf(name: string): readonly string[];
  /** The logins that the devices have judged, oldest first; the last 100,000. */
  readonly logins: readonly LoginRecord[];
  /** The users whose account is locked (`lockAfter`). */
  readonly locked: readonly string[];
  /** The devices as an inventory file: YAML, a list under `routers`. */
  inventory(): string;
  /** Ends every connection and gives the ports back; may be called again. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts simulated devices on this machine, each at a port of its own. Throws `OptionError` for an option that is wrong
 * and for a port that is in use, `RollcallError` with code `too_many_files` where the system allows too few.
 */
export async function startLab(options: LabOptions): Promise<Lab> {
  if (typeof options !== 'object' || options === null) {
    throw new OptionError(`startLab takes an object of options; got ${String(options)}`);
  }
  const { host = '127.0.0.1', stateDirectory = defaultStateDirectory(), signal } = options;
  const total = new LabCounters();
  const keys = new HostKeyStore(stateDirectory);
  const accounts = new Accounts(lockAfterOf(options));
  const stations = setups(options).map((setup) => new Station(setup, { total, keys, accounts }));
  if (signal?.aborted)
    throw new AbortedError('the lab was not started: its signal had aborted', { cause: signal.reason });
  // Keys are made or read here, so that a folder that cannot be written to is an error of the start.
  for (const { setup } of stations) {
    if (setup.transport !== 'ssh') continue;
    const owner = setup.hostKey === 'own' ? setup.name : undefined;
    for (const type of setup.hostKeyTypes) keys.key(type, owner);
  }
  const close = async (): Promise<void> => {
    signal?.removeEventListener('abort', onAbort);
    await Promise.all(stations.map((station) => station.close()));
  };
  const onAbort = (): void => void close();
  try {
    await openAll(stations, host);
    await Promise.all(stations.map((station) => station.refuse()));
  } catch (error) {
    await close();
    throw error;
  }
  if (signal?.aborted) {
    await close();
    throw new AbortedError('the lab was stopped while it started', { cause: signal.reason });
  }
  signal?.addEventListener('abort', onAbort, { once: true });
  return labOf(stations, { host, total, accounts, close });
}

function labOf(
  stations: readonly Station[],
  {
    host,
    total,
    accounts,
    close,
  }: { host: string; total: LabCounters; accounts: Accounts; close: () => Promise<void> },
): Lab {
  const devices = Object.freeze(stations.map((station) => Object.freeze(describe(station, host))));
  const byName = new Map(stations.map((station) => [station.setup.name, station]));
  const named = (name: string): Station => {
    const station = byName.get(name);
    if (station === undefined) throw new OptionError(`the lab has no device '${name}'`);
    return station;
  };
  return {
    devices,
    get counters() {
      return total.now;
    },
    countersOf: (name) => named(name).counters.now,
    commandsOf: (name) => named(name).counters.lines,
    get logins() {
      return accounts.logins;
    },
    get locked() {
      return accounts.locked;
    },
    inventory: () => inventoryText(devices),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Opens them in order, some at a time: no more than the system's queue of pending calls likes. */
async function openAll(stations: readonly Station[], host: string): Promise<void> {
  for (let at = 0; at < stations.length; at += AT_ONCE) {
    const opened = await Promise.allSettled(stations.slice(at, at + AT_ONCE).map((station) => station.open(host)));
    for (const outcome of opened) if (outcome.status === 'rejected') throw outcome.reason;
  }
}

function describe({ setup, port }: Station, host: string): SimulatedDevice {
  const { name, platform, transport, username, password, secret } = setup;
  const type = transport === 'telnet' ? `${platform.name}_telnet` : platform.name;
  return { name, host, port, platform: type, username, password, secret };
}
