import { connect, isIP, type Socket } from 'node:net';
import { AbortedError, Deadline } from '../../base/index.js';
import type { ChannelTimes } from '../connection.js';
import { explainAttempts, type FailedAttempt } from './tcp-errors.js';

/**
 * How long an address has for itself before the next one is tried beside it: a lost SYN is sent again after a second
 * (RFC 6298, section 2), and RFC 8305, section 5, allows up to two. The first attempt goes on meanwhile.
 */
const ALONE_MS = 1_000;

export interface Attempts {
  /** In the order in which they are tried; at least one. */
  readonly addresses: readonly string[];
  readonly port: number;
  readonly sources?: readonly string[] | undefined;
  readonly paused?: boolean | undefined;
}

/**
 * Connects to whichever address answers first. Each one is tried beside those before it, at once where they have all
 * failed, else after a second, or sooner where the deadline leaves less for each; none is given up before the end.
 * @throws UnreachableError with what each address said, AbortedError, OptionError for a source address that is not ours.
 */
export function connectAny(attempts: Attempts, { deadline, signal }: ChannelTimes): Promise<Socket> {
  const { addresses, port, sources = [], paused = false } = attempts;
  const aloneMs = Math.min(ALONE_MS, deadline.remainingMs() / addresses.length);
  return new Promise((resolve, reject) => {
    const waiting = [...addresses];
    const open = new Map<Socket, string>();
    const failed: FailedAttempt[] = [];
    let callOffNext = (): void => {};

    const settle = (winner: Socket | undefined, error?: Error): void => {
      callOffNext();
      unschedule();
      signal?.removeEventListener('abort', onAbort);
      for (const socket of open.keys()) if (socket !== winner) discard(socket);
      if (winner !== undefined) resolve(winner);
      else reject(error);
    };
    const next = (): void => {
      callOffNext();
      const address = waiting.shift();
      if (address === undefined) return;
      if (waiting.length > 0) callOffNext = Deadline.after(aloneMs).schedule(next);
      const localAddress = sources.find((source) => isIP(source) === isIP(address));
      const socket = connect({ host: address, port, noDelay: true, ...(localAddress && { localAddress }) });
      open.set(socket, address);
      const onError = (error: Error): void => {
        open.delete(socket);
        failed.push({ address, error });
        if (open.size > 0) return;
        if (waiting.length > 0) next();
        else settle(undefined, explainAttempts(failed, sources));
      };
      socket.once('error', onError);
      socket.once('connect', () => {
        socket.off('error', onError);
        if (paused) socket.pause();
        settle(socket);
      });
    };
    const onAbort = (): void => settle(undefined, new AbortedError('cancelled while connecting', { phase: 'connect' }));
    const unschedule = deadline.schedule(() => {
      const silent = [...open.values()].map((address) => ({ address, error: undefined }));
      settle(undefined, explainAttempts([...failed, ...silent], sources));
    });
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    next();
  });
}

function discard(socket: Socket): void {
  socket.removeAllListeners();
  // Whatever the socket still says while it is torn down has nobody left to hear it.
  socket.on('error', () => {});
  socket.destroy();
}
