import { CredentialError, KEYRING_SERVICE, type Secret, type SecretReference } from '../../base/index.js';
import { getFromKeyring } from '../keyring/entries.js';
import { showReference } from '../reference.js';
import type { ResolveOptions } from '../source.js';

type KeyringReference = Extract<SecretReference, { keyring: unknown }>;

/** @throws CredentialError for an entry that is not there, and a keyring that is not, or is locked. */
export async function fromKeyring(reference: KeyringReference, { signal }: ResolveOptions): Promise<Secret> {
  const { keyring } = reference;
  const secret = await getFromKeyring(keyring, signal);
  if (secret !== undefined) return secret;
  const set = keyring.service === KEYRING_SERVICE ? '' : ` --service ${keyring.service}`;
  throw new CredentialError(
    `${showReference(reference)}: the keyring has no such entry; make it with: rollcall secret set ${keyring.account}${set}`,
  );
}
