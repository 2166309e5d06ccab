import { AbortedError, processWide, type Secret } from '../base/index.js';

/** What was resolved, and what is being resolved: of one process, for as long as it lives. */
const secrets = () => processWide('credentials.secrets', () => new Map<string, Promise<Secret>>());

/** What of it is there already, to be told at once. */
const settled = () => processWide('credentials.settled', () => new Map<string, Secret>());

/** Returns the secret of that key when it was resolved in this process. */
export const resolvedAs = (key: string): Secret | undefined => settled().get(key);

/** Forgets what was resolved: for a program that lives longer than its secrets. What is under way goes on. */
export function forgetSecrets(): void {
  secrets().clear();
  settled().clear();
}

/**
 * Returns the secret of that key, resolved once for all that want it. A failure is told to those who wait and is not
 * kept; where the one who had begun was called off, the next one begins anew.
 * @throws what `resolve` throws; AbortedError.
 */
export async function shared(
  key: string,
  resolve: () => Promise<Secret>,
  signal: AbortSignal | undefined,
): Promise<Secret> {
  const known = secrets();
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
  mine.then(
    (secret) => known.get(key) === mine && settled().set(key, secret),
    () => known.get(key) === mine && known.delete(key),
  );
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
