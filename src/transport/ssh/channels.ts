import type { Duplex } from 'node:stream';
import { AbortedError, ConnectionClosedError, DeviceTimeoutError } from '../../base/index.js';
import type { ChannelTimes, ExecChannel, ExecExit, ShellOptions, Transport } from '../connection.js';
import { streamTransport } from './shell.js';
import type { Ssh2Client, Ssh2Stream } from './ssh2.js';

/** What opens channels on one connection. */
export interface Channels {
  readonly client: Ssh2Client;
  /** Whether the connection is over: why a channel could not be opened. */
  readonly isClosed: () => boolean;
  /** Why the connection is over, where that is known. */
  readonly why: () => Error | undefined;
}

export async function openShell(channels: Channels, options: ShellOptions): Promise<Transport> {
  const { columns, rows, terminal } = options;
  const stream = await open(channels, { what: 'shell', ...options }, (onOpen) =>
    channels.client.shell({ term: terminal, cols: columns, rows }, onOpen),
  );
  return streamTransport(stream, channels.why);
}

export async function exec(channels: Channels, command: string, times: ChannelTimes): Promise<ExecChannel> {
  const stream = await open(channels, { what: 'channel for a command', ...times }, (onOpen) =>
    channels.client.exec(command, onOpen),
  );
  return { stream, stderr: stream.stderr, exit: exitOf(stream, channels.why) };
}

export function forward(
  channels: Channels,
  { host, port }: { readonly host: string; readonly port: number },
  times: ChannelTimes,
): Promise<Duplex> {
  // RFC 4254 wants to know who connected to us: nobody did.
  return open(channels, { what: `way to ${host}:${port}`, ...times }, (onOpen) =>
    channels.client.forwardOut('127.0.0.1', 0, host, port, onOpen),
  );
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

type OnOpen = (error: Error | undefined, stream: Ssh2Stream) => void;

/** @throws DeviceTimeoutError, ConnectionClosedError, AbortedError. */
function open(
  { isClosed, why }: Channels,
  { what, deadline, signal }: ChannelTimes & { readonly what: string },
  start: (onOpen: OnOpen) => void,
): Promise<Ssh2Stream> {
  const phase = 'open';
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
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
    start((error, stream) => {
      if (error === undefined) return settle(() => resolve(stream));
      const says = isClosed()
        ? (why()?.message ?? 'the device closed the connection')
        : `the device gives no ${what}: ${error.message}`;
      fail(new ConnectionClosedError('closed', says, { phase, cause: error }));
    });
  });
}
