import type { SimulatedPlatform } from './device.js';
import type { FaultName } from './faults.js';
import type { HostKeyType } from './host-keys.js';
import type { SshAlgorithms } from './ssh2-server.js';

/** How a simulated device is reached. */
export type LabTransport = 'ssh' | 'telnet';

/** What can be set for one simulated device, or for all of a lab; what is not set has the default. */
export interface DeviceSettings {
  /** Its name in the inventory, and its host name; default R1, R2, … */
  readonly name?: string | undefined;
  /** One of `labPlatformNames()`, default `cisco_ios`; `cisco_ios_telnet` and its like set the transport as well. */
  readonly platform?: string | undefined;
  /** A manner of its platform, such as another command line or a console that asks first; default none. */
  readonly variant?: string | undefined;
  /** What it takes for the time, in ms since 1970: its stamps, and what is taken back unless confirmed; default the system's. */
  readonly clock?: (() => number) | undefined;
  /** Default ssh. */
  readonly transport?: LabTransport | undefined;
  /** 0 is any free port; default the lab's `port` plus the device's place in the list. */
  readonly port?: number | undefined;
  /** Default cisco, as are the password and the secret; an empty secret means that the device has none. */
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly secret?: string | undefined;
  /** The level at login: 1 (default) is `R1>`, 15 is `R1#`. */
  readonly privilege?: 1 | 15 | undefined;
  /** The round trip of the line in ms, connect included; default 0. */
  readonly latencyMs?: number | undefined;
  /** The time in ms that the device itself takes for a command; default 0. */
  readonly commandMs?: number | undefined;
  /** What it does wrong; default nothing. */
  readonly faults?: readonly FaultName[] | undefined;
  /** Which answer of a conversation a fault is about: 1 (default) is the first that has any text. */
  readonly faultAt?: number | undefined;
  /** How many ms longer the fault `slow` makes a command; default 5000. */
  readonly slowMs?: number | undefined;
  /** Whether it has the SSH host key of all devices (`shared`, the default) or its `own`. */
  readonly hostKey?: 'shared' | 'own' | undefined;
  /** The kinds of host key that it has; default ed25519 alone. */
  readonly hostKeyTypes?: readonly HostKeyType[] | undefined;
  /** The algorithms that its SSH server offers; default ssh2's own. */
  readonly algorithms?: SshAlgorithms | undefined;
  /** Printed before login, and after it. */
  readonly banner?: string | undefined;
  readonly motd?: string | undefined;
}

/** What a lab is made of: every setting of a device, for all that do not set it themselves, and the lab's own. */
export interface LabOptions extends Omit<DeviceSettings, 'name'> {
  /** How many devices, or the settings of each. */
  readonly devices: number | readonly DeviceSettings[];
  /**
   * Locks a user's account, which all devices share, after so many refused logins in a row: then the right password is
   * refused too. Default: never.
   */
  readonly lockAfter?: number | undefined;
  /** The first port, the next devices have the next ones; 0 (default) gives each any free one. */
  readonly port?: number | undefined;
  /** The address to listen on; default 127.0.0.1. */
  readonly host?: string | undefined;
  /** Where host keys are kept; default `$XDG_STATE_HOME/rollcall/lab` (on Windows under `%LOCALAPPDATA%`). */
  readonly stateDirectory?: string | undefined;
  /** Closes the lab when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/** The settings of one device with nothing left open. */
export interface DeviceSetup {
  readonly number: number;
  readonly name: string;
  readonly platform: SimulatedPlatform;
  readonly transport: LabTransport;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly secret: string;
  readonly privilege: 1 | 15;
  readonly latencyMs: number;
  readonly commandMs: number;
  readonly faults: readonly FaultName[];
  readonly faultAt: number;
  readonly slowMs: number;
  readonly hostKey: 'shared' | 'own';
  readonly hostKeyTypes: readonly HostKeyType[];
  readonly algorithms: SshAlgorithms | undefined;
  readonly banner: string | undefined;
  readonly motd: string | undefined;
  readonly variant: string | undefined;
  readonly clock: (() => number) | undefined;
}
