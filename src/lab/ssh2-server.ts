import { createRequire } from 'node:module';
import type { Duplex } from 'node:stream';

/**
 * The small part of ssh2's server that the lab uses. ssh2 carries no types, and the way the transport room uses its
 * client is that room's business: the untyped module is cast here, and nowhere else in the lab.
 */
export interface ParsedKey {
  readonly type: string;
  sign(data: Buffer): Buffer | Error;
  verify(data: Buffer, signature: Buffer): boolean | Error;
}

export interface AuthContext {
  readonly method: 'none' | 'password' | 'keyboard-interactive' | 'publickey' | 'hostbased';
  readonly username: string;
  readonly password?: string;
  accept(): void;
  reject(methodsLeft?: readonly string[]): void;
  prompt(prompts: { prompt: string; echo: boolean }[], onAnswers: (answers: readonly string[] | Error) => void): void;
}

export interface ServerChannel extends Duplex {
  exit(status: number): void;
  close(): void;
}

interface WindowSize {
  readonly cols: number;
  readonly rows: number;
}

type Accept<T> = (() => T) | undefined;
type Refuse = (() => void) | undefined;

interface ServerSession {
  on(event: 'pty', listener: (accept: Accept<void>, reject: Refuse, size: WindowSize) => void): this;
  on(event: 'window-change', listener: (accept: Accept<void>, reject: Refuse, size: WindowSize) => void): this;
  on(event: 'env', listener: (accept: Accept<void>) => void): this;
  on(event: 'shell', listener: (accept: () => ServerChannel) => void): this;
  on(event: 'exec', listener: (accept: () => ServerChannel, reject: Refuse, info: { command: string }) => void): this;
}

interface ServerConnection {
  on(event: 'authentication', listener: (context: AuthContext) => void): this;
  on(event: 'session', listener: (accept: () => ServerSession) => void): this;
  on(event: 'ready' | 'close', listener: () => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  end(): void;
}

export interface SshAlgorithms {
  readonly kex?: readonly string[];
  readonly cipher?: readonly string[];
  readonly hmac?: readonly string[];
  readonly serverHostKey?: readonly string[];
}

interface ServerConfig {
  readonly hostKeys: readonly { readonly key: ParsedKey }[];
  readonly algorithms?: SshAlgorithms;
  readonly ident?: string;
  readonly banner?: string;
  readonly keepaliveInterval?: number;
}

export interface Server {
  injectSocket(socket: Duplex): void;
  on(event: 'connection', listener: (connection: ServerConnection) => void): this;
}

interface Ssh2 {
  readonly Server: new (config: ServerConfig) => Server;
  readonly utils: {
    parseKey(text: string | Buffer): ParsedKey | Error;
    generateKeyPairSync(type: string, options?: { bits?: number; comment?: string }): { private: string };
  };
}

export const { Server, utils } = createRequire(import.meta.url)('ssh2') as Ssh2;
