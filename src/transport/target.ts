import type { Secret, SecretValue } from '../base/index.js';

/**
 * Where and how to reach a device; plain data, and a `Device` of an inventory has this shape. `S` is what stands where a
 * secret does: what goes to a device is a Secret by then.
 */
export interface ConnectionTarget<S extends SecretValue = Secret> {
  /** A name or an address; the path of a serial line (`/dev/ttyUSB0`, `COM3`). */
  readonly host: string;
  /** 22 for SSH and 23 for telnet when absent. */
  readonly port?: number | undefined;
  /** `ssh` when absent. */
  readonly transport?: TransportName | undefined;
  readonly username?: string | undefined;
  readonly password?: S | undefined;
  readonly ssh?: SshOptions<S> | undefined;
  /** What the connection goes through on its way; absent: straight to the host. */
  readonly route?: RouteOptions<S> | undefined;
  /** The line's settings, for the transport `serial`. */
  readonly serial?: SerialOptions | undefined;
  /** The program and its arguments, for the transport `process`; nothing of it goes through a shell. */
  readonly command?: readonly string[] | undefined;
}

/** `process` is a program of this machine that is the command line itself (`vtysh`, `docker exec …`). */
export type TransportName = 'ssh' | 'telnet' | 'serial' | 'process';

/** What SSH alone needs to know of a device, or of a host on the way to it. */
export interface SshOptions<S extends SecretValue = Secret> {
  /** Private keys in OpenSSH's, PEM's or PuTTY's format, tried in order. */
  readonly keyFile?: string | readonly string[] | undefined;
  /** Of the key files that are encrypted; default: `ask` is asked. */
  readonly passphrase?: S | undefined;
  /** A certificate for one of the keys; default: the file beside each that ends in `-cert.pub`, where there is one. */
  readonly certificateFile?: string | undefined;
  /** Try the user's own keys (`~/.ssh/id_ed25519`, `id_ecdsa`, `id_rsa`); default: only when there is no password. */
  readonly useKeys?: boolean | undefined;
  /** What these keys are, in place of those in `~/.ssh`; one that cannot be used is passed over, as ssh does. */
  readonly identityFiles?: readonly string[] | undefined;
  /** Of the agent's keys only those of the key files and of `identityFiles` (or of those in `~/.ssh`); default: all. */
  readonly identitiesOnly?: boolean | undefined;
  /** Ask the agent for keys; default: only when there is no password. */
  readonly allowAgent?: boolean | undefined;
  /** Where the agent listens; default: as `$SSH_AUTH_SOCK` says. */
  readonly agentSocket?: string | undefined;
  /** The name that the host's key is known under, where two hosts have one address or one has many. */
  readonly hostKeyAlias?: string | undefined;
  /**
   * Old algorithms, by OpenSSH's names, that are offered to this device beside the safe ones
   * (`diffie-hellman-group1-sha1`, `ssh-rsa`, `aes128-cbc`).
   */
  readonly legacyAlgorithms?: readonly string[] | undefined;
  /** How long the server may be silent before it is asked for a sign of life, in milliseconds; default: never. */
  readonly keepaliveMs?: number | undefined;
  /** The ssh_config(5) file that fills in what the target leaves open, or `none`; default `~/.ssh/config`. */
  readonly configFile?: string | undefined;
}

/** The way to the host; of `jump`, `proxyCommand` and `socks` at most one. */
export interface RouteOptions<S extends SecretValue = Secret> {
  /** SSH hosts to go through, the one nearest to us first; empty: none, whatever ssh_config says. */
  readonly jump?: readonly JumpHost<S>[] | undefined;
  /** A command whose standard input and output are the way, as ssh_config(5) has it: `%h`, `%p` and `%r` are filled in. */
  readonly proxyCommand?: string | undefined;
  readonly socks?: SocksProxy<S> | undefined;
  /** The address of this machine that connections come from. */
  readonly sourceAddress?: string | undefined;
  /** The VRF or network device that connections leave by (Linux). */
  readonly networkDevice?: string | undefined;
  /** 4 or 6 where only one family of addresses will do; default: both, fairly. */
  readonly addressFamily?: 4 | 6 | undefined;
}

/** An SSH server on the way. It never gets the device's own credentials: it has its own, or keys. */
export interface JumpHost<S extends SecretValue = Secret> {
  readonly host: string;
  /** 22 when absent. */
  readonly port?: number | undefined;
  /** The name of the user who runs the program when absent, as with ssh. */
  readonly username?: string | undefined;
  readonly password?: S | undefined;
  readonly ssh?: SshOptions<S> | undefined;
}

/** A SOCKS 5 proxy (RFC 1928, RFC 1929). */
export interface SocksProxy<S extends SecretValue = Secret> {
  readonly host: string;
  /** 1080 when absent. */
  readonly port?: number | undefined;
  readonly username?: string | undefined;
  readonly password?: S | undefined;
}

/** A serial line's settings; 9600 8N1 when absent. */
export interface SerialOptions {
  readonly baudRate?: number | undefined;
  readonly dataBits?: number | undefined;
  readonly parity?: 'none' | 'even' | 'odd' | 'mark' | 'space' | undefined;
  readonly stopBits?: number | undefined;
}
