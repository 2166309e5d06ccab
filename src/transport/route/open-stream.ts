import type { Duplex } from 'node:stream';
import type { ConnectionOptions } from '../connection.js';
import type { RouteOptions } from '../target.js';
import type { Target } from './carrier.js';
import { type OpenHop, openThrough } from './jump.js';
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

/** What jump hosts are logged in to with. */
export interface HopOptions {
  readonly openHop: OpenHop;
  /** The file that says more about them. */
  readonly configFile?: string | undefined;
}

/**
 * Opens a byte stream to a host.
 * @throws UnreachableError, AbortedError, OptionError; with jump hosts also NegotiationError, HostKeyError,
 * AuthenticationError, DeviceTimeoutError and ConnectionClosedError, each with the host named.
 */
export function openStream(
  { host, port, username, route = {} }: Destination,
  options: ConnectionOptions,
  { openHop, configFile }: HopOptions,
): Promise<Duplex> {
  const { jump: [first, ...others] = [], proxyCommand, socks, sourceAddress, networkDevice, addressFamily } = route;
  const way = { sources: sourceAddress === undefined ? [] : [sourceAddress], addressFamily };
  const tcp = (to: Target, times: ConnectionOptions): Promise<Duplex> =>
    networkDevice === undefined
      ? connectTcp(to.host, to.port, { ...times, ...way })
      : connectFrom(networkDevice, to, { ...times, ...way });
  if (first !== undefined) {
    options.onPhase?.('connect');
    const hops = { openHop, way: { ...way, networkDevice, configFile } };
    return openThrough([first, ...others], { host, port }, { hops, options });
  }
  if (proxyCommand !== undefined) return openProxyCommand(proxyCommand, { host, port, username }, options);
  if (socks !== undefined) return openSocks(socks, { host, port }, { options, connect: tcp });
  return tcp({ host, port }, options);
}
