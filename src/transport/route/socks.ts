import { isIP } from 'node:net';
import { Duplex } from 'node:stream';
import { domainToASCII } from 'node:url';
import type { SocksClient } from 'socks';
import {
  AuthenticationError,
  ConnectionClosedError,
  NegotiationError,
  RollcallError,
  UnreachableError,
} from '../../base/index.js';
import type { ConnectionOptions } from '../connection.js';
import type { SocksProxy } from '../target.js';
import { within } from '../within.js';
import { addressed, errorOnTheWay } from './hop-error.js';
import type { Target } from './target.js';

/** SOCKS' own port (RFC 1928, section 3). */
const SOCKS_PORT = 1080;

/** RFC 1928, section 6; ssh -D and others tell a refusal by hanging up. */
const REPLIES: Readonly<Record<string, { readonly code: 'unreachable' | 'connect_refused'; readonly says: string }>> = {
  Failure: { code: 'unreachable', says: 'it could not connect (general failure)' },
  NotAllowed: { code: 'unreachable', says: 'its rules do not allow this connection' },
  NetworkUnreachable: { code: 'unreachable', says: 'it has no route to that network' },
  HostUnreachable: { code: 'unreachable', says: 'it cannot reach that host' },
  ConnectionRefused: { code: 'connect_refused', says: 'the port is closed' },
  TTLExpired: { code: 'unreachable', says: 'the time to live of the packets to it expired' },
  CommandNotSupported: { code: 'unreachable', says: 'it does not support CONNECT' },
  AddressNotSupported: { code: 'unreachable', says: 'it does not support this type of address' },
};

export interface SocksWay {
  readonly options: ConnectionOptions;
  /** Opens the connection to the proxy. */
  readonly connect: (to: Target, options: ConnectionOptions) => Promise<Duplex>;
}

/**
 * Opens a stream to the target through a SOCKS 5 proxy, which also looks up the target's name.
 * @throws UnreachableError, AuthenticationError, NegotiationError, each with the proxy named, AbortedError.
 */
export async function openSocks(proxy: SocksProxy, target: Target, { options, connect }: SocksWay): Promise<Duplex> {
  const { host, port = SOCKS_PORT } = proxy;
  const where = `SOCKS proxy ${addressed(host, port)}`;
  let socket: Duplex | undefined;
  try {
    socket = await connect({ host, port }, options);
    await askFor(target, { socket, proxy, options });
    return socket;
  } catch (error) {
    socket?.destroy();
    throw errorOnTheWay(where, error as Error);
  }
}

interface Asking {
  readonly socket: Duplex;
  readonly proxy: SocksProxy;
  readonly options: ConnectionOptions;
}

async function askFor(target: Target, { socket, proxy, options }: Asking): Promise<void> {
  const { SocksClient } = await import('socks');
  const { username, password, host, port = SOCKS_PORT } = proxy;
  const client = new SocksClient({
    command: 'connect',
    // The package counts a name's characters where the wire has bytes: beyond ASCII it goes as resolvers ask for it.
    destination: {
      host: isIP(target.host) === 0 ? domainToASCII(target.host) || target.host : target.host,
      port: target.port,
    },
    proxy: {
      ...{ type: 5, host, port },
      ...(username === undefined ? {} : { userId: username }),
      ...(password === undefined ? {} : { password: password.reveal() }),
    },
    // Our deadline rules; the package's timer comes after it, and holds on to the proxy's password until then.
    timeout: Math.min(options.deadline.remainingMs() + 1_000, 2 ** 31 - 1),
  });
  const says = `no answer to the request for ${addressed(target.host, target.port)} in time`;
  const late = (): Error => new UnreachableError('connect_timeout', says, { phase: 'connect' });
  const talk = talkOver(socket, client);
  try {
    await within(talk.established, options, { phase: 'connect', late });
  } catch (error) {
    throw error instanceof RollcallError ? error : explain(error as Error, { target, username });
  } finally {
    talk.end();
  }
}

/**
 * Lets the package talk over our socket, byte by byte: what the target says right behind the proxy's last reply stays
 * in the socket for whoever reads it next.
 */
function talkOver(socket: Duplex, client: SocksClient): { established: Promise<void>; end: () => void } {
  const front = new Duplex({
    read: () => {},
    write: (chunk: Buffer, _encoding, done) => {
      socket.write(chunk, done);
    },
  });
  let over = false;
  const onReadable = (): void => {
    for (let byte: Buffer | null = null; !over; ) {
      byte = socket.read(1) as Buffer | null;
      if (byte === null) return;
      front.emit('data', byte);
    }
  };
  const onEnd = (): boolean => front.emit('close');
  const onError = (error: Error): boolean => front.emit('error', error);
  const established = new Promise<void>((resolve, reject) => {
    client.once('established', () => {
      over = true;
      resolve();
    });
    // Not this error itself: it carries the options, and with them the password.
    client.once('error', ({ message }) => reject(new Error(message)));
  });
  client.connect(front);
  socket.on('readable', onReadable).once('end', onEnd).once('error', onError);
  const end = (): void => {
    over = true;
    socket.off('readable', onReadable).off('end', onEnd).off('error', onError);
  };
  return { established, end };
}

interface Request {
  readonly target: Target;
  readonly username: string | undefined;
}

function explain({ message }: Error, { target, username }: Request): Error {
  const to = addressed(target.host, target.port);
  const phase = 'connect';
  const reply = REPLIES[/Rejected.* - (\w+)$/i.exec(message)?.[1] ?? ''];
  if (reply !== undefined)
    return new UnreachableError(reply.code, `${to}, asked for from there: ${reply.says}`, { phase });
  if (/authentication failed/i.test(message)) {
    const who = username === undefined ? 'the password' : `user '${username}'`;
    return new AuthenticationError('authentication', `it refused ${who}`, { phase: 'authenticate' });
  }
  if (/no accepted authentication|unknown authentication/i.test(message)) {
    const says = username === undefined ? 'it wants a user name and password' : 'it takes no user name and password';
    return new AuthenticationError('authentication', says, { phase: 'authenticate' });
  }
  if (/closed/i.test(message)) {
    const says = `it hung up when it was asked for ${to} (is it a SOCKS 5 proxy?)`;
    return new ConnectionClosedError('closed', says, { phase });
  }
  if (/version/i.test(message)) return new NegotiationError('negotiation', 'it does not speak SOCKS 5', { phase });
  return new UnreachableError('unreachable', `asked for ${to}: ${message}`, { phase });
}
