import type { DeviceCounters } from './counters.js';
import type { FaultPlan } from './faults.js';

/** The line that a shell talks on: what it writes goes to the client, whichever server carries it. */
export interface DeviceLine {
  write(text: string): void;
  /** Says good-bye and closes the connection. */
  end(): void;
}

/** How a client comes to a shell. */
export interface ShellOptions {
  readonly line: DeviceLine;
  readonly counters: DeviceCounters;
  readonly faults: FaultPlan;
  readonly commandMs: number;
  /** Already known over SSH; undefined where the device itself must ask, as over telnet. */
  readonly username: string | undefined;
}

/** A conversation on the device's side: bytes in, bytes out; it knows nothing of SSH or telnet. */
export interface DeviceShell {
  /** Bytes from the client, one character each (ISO 8859-1). */
  input(text: string): void;
  resize(size: { columns: number; rows: number }): void;
  /** The line is gone: nothing more is written and no timer is left. */
  closed(): void;
}

/** What a simulated device knows and remembers; made when somebody first connects. */
export interface DeviceModel {
  openShell(options: ShellOptions): DeviceShell;
  /** Runs one command without a terminal, as SSH's `exec` does. */
  exec(command: string, options: ShellOptions): DeviceShell;
}

/** Facts about one device that its model is made from. */
export interface DeviceProfile {
  readonly number: number;
  readonly name: string;
  readonly username: string;
  readonly password: string;
  readonly secret: string;
  readonly privilege: 1 | 15;
  /** Printed before login, where the device itself asks for name and password. */
  readonly banner: string | undefined;
  /** Printed after login. */
  readonly motd: string | undefined;
  /** The manner of its platform that it has, where there are several. */
  readonly variant?: string | undefined;
  /** The time in ms; absent: the system's. */
  readonly clock?: (() => number) | undefined;
}

/** What the SSH server of a platform does that others do not; see `SshData` of the dialects for each. */
export interface SshManner {
  readonly ident?: string;
  readonly asksInShell?: true;
  readonly acknowledge?: readonly { readonly prompt: string; readonly answer: string }[];
  readonly usernameSuffix?: string;
}

/** One simulated network OS. */
export interface SimulatedPlatform {
  readonly name: string;
  /** A command that shows something short. */
  readonly example: string;
  /** The names of its manners; a device has one of them, or none. */
  readonly variants: readonly string[];
  ssh(variant: string | undefined): SshManner;
  createModel(profile: DeviceProfile): DeviceModel;
}
