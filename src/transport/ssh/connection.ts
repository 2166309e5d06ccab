import type { Socket } from 'node:net';
import {
  AbortedError,
  AuthenticationError,
  ConnectionClosedError,
  DeviceTimeoutError,
  HostKeyError,
  NegotiationError,
  type Phase,
} from '../../base/index.js';
import type {
  Connection,
  ConnectionFacts,
  ConnectionOptions,
  ConnectionTarget,
  ShellOptions,
  Transport,
} from '../connection.js';
import { connectTcp } from '../tcp.js';
import { hostKeyAlgorithms, KEX } from './algorithms.js';
import { Authentication } from './authentication.js';
import { fingerprint, prepareHostKeyCheck } from './host-keys.js';
import { readIdent } from './ident.js';
import { streamTransport } from './shell.js';
import { type Ssh2Client, type Ssh2Error, ssh2 } from './ssh2.js';

const DEFAULT_PORT = 22;

/** How long an orderly end may take before the socket is dropped. */
const GOODBYE_MS = 1_000;

/** RFC 4253, section 11.1: SSH_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE. */
const NO_MORE_METHODS = 14;

/**
 * Opens an SSH connection and logs in.
 * @throws UnreachableError, NegotiationError, HostKeyError, AuthenticationError, DeviceTimeoutError,
 * ConnectionClosedError, AbortedError.
 */
export async function openSsh(target: ConnectionTarget, options: ConnectionOptions): Promise<Connection> {
  const port = target.port ?? DEFAULT_PORT;
  // Everything that needs the disk comes before the socket: the server's login clock has not started yet.
  const hostKeys = await prepareHostKeyCheck(target.host, port, options.hostKeys);
  const authentication = await Authentication.prepare(target, options);
  const sock = await connectTcp(target.host, port, options);
  const client = new (ssh2().Client)();

  return new Promise<Connection>((resolve, reject) => {
    let phase: Phase = 'negotiate';
    let banner: string | undefined;
    let keySeen: Buffer | undefined;
    let settled = false;
    const enter = (next: Phase): void => {
      phase = next;
      options.onPhase?.(next);
    };
    const fail = (error: Error): void => {
      if (settled) return;
      settled = true;
      release();
      client.destroy();
      sock.destroy();
      reject(error);
    };
    const onAbort = (): void => fail(new AbortedError('cancelled while logging in', { phase }));
    const unschedule = options.deadline.schedule(() =>
      fail(
        new DeviceTimeoutError(
          'connect_timeout',
          keySeen === undefined
            ? 'the port is open, but the device does not speak SSH in time'
            : `the device did not finish the login in time (phase: ${phase})`,
          { phase },
        ),
      ),
    );
    const release = (): void => {
      unschedule();
      options.signal?.removeEventListener('abort', onAbort);
    };
    if (options.signal?.aborted) return onAbort();
    options.signal?.addEventListener('abort', onAbort, { once: true });

    client.on('banner', (message) => {
      banner = message;
    });
    client.on('handshake', () => enter('authenticate'));
    client.on('change password', (prompt) =>
      fail(new AuthenticationError('authentication', `the device demands a new password: ${prompt}`, { phase })),
    );
    // Stays for the life of the client: an 'error' that nobody hears would end the process.
    client.on('error', (error) => {
      // An agent that is gone or refuses is one method that failed: ssh2 goes on to the next by itself.
      if (error.level !== 'agent') fail(explain(error, phase, authentication));
    });
    authentication.onGiveUp = fail;
    client.on('close', () =>
      fail(new ConnectionClosedError('closed', `the device closed the connection (phase: ${phase})`, { phase })),
    );
    client.on('ready', () => {
      if (settled) return;
      settled = true;
      release();
      const serverSoftware = software();
      const facts: ConnectionFacts = {
        transport: 'ssh',
        ...(serverSoftware === undefined ? {} : { serverSoftware }),
        ...(keySeen === undefined ? {} : { hostKeyFingerprint: fingerprint(keySeen) }),
        ...(banner === undefined ? {} : { banner }),
      };
      resolve(sshConnection(client, sock, facts));
    });

    enter('negotiate');
    const software = readIdent(sock);
    client.connect({
      sock,
      username: target.username ?? '',
      // Our own deadline rules; ssh2's would be a second clock.
      readyTimeout: 0,
      algorithms: { kex: KEX, serverHostKey: hostKeyAlgorithms(hostKeys.knownTypes) },
      authHandler: authentication.handler,
      hostVerifier: (key, verify) => {
        // Called again when the server renews its keys in the middle: nothing is learned then, it must be the same key.
        if (keySeen !== undefined) return verify(keySeen.equals(key));
        keySeen = key;
        enter('host_key');
        hostKeys.verify(key).then(
          () => verify(true),
          (error: Error) => {
            fail(error);
            verify(false);
          },
        );
      },
    });
  });
}

function explain(error: Ssh2Error, phase: Phase, authentication: Authentication): Error {
  if (error.level === 'client-authentication') return authentication.refusal();
  if (error.level === 'handshake' && phase === 'host_key') {
    return new HostKeyError('host_key_changed', `the server's host key signature is wrong: ${error.message}`, {
      phase,
      cause: error,
    });
  }
  if (error.level === 'handshake') {
    return new NegotiationError('negotiation', `the device and we have no algorithm in common: ${error.message}`, {
      phase,
      cause: error,
    });
  }
  if (/before handshake/.test(error.message)) {
    return new ConnectionClosedError(
      'closed',
      'the device closed the connection before it said that it speaks SSH (too many sessions, or an access list?)',
      { phase, cause: error },
    );
  }
  if (phase === 'authenticate' && (error.code === NO_MORE_METHODS || /authentication failures/i.test(error.message))) {
    return authentication.refusal();
  }
  if (error.level === 'protocol') {
    return new NegotiationError('negotiation', `the device does not speak SSH as it should: ${error.message}`, {
      phase,
      cause: error,
    });
  }
  return new ConnectionClosedError('closed', `the connection broke: ${error.message}`, { phase, cause: error });
}

function sshConnection(client: Ssh2Client, sock: Socket, facts: ConnectionFacts): Connection {
  let closed = false;
  const whenClosed = new Promise<void>((resolve) => {
    client.on('close', () => {
      closed = true;
      resolve();
    });
  });
  return {
    facts,
    openShell: (options) => openShell(client, options, () => closed),
    async close() {
      if (closed) return;
      client.end();
      const timer = setTimeout(() => sock.destroy(), GOODBYE_MS);
      await whenClosed;
      clearTimeout(timer);
    },
    destroy() {
      client.destroy();
      sock.destroy();
    },
  };
}

function openShell(client: Ssh2Client, options: ShellOptions, isClosed: () => boolean): Promise<Transport> {
  const { columns, rows, terminal, deadline, signal } = options;
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      unschedule();
      signal?.removeEventListener('abort', onAbort);
      finish();
    };
    const fail = (error: Error): void => settle(() => reject(error));
    const onAbort = (): void => fail(new AbortedError('cancelled while opening the shell', { phase: 'open' }));
    const unschedule = deadline.schedule(() =>
      fail(new DeviceTimeoutError('connect_timeout', 'the device opened no shell in time', { phase: 'open' })),
    );
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    client.shell({ term: terminal, cols: columns, rows }, (error, stream) => {
      if (error === undefined) return settle(() => resolve(streamTransport(stream)));
      const says = isClosed() ? 'the device closed the connection' : `the device gives no shell: ${error.message}`;
      fail(new ConnectionClosedError('closed', says, { phase: 'open', cause: error }));
    });
  });
}
