import type { Secret } from '../base/index.js';

/** How a device is reached. */
export type TransportName = 'ssh' | 'telnet' | 'serial';

/** What SSH alone needs to know of a device. */
export interface SshSettings {
  /** Absolute path of the private key. */
  readonly keyFile?: string;
  readonly passphrase?: Secret;
  /** Whether the keys of the user are offered; the key file is offered in any case. */
  readonly useKeys?: boolean;
  readonly allowAgent?: boolean;
}

export type Parity = 'none' | 'even' | 'odd' | 'mark' | 'space';

/** The serial line of a device; its path (`/dev/ttyUSB0`, `COM3`) is the device's `host`. */
export interface SerialSettings {
  readonly baudRate?: number;
  readonly dataBits?: number;
  readonly parity?: Parity;
  readonly stopBits?: number;
}

/** Times that a device has for itself; where one is missing the run's applies. */
export interface DeviceTimeouts {
  /** Until logged in, in milliseconds. */
  readonly connectMs?: number;
  /** Without a byte while an answer is due, in milliseconds. */
  readonly idleMs?: number;
}

/** One network device as plain data: it holds no socket and crosses to any worker. */
export interface Device {
  /** Unique in its inventory. */
  readonly name: string;
  /** A host name, an IPv4 address or an IPv6 address without brackets; for a serial line its path. */
  readonly host: string;
  /** Where there is none the transport's own applies: 22 for SSH, 23 for telnet. */
  readonly port?: number;
  /** What its files call `device_type`, without a suffix for the transport: `cisco_ios`. */
  readonly platform: string;
  readonly transport: TransportName;
  readonly username?: string;
  /** An empty one is one: it is sent, and nobody is asked for another. */
  readonly password?: Secret;
  /** The enable secret. */
  readonly secret?: Secret;
  readonly ssh?: SshSettings;
  readonly serial?: SerialSettings;
  readonly timeouts?: DeviceTimeouts;
  /** The character encoding of what the device says, as WHATWG names it; UTF-8 where there is none. */
  readonly encoding?: string;
  /** The virtual device inside it that commands are typed in: VDOM, context, vsys, logical system. */
  readonly context?: string;
  /** Whether the line is its console, as behind a terminal server; absent: only a serial line is. */
  readonly console?: boolean;
  /** Names of groups that a program puts it in. */
  readonly groups?: readonly string[];
  /** Whatever a program wants to know of it. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** Where it was read from; lines count from 1. */
  readonly source?: { readonly file: string; readonly line: number };
}

/** The devices of one file, in its order. */
export interface Inventory {
  readonly devices: readonly Device[];
  /** Things that are not wrong but that somebody should know; without secrets, ready to print. */
  readonly warnings: readonly string[];
  /** The name that was given for the file. */
  readonly file: string;
}
