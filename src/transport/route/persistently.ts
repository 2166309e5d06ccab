import type { Duplex } from 'node:stream';
import { ConnectionClosedError } from '../../base/index.js';
import type { Connection, ConnectionOptions } from '../connection.js';
import { wayPointOf } from './hop-error.js';
import { pause } from './pause.js';

/** How long to wait before the next try where the server turned us away (OpenSSH's MaxStartups), each up to half shorter. */
const PAUSES_MS = [250, 500, 1_000, 2_000];

/** A connection to a jump host, and the byte stream that it speaks over. */
export interface Opened {
  readonly connection: Connection;
  readonly base: Duplex;
}

/** Opens a connection, again and again where the server has no room for it at the moment. */
export async function persistently(
  open: (options: ConnectionOptions) => Promise<Opened>,
  options: ConnectionOptions,
): Promise<Opened> {
  for (const ms of PAUSES_MS) {
    try {
      return await open(options);
    } catch (error) {
      if (!turnedAway(error)) throw error;
      // Many processes may be at it: not all of them at the same moment.
      await pause(ms * (0.5 + Math.random() / 2), options.signal);
    }
  }
  return open(options);
}

/** Whether the server hung up before it spoke SSH, as OpenSSH does beyond its MaxStartups: it may not the next time. */
export function turnedAway(error: unknown): boolean {
  return error instanceof ConnectionClosedError && error.phase === 'negotiate' && wayPointOf(error) === undefined;
}
