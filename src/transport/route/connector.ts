import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import {
  AbortedError,
  errorClassNamed,
  OptionError,
  processWide,
  quote,
  RollcallError,
  UnreachableError,
} from '../../base/index.js';
import { within } from '../within.js';
import type { ConnectCalledOff, ConnectReply, ConnectRequest } from './connector-messages.js';
import type { Target } from './target.js';
import type { TcpOptions } from './tcp.js';

/** The room is one bundle, in the folder above this one. */
const MAIN = fileURLToPath(new URL('./route/connector-main.js', import.meta.url));

/** How long the process is kept for the next connection; it does not keep ours alive. */
const IDLE_MS = 10_000;

interface Pending {
  readonly resolve: (socket: Socket) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Connects sockets in a process of its own that runs under another command, as `ip vrf exec` is: the socket belongs to
 * that VRF for good, also after it was handed over to us.
 */
export class Connector {
  readonly #command: readonly string[];
  readonly #pending = new Map<number, Pending>();
  #child: ChildProcess | undefined;
  #idle: NodeJS.Timeout | undefined;
  #said = '';
  #nextId = 1;

  private constructor(command: readonly string[]) {
    this.#command = command;
  }

  /** Returns the one that this thread has for that command. */
  static for(command: readonly string[]): Connector {
    const connectors = processWide('connectors', () => new Map<string, Connector>());
    const key = JSON.stringify(command);
    const known = connectors.get(key) ?? new Connector(command);
    connectors.set(key, known);
    return known;
  }

  /** Opens a TCP connection there. @throws as connectTcp, and UnreachableError when the command does not run. */
  async connect({ host, port }: Target, options: TcpOptions): Promise<Socket> {
    const { deadline, signal, sources = [], addressFamily, onPhase } = options;
    onPhase?.('connect');
    if (signal?.aborted) throw new AbortedError('cancelled while connecting', { phase: 'connect' });
    const id = this.#nextId++;
    const child = this.#running();
    const remaining = deadline.remainingMs();
    const ms = remaining === Infinity ? undefined : remaining;
    const socket = new Promise<Socket>((resolve, reject) => this.#pending.set(id, { resolve, reject }));
    child.send({ id, host, port, ms, sources, addressFamily } satisfies ConnectRequest, () => {});
    const late = (): Error =>
      new UnreachableError('connect_timeout', 'no answer to the connection attempt in time', { phase: 'connect' });
    try {
      return await within(socket, options, { phase: 'connect', late });
    } catch (error) {
      if (this.#pending.delete(id) && child.connected)
        child.send({ calledOff: id } satisfies ConnectCalledOff, () => {});
      throw error;
    } finally {
      this.#restWhenIdle();
    }
  }

  #running(): ChildProcess {
    clearTimeout(this.#idle);
    const known = this.#child;
    if (known?.connected === true) {
      known.channel?.ref();
      return known;
    }
    const [program = '', ...args] = this.#command;
    const stdio = ['ignore', 'ignore', 'pipe', 'ipc'] as const;
    const child = spawn(program, [...args, process.execPath, MAIN], { stdio: [...stdio] });
    this.#child = child;
    this.#said = '';
    child.unref();
    if (child.stderr instanceof Socket) child.stderr.unref();
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-2_000);
    });
    child.on('message', (reply: ConnectReply, socket: unknown) => this.#settle(reply, socket));
    child.on('error', (error) => this.#end(child, error.message));
    child.once('close', (code) => this.#end(child, `it ended with exit code ${code}`));
    return child;
  }

  #settle({ id, error }: ConnectReply, socket: unknown): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (socket instanceof Socket) {
      if (pending === undefined) socket.destroy();
      else pending.resolve(socket);
    } else if (error !== undefined) pending?.reject(asError(error));
  }

  #end(child: ChildProcess, why: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    const last = this.#said.trim().split('\n').at(-1) ?? '';
    const says = `'${this.#command.join(' ')}' gives no connection: ${why}${last === '' ? '' : `; it says: ${quote(last)}`}`;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(new UnreachableError('unreachable', says, { phase: 'connect' }));
  }

  #restWhenIdle(): void {
    const child = this.#child;
    if (this.#pending.size > 0 || child === undefined) return;
    child.channel?.unref();
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#pending.size === 0 && child.connected && child.disconnect(), IDLE_MS).unref();
  }
}

/** The error as it was thrown there, of the same class. */
function asError({ name, code, message, phase, details }: NonNullable<ConnectReply['error']>): Error {
  const context = { phase, details };
  if (name === 'OptionError') return new OptionError(message, context);
  if (name === 'AbortedError') return new AbortedError(message, context);
  if (errorClassNamed(name) === UnreachableError) return new UnreachableError(code, message, context);
  return new RollcallError(code, message, context);
}
