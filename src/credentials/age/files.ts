import { CredentialError, OptionError, type Secret } from '../../base/index.js';
import { recipientKinds } from './format.js';
import { identitiesOf } from './identities.js';
import { identityFile } from './identity-file.js';
import { age, opened, unarmored } from './open.js';
import type { AgeOptions } from './options.js';

/** Who may read what is encrypted: recipients (`age1…`), or who knows a passphrase. */
export type AgeKey = { readonly recipients: readonly string[] } | { readonly passphrase: Secret };

/**
 * Returns what is encrypted in a binary or armoured age file, opened with the user's identities or with a passphrase
 * that is asked for. @throws CredentialError, AbortedError.
 */
export function decryptAge(bytes: Uint8Array, options: AgeOptions): Promise<Uint8Array> {
  return opened(bytes, options, () => identitiesOf(identityFile(options.env), options));
}

/** Returns the bytes of an age file, as text where `armor` says so. @throws OptionError for what is no recipient. */
export async function encryptAge(plain: Uint8Array, key: AgeKey, { armor = false } = {}): Promise<Uint8Array> {
  const { Encrypter, armor: armour } = await age();
  const encrypter = new Encrypter();
  if ('passphrase' in key) encrypter.setPassphrase(key.passphrase.reveal());
  else for (const recipient of key.recipients) add(encrypter, recipient);
  const bytes = await encrypter.encrypt(plain);
  return armor ? Buffer.from(armour.encode(bytes)) : bytes;
}

function add(encrypter: { addRecipient(recipient: string): void }, recipient: string): void {
  // It may be the other half of the pair, which is a secret.
  const shown = /^age1[0-9a-z]+$/.test(recipient) ? recipient.slice(0, 80) : 'it';
  try {
    encrypter.addRecipient(recipient);
  } catch (cause) {
    throw new OptionError(`${shown} is no recipient of age; expected the public key that keygen prints, age1…`, {
      cause,
    });
  }
}

/** Returns the user's own recipients, those of the identity file. @throws CredentialError. */
export async function ownRecipients(options: AgeOptions): Promise<readonly string[]> {
  const identities = await identitiesOf(identityFile(options.env), options);
  const { identityToRecipient } = await age();
  const making = Promise.all(identities.map((identity) => identityToRecipient(identity)));
  return making.catch((cause: unknown) => {
    throw new CredentialError(`an identity of ${identityFile(options.env)} is damaged: it cannot be read`, { cause });
  });
}

/** Makes a new identity, as text for a file, and the recipient that belongs to it. */
export async function makeIdentity(): Promise<{ readonly identity: string; readonly recipient: string }> {
  const { generateX25519Identity, identityToRecipient } = await age();
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** How many recipients an age file has, and whether it is for a passphrase. */
export async function agePeople(
  bytes: Uint8Array,
): Promise<{ readonly recipients: number; readonly passphrase: boolean }> {
  const kinds = recipientKinds(await unarmored(bytes));
  return { recipients: kinds.length, passphrase: kinds.includes('scrypt') };
}
