import { UnreachableError } from '../../base/index.js';
import { addressed, errorOnTheWay } from './hop-error.js';
import type { Target } from './target.js';

/** RFC 4254, section 5.1. */
const PROHIBITED = 1;
const NO_ROOM = 4;

/**
 * Why a jump host gave no channel: the target is not to be reached, it may not be reached, there are too many channels on
 * this connection, one of these two (servers give one code for both), or the connection is over.
 */
export type Refusal = 'target' | 'forbidden' | 'forbidden-or-full' | 'full' | 'broken';

export interface Refused {
  readonly why: Refusal;
  readonly error: Error;
  /** How many other channels the connection had. */
  readonly others: number;
}

interface Circumstances {
  /** The jump host's name. */
  readonly from: string;
  readonly target: Target;
  readonly others: number;
}

/** Makes of the error that a channel was refused with what it means for the target, and for the connection. */
export function refusal(error: Error, { from, target, others }: Circumstances): Refused {
  if (!('code' in error) || (error.code !== 'closed' && error.code !== 'connect_timeout')) {
    return { why: 'target', error, others };
  }
  const named = (says: string): Error => errorOnTheWay(`jump host ${from}`, unreachable(says, error));
  const reason = reasonOf(error);
  if (reason === NO_ROOM) return { why: 'full', error: named('it has no room for another channel'), others };
  if (reason === PROHIBITED) {
    const to = addressed(target.host, target.port);
    const says = `it does not forward to ${to} (for OpenSSH: AllowTcpForwarding, PermitOpen)`;
    return { why: others > 0 ? 'forbidden-or-full' : 'forbidden', error: named(says), others };
  }
  return { why: 'target', error: fromThere(from, target, error), others };
}

/** The server's reason, which ssh2 puts on its error. */
function reasonOf({ cause }: Error): unknown {
  return cause instanceof Error && 'reason' in cause ? cause.reason : undefined;
}

const unreachable = (says: string, cause: Error): UnreachableError =>
  new UnreachableError('unreachable', says, { phase: 'connect', cause });

/** What servers say in the description, which is free text: the system's own words for the most part. */
const SAYS = [
  [/refused/i, 'connect_refused', 'the port is closed'],
  [/timed? ?out/i, 'connect_timeout', 'no answer'],
  [/unknown host|not known|resol|no address|name/i, 'dns', 'the name is not known there'],
] as const;

function fromThere(name: string, { host, port }: Target, error: Error): Error {
  const said = error.cause instanceof Error ? error.cause.message.replace(/^\(SSH\) Channel open failure: ?/, '') : '';
  const late = 'code' in error && error.code === 'connect_timeout';
  const [, code, hint] = SAYS.find(([pattern]) => pattern.test(said)) ?? [
    undefined,
    late ? 'connect_timeout' : 'unreachable',
    late ? 'no answer in time' : 'it cannot be reached',
  ];
  const quoted = said === '' ? '' : ` (it says: ${said})`;
  const says = `${addressed(host, port)}, asked for from jump host ${name}: ${hint}${quoted}`;
  return new UnreachableError(code, says, { phase: 'connect', cause: error, details: { from: name } });
}
