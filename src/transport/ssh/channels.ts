import type { Duplex } from 'node:stream';
import { AbortedError, ConnectionClosedError, DeviceTimeoutError, reword } from '../../base/index.js';
import type { ChannelTimes, ExecChannel, ExecExit, Redact, ShellOptions, Transport } from '../connection.js';
import { streamTransport } from './shell.js';
import type { Ssh2Client, Ssh2Stream } from './ssh2.js';

/** What opens channels on one connection. */
export interface Channels {
  readonly client: Ssh2Client;
  /** Whether the connection is over: why a channel could not be opened. */
  readonly isClosed: () => boolean;
  readonly redact: Redact;
  /** Why the connection is over, where that is known. */
  readonly why: () => Error | undefined;
}

export function openShell(channels: Channels, options: ShellOptions): Promise<Transport> {
  const { columns, rows, terminal } = options;
  return open(channels, {
    ...options,
    what: 'shell',
    start: (onOpen) => channels.client.shell({ term: terminal, cols: columns, rows }, onOpen),
    use: (stream) => streamTransport(stream, channels.why),
  });
}

export function exec(channels: Channels, command: string, times: ChannelTimes): Promise<ExecChannel> {
  return open(channels, {
    ...times,
    what: 'channel for a command',
    start: (onOpen) => channels.client.exec(command, onOpen),
    use: (stream) => ({ stream, stderr: stream.stderr, exit: exitOf(stream, channels.why) }),
  });
}

export function forward(
  channels: Channels,
  { host, port }: { readonly host: string; readonly port: number },
  times: ChannelTimes,
): Promise<Duplex> {
  return open(channels, {
    ...times,
    what: `way to ${host}:${port}`,
    // RFC 4254 wants to know who connected to us: nobody did.
    start: (onOpen) => channels.client.forwardOut('127.0.0.1', 0, host, port, onOpen),
    use: (stream) => stream,
  });
}

/** How a command ended is known once its channel has closed: its exit may come before the rest of its output. */
function exitOf(stream: Ssh2Stream, why: Channels['why']): Promise<ExecExit> {
  const exit = new Promise<ExecExit>((resolve, reject) => {
    let how: ExecExit | undefined;
    stream.once('exit', (code: number | null, signal?: string) => {
      how = {
        ...(code === null ? {} : { code }),
        ...(signal === undefined ? {} : { signal: signal.replace(/^SIG/, '') }),
      };
    });
    stream.once('error', reject);
    stream.once('close', () => {
      if (how !== undefined) return resolve(how);
      // A server need not say how a command ended (RFC 4254, section 6.10), but it closes the channel then.
      if (stream.outgoing?.state === 'closed') return resolve({});
      const cause = why();
      const says = cause === undefined ? 'the device closed the connection' : cause.message;
      reject(
        new ConnectionClosedError('closed', `the connection ended before the command did: ${says}`, {
          phase: 'command',
          cause,
        }),
      );
    });
  });
  // Whoever only reads the output learns of the end there.
  exit.catch(() => {});
  return exit;
}

/** A server need not say why; ssh2's own words stand in front of what it says. */
function reasonOf({ message }: Error): string {
  return message.replace(/^\(SSH\) /, '').replace(/: ?$/, '') || 'it does not say why';
}

type OnOpen<S> = (error: Error | undefined, channel: S) => void;

/** A channel of either kind. */
interface Closable {
  destroy(): void;
}

interface Opening<T, S extends Closable> extends ChannelTimes {
  readonly what: string;
  readonly start: (onOpen: OnOpen<S>) => void;
  /** Called at once, before anything more is read: the end of a short command may be in the same packet. */
  readonly use: (stream: S) => T;
}

/** @throws DeviceTimeoutError, ConnectionClosedError, AbortedError. */
export function open<T, S extends Closable = Ssh2Stream>(
  { isClosed, redact, why }: Channels,
  { what, start, use, deadline, signal }: Opening<T, S>,
): Promise<T> {
  const phase = 'open';
  return new Promise((resolve, reject) => {
    let settled = false;
    const settle = (finish: () => void): void => {
      settled = true;
      unschedule();
      signal?.removeEventListener('abort', onAbort);
      finish();
    };
    const fail = (error: Error): void => settle(() => reject(error));
    const onAbort = (): void => fail(new AbortedError(`cancelled while opening the ${what}`, { phase }));
    const unschedule = deadline.schedule(() =>
      fail(new DeviceTimeoutError('connect_timeout', `the device opened no ${what} in time`, { phase })),
    );
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    const closed = (cause: Error | undefined): ConnectionClosedError => {
      if (cause !== undefined) reword(cause, redact(cause.message));
      const says =
        isClosed() || cause === undefined
          ? (why()?.message ?? 'the device closed the connection')
          : `the device gives no ${what}: ${reasonOf(cause)}`;
      return new ConnectionClosedError('closed', says, { phase, cause });
    };
    const onOpen: OnOpen<S> = (error, stream) => {
      // Opened for somebody who has gone.
      if (settled) return void stream?.destroy();
      if (error !== undefined) return fail(closed(error));
      const used = use(stream);
      settle(() => resolve(used));
    };
    if (isClosed()) return fail(closed(undefined));
    try {
      start(onOpen);
    } catch (error) {
      // ssh2 throws where the socket has gone and its end is not told yet.
      fail(closed(error as Error));
    }
  });
}
