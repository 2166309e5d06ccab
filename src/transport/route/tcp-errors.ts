import { networkInterfaces } from 'node:os';
import { OptionError, UnreachableError } from '../../base/index.js';
import { tooManyFiles } from '../open-files.js';

type Code = 'connect_refused' | 'unreachable' | 'connect_timeout';

const CODES: Readonly<Record<string, { readonly code: Code; readonly says: string }>> = {
  ECONNREFUSED: { code: 'connect_refused', says: 'the port is closed: is the address right, and the service on?' },
  ECONNRESET: { code: 'connect_refused', says: 'the device reset the connection' },
  EHOSTUNREACH: { code: 'unreachable', says: 'no route to the device, or it does not answer' },
  ENETUNREACH: { code: 'unreachable', says: 'no route to that network' },
  EINVAL: {
    code: 'unreachable',
    says: 'the system knows no way there: a link-local address needs its zone (fe80::1%eth0)',
  },
  EADDRNOTAVAIL: { code: 'unreachable', says: 'there is no local address to reach it from' },
  EACCES: { code: 'unreachable', says: 'a firewall of this machine forbids it' },
  EPERM: { code: 'unreachable', says: 'a firewall of this machine forbids it' },
  ETIMEDOUT: { code: 'connect_timeout', says: 'no answer to the connection attempt' },
};

/** One address that gave no connection, and why; an error without `code` is an attempt that was still waiting. */
export interface FailedAttempt {
  readonly address: string;
  readonly error: NodeJS.ErrnoException | undefined;
}

const WAITED = { code: 'connect_timeout', says: 'no answer to the connection attempt in time' } as const;

function reasonOf({ error }: FailedAttempt): { readonly code: Code; readonly says: string } {
  if (error === undefined) return WAITED;
  const known = CODES[error.code ?? ''];
  return known === undefined
    ? { code: 'unreachable', says: error.message }
    : { code: known.code, says: `${known.says} (${error.code})` };
}

/** A closed port says more than silence, and silence more than a network that cannot be reached from here. */
const TELLING: readonly Code[] = ['connect_refused', 'connect_timeout', 'unreachable'];

/** Makes one error of what every address said. */
export function explainAttempts(attempts: readonly FailedAttempt[], sources: readonly string[]): Error {
  const phase = 'connect';
  for (const { error } of attempts) {
    const full = tooManyFiles(error, phase);
    if (full !== undefined) return full;
    const notOurs = error?.code === 'EADDRNOTAVAIL' && sources.find((source) => !ownAddresses().includes(source));
    if (typeof notOurs === 'string') {
      const says = `route.sourceAddress must be an address of this machine; got ${notOurs}; it has ${ownAddresses().join(', ')}`;
      return new OptionError(says, { phase, cause: error });
    }
  }
  const reasons = attempts.map((attempt) => ({ ...attempt, ...reasonOf(attempt) }));
  const code = TELLING.find((one) => reasons.some((reason) => reason.code === one)) ?? 'unreachable';
  const main = reasons.find((reason) => reason.code === code);
  const each = reasons.map(({ address, says }) => `${address}: ${says}`);
  const errno = main?.error?.code;
  return new UnreachableError(code, each.length === 1 ? (main?.says ?? '') : `no address answers: ${each.join('; ')}`, {
    phase,
    ...(main?.error === undefined ? {} : { cause: main.error }),
    details: { ...(errno === undefined ? {} : { errno }), ...(each.length === 1 ? {} : { addresses: each }) },
  });
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
}

const HINTS: Readonly<Record<string, string>> = { EAI_AGAIN: 'the name server does not answer' };

/** Makes an error of what the resolver says of a name. */
export function explainLookup(error: NodeJS.ErrnoException, host: string, family: 4 | 6 | undefined): Error {
  const wanted = family === undefined ? '' : ` to an IPv${family} address`;
  const hint =
    HINTS[error.code ?? ''] ?? (family === undefined ? 'no such name' : `it has none, or there is no such name`);
  return new UnreachableError('dns', `cannot resolve '${host}'${wanted}: ${hint}`, {
    phase: 'resolve',
    cause: error,
    details: { errno: error.code ?? '' },
  });
}
