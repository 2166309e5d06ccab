import { CredentialError } from '../../base/index.js';

/** The part of @napi-rs/keyring 2 that is used here. */
export interface KeyringEntry {
  getPassword(signal?: AbortSignal): Promise<string | null>;
  setPassword(password: string, signal?: AbortSignal): Promise<void>;
  deleteCredential(signal?: AbortSignal): Promise<boolean>;
}

/** The store is named for Linux: what the package falls back to there forgets everything when the machine stops. */
export interface EntryOptions {
  readonly linux: { readonly store: 'secret-service' };
}

type EntryClass = new (service: string, account: string, options: EntryOptions) => KeyringEntry;

/**
 * Returns the keyring's class, loaded at the first call: it is an optional package with native code.
 * @throws CredentialError when it is not installed, or not for this system.
 */
export async function loadKeyring(
  load: () => Promise<unknown> = () => import('@napi-rs/keyring'),
): Promise<EntryClass> {
  try {
    return ((await load()) as { readonly AsyncEntry: EntryClass }).AsyncEntry;
  } catch (cause) {
    const says =
      'the system’s keyring needs the package @napi-rs/keyring beside rollcall: npm install @napi-rs/keyring@2';
    const why = isMissing(cause) ? 'it is not installed' : `it cannot be loaded: ${(cause as Error).message}`;
    throw new CredentialError(`${says} (${why})`, { cause });
  }
}

const isMissing = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND' &&
  (error as Error).message.includes("'@napi-rs/keyring'");
