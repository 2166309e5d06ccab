import type { Deadline, Phase, Secret } from '../base/index.js';

/** Where and how to reach a device; plain data, and a `Device` of an inventory has this shape. */
export interface ConnectionTarget {
  /** A name or an address. */
  readonly host: string;
  /** 22 for SSH and 23 for telnet when absent. */
  readonly port?: number | undefined;
  /** `ssh` when absent. */
  readonly transport?: TransportName | undefined;
  readonly username?: string | undefined;
  readonly password?: Secret | undefined;
  readonly ssh?: SshOptions | undefined;
}

export type TransportName = 'ssh' | 'telnet' | 'serial';

export interface SshOptions {
  /** A private key in OpenSSH's, PEM's or PuTTY's format. */
  readonly keyFile?: string | undefined;
  readonly passphrase?: Secret | undefined;
  /** Try the user's own keys (`~/.ssh/id_ed25519`, `id_ecdsa`, `id_rsa`); default: only when there is no password. */
  readonly useKeys?: boolean | undefined;
  /** Ask the agent for keys; default: only when there is no password. */
  readonly allowAgent?: boolean | undefined;
}

/** What happens with a host key: learn it at first sight, accept only known ones, or do not look. */
export type HostKeyPolicy = 'accept-new' | 'strict' | 'off';

export interface HostKeyOptions {
  /** Default `accept-new`. A changed or revoked key is refused under `accept-new` and `strict`. */
  readonly policy?: HostKeyPolicy | undefined;
  /** The file that new keys are learned into; default `known_hosts` in the state directory. */
  readonly knownHostsFile?: string | undefined;
}

/** A question that only a person can answer, such as for a one-time code. */
export interface Question {
  readonly host: string;
  readonly prompt: string;
  /** Whether what is typed may be shown. */
  readonly echo: boolean;
}

export interface ConnectionOptions {
  /** The moment by which the way to the device must be open. */
  readonly deadline: Deadline;
  readonly signal?: AbortSignal | undefined;
  readonly hostKeys?: HostKeyOptions | undefined;
  /** Answers what the server asks beyond the password; without it such a login fails. */
  readonly ask?: ((question: Question) => Promise<string>) | undefined;
  /** Told when a phase begins. */
  readonly onPhase?: ((phase: Phase) => void) | undefined;
}

export interface ShellOptions {
  readonly columns: number;
  readonly rows: number;
  /** The terminal type (RFC 1091; terminfo name), such as `vt100`. */
  readonly terminal: string;
  /** The moment by which the shell must be open. */
  readonly deadline: Deadline;
  readonly signal?: AbortSignal | undefined;
}

/** What is known of the open way before the device's command line has said a word. */
export interface ConnectionFacts {
  readonly transport: TransportName;
  /** The software part of the SSH server's ident line. */
  readonly serverSoftware?: string | undefined;
  /** The SSH banner sent before authentication. */
  readonly banner?: string | undefined;
  readonly hostKeyFingerprint?: string | undefined;
}

/** An open way to a device. */
export interface Connection {
  readonly facts: ConnectionFacts;
  /** Opens the device's interactive command line. */
  openShell(options: ShellOptions): Promise<Transport>;
  /** Ends it in an orderly way after what was written has gone out; resolves when it is closed, never rejects. */
  close(): Promise<void>;
  /** Drops it at once. */
  destroy(): void;
}

/** One shell's bytes. */
export interface Transport {
  /** Sends bytes; after the end they go nowhere, and `onClose` has told why. */
  write(bytes: Uint8Array): void;
  /** Sets who hears the bytes that arrive; bytes that came before wait for the listener. */
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Sets who hears of the end, with the error where it was not an orderly one; told at once when it is over already. */
  onClose(listener: (error?: Error) => void): void;
  /** Stops reading, so that the device has to wait. */
  pause(): void;
  resume(): void;
}
