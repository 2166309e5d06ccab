import { ConnectionClosedError, HostKeyError, NegotiationError, type Phase, RollcallError } from '../../base/index.js';
import type { Authentication } from './authentication.js';
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
}

/** Makes of what ssh2 says the error that it is. */
export function explain(error: Ssh2Error, circumstances: Circumstances): Error {
  const { phase, authentication, failure, keepaliveMs } = circumstances;
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
    return new ConnectionClosedError(
      'closed',
      'the device closed the connection before it said that it speaks SSH (too many sessions, or an access list?)',
      { phase, cause: error },
    );
  }
  if (phase === 'authenticate' && (error.code === NO_MORE_METHODS || /authentication failures/i.test(error.message))) {
    return authentication.refusal({ cutShort: true });
  }
  if (error.level === 'protocol') {
    return new NegotiationError('negotiation', `the device does not speak SSH as it should: ${error.message}`, {
      phase,
      cause: error,
    });
  }
  return new ConnectionClosedError('closed', `the connection broke: ${error.message}`, { phase, cause: error });
}
