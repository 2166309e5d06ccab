import { isIP, type Socket } from 'node:net';
import { UnreachableError } from '../../base/index.js';
import type { ConnectionOptions } from '../connection.js';
import { within } from '../within.js';
import { addressesOf, type Lookup } from './addresses.js';
import { connectAny } from './attempts.js';

export interface TcpOptions extends Pick<ConnectionOptions, 'deadline' | 'signal' | 'onPhase'> {
  /** Where the connection comes from: at most one address of each family, and then a family without one will not do. */
  readonly sources?: readonly string[] | undefined;
  readonly addressFamily?: 4 | 6 | undefined;
  /** Leaves all that the far side says unread, for a socket that another process gets. */
  readonly paused?: boolean | undefined;
  /** Node's `dns.lookup` when absent. */
  readonly lookup?: Lookup | undefined;
}

/**
 * Opens a TCP connection with Nagle's algorithm off.
 * @throws UnreachableError (`dns`, `connect_refused`, `connect_timeout`, `unreachable`), AbortedError; OptionError for a
 * source address that is not one of this machine or not of the host's family.
 */
export async function connectTcp(host: string, port: number, options: TcpOptions): Promise<Socket> {
  const { sources = [], paused, onPhase } = options;
  // An address needs no name server.
  const isAddress = isIP(host) !== 0;
  onPhase?.(isAddress ? 'connect' : 'resolve');
  const addresses = await within(addressesOf(host, { ...options, sources }), options, {
    phase: isAddress ? 'connect' : 'resolve',
    late: () =>
      new UnreachableError('dns', `no answer from the name server for '${host}' in time`, { phase: 'resolve' }),
  });
  if (!isAddress) onPhase?.('connect');
  return connectAny({ addresses, port, sources, paused }, options);
}
