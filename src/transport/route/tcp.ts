import { connect, isIP, type Socket } from 'node:net';
import { AbortedError, RollcallError, UnreachableError } from '../../base/index.js';
import type { ConnectionOptions } from '../connection.js';

/** Each address of a name gets this long before the next one is tried beside it; Node's own 250 ms is too short for far devices. */
const ATTEMPT_MS = 2_000;

const CODES: Readonly<Record<string, { code: 'connect_refused' | 'unreachable' | 'connect_timeout'; says: string }>> = {
  ECONNREFUSED: { code: 'connect_refused', says: 'the port is closed: is the address right, and the service on?' },
  ECONNRESET: { code: 'connect_refused', says: 'the device reset the connection' },
  EHOSTUNREACH: { code: 'unreachable', says: 'no route to the device, or it does not answer' },
  ENETUNREACH: { code: 'unreachable', says: 'no route to that network' },
  EADDRNOTAVAIL: { code: 'unreachable', says: 'there is no local address to reach it from' },
  EACCES: { code: 'unreachable', says: 'a firewall of this machine forbids it' },
  EPERM: { code: 'unreachable', says: 'a firewall of this machine forbids it' },
  ETIMEDOUT: { code: 'connect_timeout', says: 'no answer to the connection attempt' },
};

function errnoOf(error: Error & { code?: string; errors?: readonly Error[] }): string {
  // A name with several addresses fails with an AggregateError: its parts hold the reasons.
  const first = error.errors?.[0];
  return error.code ?? (first === undefined ? '' : errnoOf(first));
}

function explain(error: Error, host: string): RollcallError {
  const errno = errnoOf(error);
  const context = { cause: error, details: { errno } };
  if (errno === 'EMFILE' || errno === 'ENFILE') {
    return new RollcallError(
      'too_many_files',
      "this machine's limit of open files is reached; raise it (ulimit -n) or use fewer workers",
      { ...context, phase: 'connect' },
    );
  }
  if (errno === 'ENOTFOUND' || errno === 'EAI_AGAIN' || errno === 'EAI_FAIL' || errno === 'ENODATA') {
    const hint = errno === 'EAI_AGAIN' ? 'the name server does not answer' : 'no such name';
    return new UnreachableError('dns', `cannot resolve '${host}': ${hint}`, { ...context, phase: 'resolve' });
  }
  const known = CODES[errno] ?? { code: 'unreachable' as const, says: error.message };
  return new UnreachableError(known.code, `${known.says}${errno && CODES[errno] ? ` (${errno})` : ''}`, {
    ...context,
    phase: 'connect',
  });
}

/**
 * Opens a TCP connection with Nagle's algorithm off.
 * @throws UnreachableError (`dns`, `connect_refused`, `connect_timeout`, `unreachable`), AbortedError.
 */
export function connectTcp(host: string, port: number, options: ConnectionOptions): Promise<Socket> {
  const { deadline, signal, onPhase } = options;
  // An address needs no name server: Node tells of no lookup then.
  let phase: 'resolve' | 'connect' = isIP(host) === 0 ? 'resolve' : 'connect';
  onPhase?.(phase);
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      noDelay: true,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: ATTEMPT_MS,
    });
    const settle = (error?: Error): void => {
      unschedule();
      signal?.removeEventListener('abort', onAbort);
      socket.removeListener('error', onError);
      socket.removeListener('connect', onConnect);
      if (error === undefined) return resolve(socket);
      // Whatever the socket still says while it is torn down has nobody left to hear it.
      socket.on('error', () => {});
      socket.destroy();
      reject(error);
    };
    const onAbort = (): void => settle(new AbortedError('cancelled while connecting', { phase }));
    const onError = (error: Error): void => settle(explain(error, host));
    const onConnect = (): void => settle();
    const unschedule = deadline.schedule(() => {
      const says =
        phase === 'resolve' ? `no answer from the name server for '${host}'` : 'no answer to the connection attempt';
      settle(new UnreachableError(phase === 'resolve' ? 'dns' : 'connect_timeout', `${says} in time`, { phase }));
    });
    // Told once for each address of the name, or with the error when there is none.
    socket.on('lookup', (error: Error | null) => {
      if (error !== null || phase === 'connect') return;
      phase = 'connect';
      onPhase?.('connect');
    });
    socket.once('connect', onConnect);
    socket.once('error', onError);
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
  });
}
