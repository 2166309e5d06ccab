import { createRequire } from 'node:module';
import type { Duplex } from 'node:stream';

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
  end(): void;
  destroy(): void;
  on(event: 'ready' | 'close' | 'end', listener: () => void): this;
  on(event: 'error', listener: (error: Ssh2Error) => void): this;
  on(event: 'banner', listener: (message: string) => void): this;
  on(event: 'handshake', listener: (negotiated: object) => void): this;
  on(event: 'change password', listener: (prompt: string) => void): this;
}

/** Tells its end of a command by the event `exit`, with its code or null and the name of a signal. */
export interface Ssh2Stream extends Duplex {
  readonly stderr: NodeJS.ReadableStream;
  /** Tells the server the size of the terminal (RFC 4254, section 6.7). */
  setWindow(rows: number, columns: number, height: number, width: number): void;
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
  | { readonly type: 'agent'; readonly username: string; readonly agent: string }
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
  readonly algorithms: { readonly kex: readonly string[]; readonly serverHostKey: readonly string[] };
  readonly hostVerifier: (key: Buffer, verify: (trusted: boolean) => void) => void;
  readonly authHandler: (
    methodsLeft: readonly string[] | null,
    partialSuccess: boolean | null,
    next: (method: Ssh2AuthMethod | false) => void,
  ) => void;
}

/** A parsed private key; opaque here. */
export interface Ssh2Key {
  readonly type: string;
  readonly comment: string;
  isPrivateKey(): boolean;
}

interface Ssh2 {
  readonly Client: new () => Ssh2Client;
  readonly utils: { parseKey(data: Buffer | string, passphrase?: string): Ssh2Key | Ssh2Key[] | Error };
}

const require = createRequire(import.meta.url);

/**
 * Returns ssh2, loaded at the first call: that takes some 60 ms, and telnet, the parent of a worker pool and `--help`
 * do without it.
 */
export function ssh2(): Ssh2 {
  return require('ssh2') as Ssh2;
}
