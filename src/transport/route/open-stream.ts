import type { Duplex } from 'node:stream';
import type { ConnectionOptions } from '../connection.js';
import type { RouteOptions } from '../target.js';
import type { Target } from './carrier.js';
import { type OpenSsh, openThrough } from './jump.js';
import { connectFrom } from './network-device.js';
import { openProxyCommand } from './proxy-command.js';
import { openSocks } from './socks.js';
import { connectTcp } from './tcp.js';

/** One end of a byte stream: the host and port where it leads, and what it goes through. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  readonly route?: RouteOptions | undefined;
  /** Who logs in there: a proxy command may want to know. */
  readonly username?: string | undefined;
}

/**
 * Opens a byte stream to a host. `openSsh` is what opens an SSH connection to a jump host.
 * @throws UnreachableError, AbortedError, OptionError; with jump hosts also NegotiationError, HostKeyError,
 * AuthenticationError, DeviceTimeoutError and ConnectionClosedError, each with the host named.
 */
export function openStream(
  { host, port, username, route = {} }: Destination,
  options: ConnectionOptions,
  openSsh: OpenSsh,
): Promise<Duplex> {
  const { jump = [], proxyCommand, socks, sourceAddress, networkDevice, addressFamily } = route;
  const way = { sources: sourceAddress === undefined ? [] : [sourceAddress], addressFamily };
  const tcp = (to: Target, times: ConnectionOptions): Promise<Duplex> =>
    networkDevice === undefined
      ? connectTcp(to.host, to.port, { ...times, ...way })
      : connectFrom(networkDevice, to, { ...times, ...way });
  if (jump.length > 0) {
    options.onPhase?.('connect');
    const start = { openSsh, openFirst: tcp, way: { ...way, networkDevice } };
    return openThrough(jump, { host, port }, { start, options });
  }
  if (proxyCommand !== undefined) return openProxyCommand(proxyCommand, { host, port, username }, options);
  if (socks !== undefined) return openSocks(socks, { host, port }, { options, connect: tcp });
  return tcp({ host, port }, options);
}
