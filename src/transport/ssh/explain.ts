import {
  ConnectionClosedError,
  HostKeyError,
  NegotiationError,
  type Phase,
  quote,
  RollcallError,
} from '../../base/index.js';
import type { Authentication } from './authentication.js';
import type { Ident } from './ident.js';
import type { NegotiationFailure } from './negotiation.js';
import type { Ssh2Error } from './ssh2.js';

/** RFC 4253, section 11.1: SSH_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE. */
const NO_MORE_METHODS = 14;

/** How many questions for a sign of life a device may leave without an answer. */
export const KEEPALIVES = 3;

interface Circumstances {
  readonly phase: Phase;
  readonly authentication: Authentication;
  /** Why nothing can have been agreed on, where that is so. */
  readonly failure: NegotiationFailure | undefined;
  readonly keepaliveMs: number | undefined;
  readonly ident: Ident;
}

/** What ssh2 says of an ident line that is none, and of packets that are none. */
const NO_IDENT = /identification string|Max greeting lines|Header line too long|Invalid header/;
const NO_PACKET = /^Bad packet/;

const wasReset = ({ code }: Ssh2Error): boolean => code === 'ECONNRESET' || code === 'EPIPE';

const itSaid = ({ firstLine }: Ident): string => (firstLine === undefined ? '' : `(it said ${quote(firstLine)})`);

/** What to say of a server that has not shown its key in time. */
export function notInTime(ident: Ident): string {
  const { software, firstLine } = ident;
  if (software !== undefined) return `the device (${software}) began with SSH, and did not go on in time`;
  const said = firstLine === undefined ? '(it has said nothing)' : itSaid(ident);
  return `the port is open, but the device does not speak SSH in time ${said}`;
}

/**
 * What an end without a reason means. In the middle of a login it is a refusal: some servers answer the last attempt
 * that they allow in this way (dropbear's -T), and to try the same again would lock the account.
 */
export function closedIn(phase: Phase, authentication: Authentication): Error {
  if (phase === 'authenticate' && authentication.isJudged) return authentication.refusal({ closed: true });
  return new ConnectionClosedError('closed', `the device closed the connection (phase: ${phase})`, { phase });
}

/** Makes of what ssh2 says the error that it is. */
export function explain(error: Ssh2Error, circumstances: Circumstances): Error {
  const { phase, authentication, failure, keepaliveMs, ident } = circumstances;
  // What is ours came through ssh2 only.
  if (error instanceof RollcallError) return error;
  if (error.level === 'client-timeout') {
    const silence = `${KEEPALIVES} keepalives, one every ${keepaliveMs} ms`;
    return new ConnectionClosedError('closed', `the device has vanished: it did not answer ${silence}`, {
      phase,
      cause: error,
    });
  }
  if (error.level === 'client-authentication') return authentication.refusal();
  if (error.level === 'handshake' && phase === 'host_key') {
    return new HostKeyError('host_key_changed', `the server's host key signature is wrong: ${error.message}`, {
      phase,
      cause: error,
    });
  }
  if (failure !== undefined && phase === 'negotiate') {
    const { message, details } = failure;
    return new NegotiationError('negotiation', message, { phase, details, cause: error });
  }
  if (error.level === 'handshake') {
    return new NegotiationError('negotiation', `the device and we could not agree on keys: ${error.message}`, {
      phase,
      cause: error,
    });
  }
  if (/before handshake/.test(error.message)) {
    const why = ident.firstLine === undefined ? '(too many sessions, or an access list?)' : itSaid(ident);
    const says = `the device closed the connection before it said that it speaks SSH ${why}`;
    return new ConnectionClosedError('closed', says, { phase, cause: error });
  }
  if (phase === 'negotiate' && NO_IDENT.test(error.message)) {
    const says = `the device does not speak SSH 2 ${itSaid(ident)}: is the port right?`;
    return new NegotiationError('negotiation', says, { phase, cause: error });
  }
  if (phase === 'authenticate' && wasReset(error) && authentication.isJudged)
    return authentication.refusal({ closed: true });
  if (phase === 'authenticate' && (error.code === NO_MORE_METHODS || /authentication failures/i.test(error.message))) {
    return authentication.refusal({ cutShort: true });
  }
  if (error.level === 'protocol' || NO_PACKET.test(error.message)) {
    return new NegotiationError('negotiation', `the device does not speak SSH as it should: ${error.message}`, {
      phase,
      cause: error,
    });
  }
  return new ConnectionClosedError('closed', `the connection broke: ${error.message}`, { phase, cause: error });
}
