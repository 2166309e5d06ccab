import { createRequire } from 'node:module';
import type { Duplex } from 'node:stream';
import { NegotiationError } from '../../base/index.js';

/** The part of ssh2 1.17's client that is used here: it ships no types, and a narrow declaration keeps the engine replaceable. */
export interface Ssh2Client {
  connect(config: Ssh2Config): void;
  shell(window: Ssh2Window, onOpen: (error: Error | undefined, stream: Ssh2Stream) => void): void;
  exec(command: string, onOpen: (error: Error | undefined, stream: Ssh2Stream) => void): void;
  forwardOut(
    fromHost: string,
    fromPort: number,
    host: string,
    port: number,
    onOpen: (error: Error | undefined, stream: Ssh2Stream) => void,
  ): void;
  sftp(onOpen: (error: Error | undefined, sftp: Ssh2Sftp) => void): void;
  end(): void;
  destroy(): void;
  on(event: 'ready' | 'close' | 'end', listener: () => void): this;
  on(event: 'error', listener: (error: Ssh2Error) => void): this;
  on(event: 'banner', listener: (message: string) => void): this;
  on(event: 'handshake', listener: (negotiated: Ssh2Negotiated) => void): this;
  on(event: 'change password', listener: (prompt: string) => void): this;
}

/** By ssh2's names. */
export type Ssh2AlgorithmKind = 'kex' | 'serverHostKey' | 'cipher' | 'hmac' | 'compress';

/** What was agreed on; `mac` is empty where the cipher needs none. */
export interface Ssh2Negotiated {
  readonly kex: string;
  readonly serverHostKey: string;
  readonly cs: { readonly cipher: string; readonly mac: string };
  readonly sc: { readonly cipher: string; readonly mac: string };
}

/** Tells its end of a command by the event `exit`, with its code or null and the name of a signal. */
export interface Ssh2Stream extends Duplex {
  readonly stderr: NodeJS.ReadableStream;
  /** Tells the server the size of the terminal (RFC 4254, section 6.7). */
  setWindow(rows: number, columns: number, height: number, width: number): void;
  /** Our half of the channel: `closed` once the server's end was answered. */
  readonly outgoing?: { readonly state: string };
}

type Ssh2Done<T> = (error: Error | null | undefined, value: T) => void;

/** An error of a request holds the server's status code as `code`; one without it means that the channel ended. */
export interface Ssh2Sftp {
  stat(path: string, done: Ssh2Done<Ssh2Stats>): void;
  open(path: string, flags: string, attributes: { readonly mode: number }, done: Ssh2Done<Buffer>): void;
  read(handle: Buffer, into: Buffer, at: number, length: number, position: number, done: Ssh2Done<number>): void;
  write(handle: Buffer, from: Buffer, at: number, length: number, position: number, done: Ssh2Done<unknown>): void;
  close(handle: Buffer, done: Ssh2Done<void>): void;
  rename(from: string, to: string, done: Ssh2Done<void>): void;
  unlink(path: string, done: Ssh2Done<void>): void;
  /** Throws where the server has not named the extension. */
  ext_openssh_rename(from: string, to: string, done: Ssh2Done<void>): void;
  /** Throws where the server has not named the extension. */
  ext_openssh_statvfs(path: string, done: Ssh2Done<Ssh2Space>): void;
  /** Closes the channel at once. */
  destroy(): void;
  /** Not of its documented interface: what its other channels end their writing side with. */
  readonly outgoing: { readonly id: number; state: string };
  readonly _protocol: { channelEOF(id: number): void };
  on(event: 'close' | 'end', listener: () => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
}

export interface Ssh2Stats {
  /** What the server leaves out is undefined. */
  readonly size: number | undefined;
  readonly mode: number | undefined;
  isFile(): boolean;
  isDirectory(): boolean;
}

export interface Ssh2Space {
  readonly f_frsize: number;
  readonly f_bavail: number;
}

export interface Ssh2Error extends Error {
  /** `client-socket`, `client-authentication`, `client-timeout`, `handshake`, `protocol`, `agent` … */
  readonly level?: string;
  /** The server's reason where it disconnected (RFC 4253, section 11.1). */
  readonly code?: number | string;
}

export interface Ssh2Window {
  readonly term: string;
  readonly cols: number;
  readonly rows: number;
}

export interface Ssh2Prompt {
  readonly prompt: string;
  readonly echo: boolean;
}

export type Ssh2AuthMethod =
  | { readonly type: 'none'; readonly username: string }
  | { readonly type: 'password'; readonly username: string; readonly password: string }
  | { readonly type: 'publickey'; readonly username: string; readonly key: Ssh2Key }
  | { readonly type: 'agent'; readonly username: string; readonly agent: string | Ssh2Agent }
  | {
      readonly type: 'keyboard-interactive';
      readonly username: string;
      readonly prompt: (
        name: string,
        instructions: string,
        language: string,
        prompts: readonly Ssh2Prompt[],
        finish: (answers: readonly string[]) => void,
      ) => void;
    };

export interface Ssh2Config {
  readonly sock: Duplex;
  readonly username: string;
  readonly readyTimeout: number;
  readonly algorithms: Readonly<Record<Ssh2AlgorithmKind, readonly string[]>>;
  /** 0: never. */
  readonly keepaliveInterval: number;
  /** How many questions for a sign of life may stay without an answer. */
  readonly keepaliveCountMax: number;
  readonly hostVerifier: (key: Buffer, verify: (trusted: boolean) => void) => void;
  readonly authHandler: (
    methodsLeft: readonly string[] | null,
    partialSuccess: boolean | null,
    next: (method: Ssh2AuthMethod | false) => void,
  ) => void;
}

/** A parsed key. */
export interface Ssh2Key {
  /** The type of the key itself (`ssh-rsa`), also where it goes with a certificate. */
  readonly type: string;
  readonly comment: string;
  isPrivateKey(): boolean;
  /** What the server gets to see: the public key, or its certificate. */
  getPublicSSH(): Buffer;
  getPublicPEM(): string;
  sign(data: Buffer, hash?: string): Buffer | Error;
}

/** What signs for keys that it never gives away; one with this prototype is taken by ssh2. */
export interface Ssh2Agent {
  getIdentities(done: (error: Error | null, keys?: readonly Ssh2Key[]) => void): void;
  sign(
    key: Ssh2Key,
    data: Buffer,
    options: { readonly hash?: string },
    done: (error: Error | null, signature?: Buffer) => void,
  ): void;
}

interface Ssh2 {
  readonly Client: new () => Ssh2Client;
  readonly BaseAgent: { readonly prototype: object };
  readonly utils: { parseKey(data: Buffer | string, passphrase?: string): Ssh2Key | Ssh2Key[] | Error };
}

const require = createRequire(import.meta.url);

/** Where ssh2 lies, for a worker that loads it by itself. */
export const ssh2Path = (): string => require.resolve('ssh2');

/**
 * Returns ssh2, loaded at the first call: that takes some 60 ms, and telnet, the parent of a worker pool and `--help`
 * do without it.
 */
export function ssh2(): Ssh2 {
  return require('ssh2') as Ssh2;
}

/** What ssh2's own constants say, which it gives to nobody. */
interface Ssh2Constants {
  readonly SUPPORTED_KEX: readonly string[];
  readonly SUPPORTED_SERVER_HOST_KEY: readonly string[];
  readonly SUPPORTED_CIPHER: readonly string[];
  readonly SUPPORTED_MAC: readonly string[];
  readonly SUPPORTED_COMPRESSION: readonly string[];
  readonly COMPAT: { readonly IMPLY_RSA_SHA2_SIGALGS: number };
}

/** Returns the constants of ssh2's protocol. */
export const ssh2Constants = (): Ssh2Constants => require('ssh2/lib/protocol/constants.js') as Ssh2Constants;

/** Returns what ssh2 speaks with this Node: OpenSSL may be built without some old ciphers. */
export function supportedAlgorithms(): Readonly<Record<Ssh2AlgorithmKind, readonly string[]>> {
  const known = ssh2Constants();
  return {
    kex: known.SUPPORTED_KEX,
    serverHostKey: known.SUPPORTED_SERVER_HOST_KEY,
    cipher: known.SUPPORTED_CIPHER,
    hmac: known.SUPPORTED_MAC,
    compress: known.SUPPORTED_COMPRESSION,
  };
}

/** What is wrong when a part of ssh2 that it does not declare is not there any more. */
export function ssh2Changed(lacks: string): NegotiationError {
  const says = `ssh2 is not the 1.17 that rollcall was made for (it lacks ${lacks}): install the version that rollcall names`;
  return new NegotiationError('negotiation', says, { phase: 'negotiate' });
}
