import { AbortedError, CredentialError, Secret } from '../../base/index.js';
import { type KeyringEntry, loadKeyring } from './load.js';

/** Which entry of the keyring. */
export interface EntryName {
  readonly service: string;
  readonly account: string;
}

/** Returns the entry's secret; undefined where there is no such entry. @throws CredentialError, AbortedError. */
export function getFromKeyring(name: EntryName, signal?: AbortSignal): Promise<Secret | undefined> {
  return withEntry(name, signal, async (entry) => {
    const text = await entry.getPassword(signal);
    return text === null ? undefined : new Secret(text);
  });
}

/** Makes the entry, or gives it another secret. @throws CredentialError. */
export function putIntoKeyring(name: EntryName, secret: Secret): Promise<void> {
  return withEntry(name, undefined, (entry) => entry.setPassword(secret.reveal()));
}

/** Deletes the entry; false where there was none. @throws CredentialError. */
export function deleteFromKeyring(name: EntryName): Promise<boolean> {
  return withEntry(name, undefined, (entry) => entry.deleteCredential());
}

async function withEntry<T>(
  { service, account }: EntryName,
  signal: AbortSignal | undefined,
  work: (entry: KeyringEntry) => Promise<T>,
): Promise<T> {
  const Entry = await loadKeyring();
  try {
    return await work(new Entry(service, account, { linux: { store: 'secret-service' } }));
  } catch (error) {
    if (signal?.aborted) throw new AbortedError('cancelled while the keyring was asked', { cause: error });
    throw new CredentialError(`{ keyring: ${service}/${account} }: ${explain(error)}`, { cause: error });
  }
}

/** What the keyring says, and what it mostly means. */
function explain(error: unknown): string {
  const says = error instanceof Error ? error.message.replace(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, 200) : String(error);
  const none = /AccessDenied|DBus|D-Bus|dbus|ServiceUnknown|no keyring/i.test(says);
  if (/locked|unlock|dismissed/i.test(says))
    return `the keyring is locked (${says}); unlock it, or log in to the desktop`;
  if (none) {
    return `this session has no keyring that answers (${says}); on a machine without a desktop use { env: … }, { command: … } or { age: … }`;
  }
  return `the keyring answers: ${says}`;
}
