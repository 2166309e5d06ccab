import type { Duplex } from 'node:stream';
import {
  AbortedError,
  AuthenticationError,
  checkMs,
  DeviceTimeoutError,
  type Phase,
  RollcallError,
  reword,
} from '../../base/index.js';
import type { Connection, ConnectionFacts, ConnectionOptions, Redact } from '../connection.js';
import type { ConnectionTarget } from '../target.js';
import { algorithmsFor, checkLegacyAlgorithms } from './algorithms.js';
import { Authentication } from './authentication.js';
import { acceptHostCertificates } from './certificate-host-keys.js';
import { sendCertificates } from './certificate-login.js';
import { exec, forward, openShell } from './channels.js';
import { closedIn, explain, KEEPALIVES, notInTime } from './explain.js';
import { speedUpGroupExchange } from './group-exchange.js';
import { fingerprint, prepareHostKeyCheck } from './host-keys.js';
import { readIdent } from './ident.js';
import { readKexInit } from './kexinit.js';
import { legacyInUse, warnOfLegacy } from './legacy-in-use.js';
import { explainNegotiation } from './negotiation.js';
import { signWithSha2 } from './rsa-signatures.js';
import { openSftp } from './sftp.js';
import { type Ssh2Client, ssh2 } from './ssh2.js';

/** SSH's own port (RFC 4253, section 4.1). */
export const SSH_PORT = 22;

/** How long an orderly end may take before the socket is dropped. */
const GOODBYE_MS = 1_000;

/**
 * Opens an SSH connection over the byte stream that `openStream` opens, and logs in.
 * @throws OptionError, UnreachableError, NegotiationError, HostKeyError, AuthenticationError, DeviceTimeoutError,
 * ConnectionClosedError, AbortedError.
 */
export async function openSsh(
  target: ConnectionTarget,
  options: ConnectionOptions,
  openStream: () => Promise<Duplex>,
): Promise<Connection> {
  const port = target.port ?? SSH_PORT;
  const legacy = checkLegacyAlgorithms(target.ssh?.legacyAlgorithms);
  const keepaliveMs = checkMs('ssh.keepaliveMs', target.ssh?.keepaliveMs, { minimum: 1 });
  // Everything that needs the disk comes before the socket: the server's login clock has not started yet.
  const { host, ssh: { hostKeyAlias: alias } = {} } = target;
  const hostKeys = await prepareHostKeyCheck({ host, port, alias }, options.hostKeys);
  const authentication = await Authentication.prepare(target, options);
  const sock = await openStream();
  const client = new (ssh2().Client)();
  const { redact = (text: string) => text } = options;
  const algorithms = algorithmsFor({ legacy, knownTypes: hostKeys.knownTypes });

  return new Promise<Connection>((resolve, reject) => {
    let phase: Phase = 'negotiate';
    let banner: string | undefined;
    let keySeen: Buffer | undefined;
    let weak: readonly string[] = [];
    let lost: Error | undefined;
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
          keySeen === undefined ? notInTime(ident()) : authentication.late(phase),
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
      banner = redact(message);
    });
    client.on('handshake', (negotiated) => {
      weak = legacyInUse(negotiated);
      warnOfLegacy(`${target.host}:${port}`, weak);
      if (settled) return;
      if (!legacy.includes('ssh-rsa')) signWithSha2(client);
      enter('authenticate');
    });
    client.on('change password', (prompt) =>
      fail(
        new AuthenticationError('authentication', `the device demands a new password: ${redact(prompt)}`, { phase }),
      ),
    );
    // Stays for the life of the client: an 'error' that nobody hears would end the process.
    client.on('error', (error) => {
      // An agent that is gone or refuses is one method that failed: ssh2 goes on to the next by itself.
      if (error.level === 'agent') return;
      // Not what is ours and came through ssh2 only.
      if (!(error instanceof RollcallError)) reword(error, redact(error.message));
      const offer = serverOffer();
      const failure = offer === undefined ? undefined : explainNegotiation(algorithms, offer, legacy);
      lost = explain(error, { phase, authentication, failure, keepaliveMs, ident: ident() });
      fail(lost);
    });
    authentication.onGiveUp = fail;
    client.on('close', () => fail(closedIn(phase, authentication)));
    client.on('ready', () => {
      if (settled) return;
      settled = true;
      release();
      const serverSoftware = ident().software;
      const facts: ConnectionFacts = {
        transport: 'ssh',
        username: target.username,
        ...(serverSoftware === undefined ? {} : { serverSoftware }),
        ...(keySeen === undefined ? {} : { hostKeyFingerprint: fingerprint(keySeen) }),
        ...(banner === undefined ? {} : { banner }),
        ...(weak.length === 0 ? {} : { legacyAlgorithms: weak }),
        ...(authentication.wasUnasked ? { unasked: true } : {}),
      };
      phase = 'command';
      resolve(sshConnection(client, { sock, facts, redact, why: () => lost }));
    });

    enter('negotiate');
    const ident = readIdent(sock, redact);
    const serverOffer = readKexInit(sock);
    client.connect({
      sock,
      username: target.username ?? '',
      // Our own deadline rules; ssh2's would be a second clock.
      readyTimeout: 0,
      algorithms,
      keepaliveInterval: keepaliveMs ?? 0,
      keepaliveCountMax: KEEPALIVES,
      authHandler: authentication.handler,
      hostVerifier: (key, verify) => {
        // Called again when the server renews its keys in the middle: nothing is learned then, it must be the same key.
        if (keySeen !== undefined) return verify(keySeen.equals(key));
        keySeen = key;
        enter('host_key');
        // A handshake that has failed meanwhile wants no answer any more, and ssh2 would throw at one.
        hostKeys.verify(key).then(() => !settled && verify(true), fail);
      },
    });
    try {
      speedUpGroupExchange(client, { allowSmall: legacy.includes('diffie-hellman-group1-sha1') });
      acceptHostCertificates(client, hostKeys.certificateAlgorithms);
      if (authentication.hasCertificates) sendCertificates(client);
    } catch (error) {
      fail(error as Error);
    }
  });
}

interface OpenParts {
  readonly sock: Duplex;
  readonly facts: ConnectionFacts;
  readonly redact: Redact;
  /** Why the connection is over, where that is known. */
  readonly why: () => Error | undefined;
}

function sshConnection(client: Ssh2Client, { sock, facts, redact, why }: OpenParts): Connection {
  let closed = false;
  const whenClosed = new Promise<void>((resolve) => {
    client.on('close', () => {
      closed = true;
      resolve();
    });
  });
  const channels = { client, isClosed: () => closed, redact, why };
  return {
    facts,
    openShell: (options) => openShell(channels, options),
    exec: (command, times) => exec(channels, command, times),
    forward: (host, port, times) => forward(channels, { host, port }, times),
    openSftp: (options) => openSftp(channels, options),
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
