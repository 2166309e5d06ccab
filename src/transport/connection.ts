import type { Duplex } from 'node:stream';
import type { Deadline, Phase } from '../base/index.js';
import type { RemoteFiles, SftpOptions } from './files/remote-files.js';
import type { TransportName } from './target.js';

/** What happens with a host key: learn it at first sight, accept only known ones, or do not look. */
export type HostKeyPolicy = 'accept-new' | 'strict' | 'off';

/** How host keys are judged, and where they are known from. */
export interface HostKeyOptions {
  /** Default `accept-new`. A changed or revoked key is refused under `accept-new` and `strict`. */
  readonly policy?: HostKeyPolicy | undefined;
  /** The file that new keys are learned into; default `known_hosts` in the state directory. */
  readonly knownHostsFile?: string | undefined;
  /** The user's files, which are read beside it and never written; default `~/.ssh/known_hosts`. */
  readonly userKnownHostsFiles?: readonly string[] | undefined;
  /** The machine's files, read in the same way; default `/etc/ssh/ssh_known_hosts`. */
  readonly globalKnownHostsFiles?: readonly string[] | undefined;
}

/** A question that only a person can answer, such as for a one-time code. */
export interface Question {
  readonly host: string;
  readonly prompt: string;
  /** Whether what is typed may be shown. */
  readonly echo: boolean;
  /** What the answer is for where that is no device, such as a key file: it holds for every other question about it. */
  readonly about?: string | undefined;
}

export interface ConnectionOptions {
  /** The moment by which the way to the device must be open. */
  readonly deadline: Deadline;
  readonly signal?: AbortSignal | undefined;
  readonly hostKeys?: HostKeyOptions | undefined;
  /** Answers what the server asks beyond the password; without it such a login fails. */
  readonly ask?: ((question: Question) => Promise<string>) | undefined;
  /** What the platform wants behind the user name, wherever that comes from. */
  readonly usernameSuffix?: string | undefined;
  /** Told when a phase begins. */
  readonly onPhase?: ((phase: Phase) => void) | undefined;
  /** Takes secrets out of what a server says, before it becomes part of an error. */
  readonly redact?: Redact | undefined;
}

export type Redact = (text: string) => string;

export interface ShellOptions extends ChannelTimes {
  readonly columns: number;
  readonly rows: number;
  /** The terminal type (RFC 1091; terminfo name), such as `vt100`. */
  readonly terminal: string;
}

/** What is known of the open way before the device's command line has said a word. */
export interface ConnectionFacts {
  readonly transport: TransportName;
  /** The name that was logged in with, where the way has a login of its own. */
  readonly username?: string | undefined;
  /** The software part of the SSH server's ident line. */
  readonly serverSoftware?: string | undefined;
  /** The SSH banner sent before authentication. */
  readonly banner?: string | undefined;
  readonly hostKeyFingerprint?: string | undefined;
  /** The legacy algorithms that SSH really uses here, by OpenSSH's names; absent where there are none. */
  readonly legacyAlgorithms?: readonly string[] | undefined;
  /** Set where an SSH server lets everybody in: the device asks on its command line, if it does. */
  readonly unasked?: boolean | undefined;
}

/** An open way to a device. What a way cannot do it refuses with RollcallError (`not_supported`). */
export interface Connection {
  readonly facts: ConnectionFacts;
  /** Opens the device's interactive command line. */
  openShell(options: ShellOptions): Promise<Transport>;
  /** Runs one command in a channel of its own, without a terminal (RFC 4254, section 6.5). */
  exec(command: string, options: ChannelTimes): Promise<ExecChannel>;
  /** Opens a byte stream from the far end to another host (RFC 4254, section 7.2). */
  forward(host: string, port: number, options: ChannelTimes): Promise<Duplex>;
  /** Opens the device's files (SFTP, in a channel of its own). */
  openSftp(options: SftpOptions): Promise<RemoteFiles>;
  /** Ends it in an orderly way after what was written has gone out; resolves when it is closed, never rejects. */
  close(): Promise<void>;
  /** Drops it at once. */
  destroy(): void;
}

/** By when a channel must be open, and what calls that off. */
export interface ChannelTimes {
  readonly deadline: Deadline;
  readonly signal?: AbortSignal | undefined;
}

/** A command that runs at the far end. */
export interface ExecChannel {
  /** Its standard input and output. */
  readonly stream: Duplex;
  readonly stderr: NodeJS.ReadableStream;
  /** Resolves when it has ended and all that it wrote was read; rejects when the connection broke before. */
  readonly exit: Promise<ExecExit>;
}

/** How a command ended; neither where the server does not say. */
export interface ExecExit {
  readonly code?: number;
  /** The signal's name without SIG, such as `TERM`. */
  readonly signal?: string;
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
  /** Tells the device the terminal's new size, where the way can carry that. */
  resize?(columns: number, rows: number): void;
}
