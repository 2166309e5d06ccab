import type { Duplex } from 'node:stream';
import type { ConnectionOptions } from '../connection.js';
import type { RouteOptions } from '../target.js';
import { connectTcp } from './tcp.js';

/** One end of a byte stream: the host and port where it leads, and what it goes through. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  readonly route?: RouteOptions | undefined;
}

/** Opens a byte stream to a host. @throws UnreachableError, AbortedError. */
export function openStream({ host, port }: Destination, options: ConnectionOptions): Promise<Duplex> {
  return connectTcp(host, port, options);
}
