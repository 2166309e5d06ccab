import { AbortedError, processWide, type Secret } from '../base/index.js';

type Known = Map<string, Promise<Secret>>;

/** What was resolved, and what is being resolved: of one process, for as long as it lives, by the environment. */
const secrets = () => processWide('credentials.secrets', () => ({ byEnvironment: new WeakMap<object, Known>() }));

/** A program says something else in another environment, and another identity opens what age has encrypted. */
function knownIn(env: object): Known {
  const { byEnvironment } = secrets();
  const known = byEnvironment.get(env) ?? new Map();
  byEnvironment.set(env, known);
  return known;
}

/** Forgets what was resolved: for a program that lives longer than its secrets. What is under way goes on. */
export function forgetSecrets(): void {
  secrets().byEnvironment = new WeakMap();
}

interface Wanted {
  /** In which environment it is resolved. */
  readonly env: object;
  readonly signal: AbortSignal | undefined;
}

/**
 * Returns the secret of that key, resolved once for all that want it. A failure is told to those who wait and is not
 * kept; where the one who had begun was called off, the next one begins anew.
 * @throws what `resolve` throws; AbortedError.
 */
export async function shared(key: string, resolve: () => Promise<Secret>, { env, signal }: Wanted): Promise<Secret> {
  const known = knownIn(env);
  for (let there = known.get(key); there !== undefined; there = known.get(key)) {
    try {
      return await unlessAborted(there, signal);
    } catch (error) {
      if (signal?.aborted || !(error instanceof AbortedError)) throw error;
      if (known.get(key) === there) known.delete(key);
    }
  }
  const mine = unlessAborted(resolve(), signal);
  known.set(key, mine);
  mine.catch(() => known.get(key) === mine && known.delete(key));
  return mine;
}

/** Waits until the signal aborts; what comes later goes unheard. @throws AbortedError. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = (): void =>
      reject(new AbortedError('cancelled while a secret was resolved', { phase: 'authenticate' }));
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
