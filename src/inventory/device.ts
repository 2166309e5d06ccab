import type { SecretValue } from '../base/index.js';

/** How a device is reached; `process` is a program of this machine that is its command line. */
export type TransportName = 'ssh' | 'telnet' | 'serial' | 'process';

/** What SSH alone needs to know of a device, or of a host on the way to it. */
export interface SshSettings {
  /** Absolute paths of private keys. */
  readonly keyFile?: readonly string[];
  readonly passphrase?: SecretValue;
  /** Absolute path of a certificate for one of the keys. */
  readonly certificateFile?: string;
  /** Whether the keys of the user are offered; the key files are offered in any case. */
  readonly useKeys?: boolean;
  /** Whether of the agent's keys only those are offered that are named here, or are the user's own. */
  readonly identitiesOnly?: boolean;
  /** Whether the agent is asked for keys. */
  readonly allowAgent?: boolean;
  /** Where the agent listens, in place of `$SSH_AUTH_SOCK`. */
  readonly agentSocket?: string;
  /** The name that the host's key is known under. */
  readonly hostKeyAlias?: string;
  /** Old algorithms that are offered to it beside the safe ones, by OpenSSH's names. */
  readonly legacyAlgorithms?: readonly string[];
  /** How long it may be silent before it is asked for a sign of life, in milliseconds. */
  readonly keepaliveMs?: number;
  /** Absolute path of the ssh_config file that fills in what is open here, or `none`. */
  readonly configFile?: string;
}

/** What a connection goes through on its way to a device. */
export interface RouteSettings {
  /** SSH hosts, the one nearest to us first; empty: none, whatever ssh_config says. */
  readonly jump?: readonly JumpSettings[];
  /** A command whose standard input and output are the way, with `%h`, `%p` and `%r`. */
  readonly proxyCommand?: string;
  readonly socks?: SocksSettings;
  /** The address of this machine that connections come from. */
  readonly sourceAddress?: string;
  /** The VRF or network device that connections leave by (Linux). */
  readonly networkDevice?: string;
  readonly addressFamily?: 4 | 6;
}

/** An SSH server on the way, with credentials of its own. */
export interface JumpSettings {
  readonly host: string;
  readonly port?: number;
  readonly username?: string;
  readonly password?: SecretValue;
  readonly ssh?: SshSettings;
}

/** A SOCKS 5 proxy. */
export interface SocksSettings {
  readonly host: string;
  readonly port?: number;
  readonly username?: string;
  readonly password?: SecretValue;
}

/** What a device is logged in to with when it refused what came before. */
export interface Credential {
  readonly username?: string;
  readonly password?: SecretValue;
  /** The enable secret that goes with it. */
  readonly secret?: SecretValue;
  readonly ssh?: Pick<SshSettings, 'keyFile' | 'passphrase' | 'certificateFile'>;
}

/** The login that stands in front of a device's own. */
export interface TerminalServerSettings {
  readonly username?: string;
  readonly password?: SecretValue;
  readonly secret?: SecretValue;
  /** The platform of the server, where a command has to be typed on it. */
  readonly platform?: string;
  /** What is typed on it to reach the device. */
  readonly command?: string;
}

/** The parity of a serial line. */
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
  /** A host name, an IPv4 address or an IPv6 address without brackets; for a serial line its path; for a program its name. */
  readonly host: string;
  /** Where there is none the transport's own applies: 22 for SSH, 23 for telnet. */
  readonly port?: number;
  /** What its files call `device_type`, without a suffix for the transport: `cisco_ios`. */
  readonly platform: string;
  readonly transport: TransportName;
  readonly username?: string;
  /** An empty one is one: it is sent, and nobody is asked for another. */
  readonly password?: SecretValue;
  /** The enable secret. */
  readonly secret?: SecretValue;
  /** Further credentials, tried in order when the device refused those before. */
  readonly credentials?: readonly Credential[];
  readonly ssh?: SshSettings;
  readonly route?: RouteSettings;
  readonly terminalServer?: TerminalServerSettings;
  /** The program and its arguments, for the transport `process`. */
  readonly command?: readonly string[];
  /** What `rollcall run` sends it where it is given no commands. */
  readonly commands?: readonly string[];
  readonly serial?: SerialSettings;
  readonly timeouts?: DeviceTimeouts;
  /** The character encoding of what the device says, as WHATWG names it; UTF-8 where there is none. */
  readonly encoding?: string;
  /** The virtual device inside it that commands are typed in: VDOM, context, vsys, logical system. */
  readonly context?: string;
  /** Whether the line is its console, as behind a terminal server; absent: only a serial line is. */
  readonly console?: boolean;
  /** The names of all groups that it is in, also through other groups, the strongest first. */
  readonly groups?: readonly string[];
  /** Whatever a program wants to know of it, with what its groups and the defaults say of that. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** Where it was read from; lines count from 1. */
  readonly source?: { readonly file: string; readonly line: number };
}

/** Devices that have something in common; what it said of them is in the devices. */
export interface Group {
  /** Unique in its inventory. */
  readonly name: string;
  /** The names of the groups that it stands in itself, the strongest first. */
  readonly parents: readonly string[];
  /** What it says itself in its `data`. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** How many of its devices may have a session at once. */
  readonly maxSessions?: number;
  /** Where it was read from; lines count from 1. */
  readonly source?: { readonly file: string; readonly line: number };
}

/** The devices of one file, in its order. */
export interface Inventory {
  readonly devices: readonly Device[];
  /** The groups, in the order of the file. */
  readonly groups: readonly Group[];
  /** Things that are not wrong but that somebody should know; without secrets, ready to print. */
  readonly warnings: readonly string[];
  /** The name that was given for the file. */
  readonly file: string;
}
