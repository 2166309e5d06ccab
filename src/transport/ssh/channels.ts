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
}

export async function openShell(channels: Channels, options: ShellOptions): Promise<Transport> {
  const { columns, rows, terminal } = options;
  const stream = await open(channels, { what: 'shell', ...options }, (onOpen) =>
    channels.client.shell({ term: terminal, cols: columns, rows }, onOpen),
  );
  return streamTransport(stream);
}

export async function exec(channels: Channels, command: string, times: ChannelTimes): Promise<ExecChannel> {
  const stream = await open(channels, { what: 'channel for a command', ...times }, (onOpen) =>
    channels.client.exec(command, onOpen),
  );
  return { stream, stderr: stream.stderr, exit: exitOf(stream) };
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
function exitOf(stream: Ssh2Stream): Promise<ExecExit> {
  const exit = new Promise<ExecExit>((resolve, reject) => {
    let how: ExecExit | undefined;
    stream.once('exit', (code: number | null, signal?: string) => {
      how = { ...(code === null ? {} : { code }), ...(signal === undefined ? {} : { signal }) };
    });
    stream.once('error', reject);
    stream.once('close', () => {
      if (how !== undefined) return resolve(how);
      reject(new ConnectionClosedError('closed', 'the connection ended before the command did', { phase: 'command' }));
    });
  });
  // Whoever only reads the output learns of the end there.
  exit.catch(() => {});
  return exit;
}

type OnOpen<S> = (error: Error | undefined, channel: S) => void;

/** @throws DeviceTimeoutError, ConnectionClosedError, AbortedError. */
export function open<S = Ssh2Stream>(
  { isClosed }: Channels,
  { what, deadline, signal }: ChannelTimes & { readonly what: string },
  start: (onOpen: OnOpen<S>) => void,
): Promise<S> {
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
    const refused = (error: Error): void => {
      const says = isClosed() ? 'the device closed the connection' : `the device gives no ${what}: ${error.message}`;
      fail(new ConnectionClosedError('closed', says, { phase, cause: error }));
    };
    try {
      start((error, channel) => (error === undefined ? settle(() => resolve(channel)) : refused(error)));
    } catch (error) {
      // ssh2 throws where the connection has gone already.
      refused(error as Error);
    }
  });
}
