import type { Identity } from 'age-encryption';
import { CredentialError, processWide, Secret } from '../../base/index.js';
import { unlessAborted } from '../shared.js';
import { isArmored, recipientKinds } from './format.js';
import type { AgeOptions } from './options.js';
import { passphraseIdentity } from './passphrase.js';

/** How often a person may mistype a passphrase. */
const TRIES = 3;

/** Loaded when the first text is to be opened: it brings much cryptography. */
export const age = () => import('age-encryption');

/**
 * Returns what is encrypted in bytes of either form; `identities` is called where they are not for a passphrase.
 * @throws CredentialError for what cannot be opened; AbortedError.
 */
export async function opened(
  bytes: Uint8Array,
  options: AgeOptions,
  identities: () => Promise<readonly string[]>,
): Promise<Uint8Array> {
  const binary = await unarmored(bytes);
  const kinds = recipientKinds(binary);
  if (kinds.includes('scrypt')) return byPassphrase(binary, options);
  const plain = await decrypted(binary, await identities());
  if (plain !== undefined) return plain;
  const others = kinds.filter((kind) => kind !== 'X25519' && kind !== 'mlkem768x25519');
  const hint =
    others.length > 0
      ? ` (it is for ${[...new Set(others)].join(', ').slice(0, 80)}, which only age itself can open)`
      : '';
  throw new CredentialError(`no identity fits: it is encrypted for somebody else${hint}`);
}

/** @throws CredentialError for an armour that is damaged. */
export async function unarmored(bytes: Uint8Array): Promise<Uint8Array> {
  if (!isArmored(bytes)) return bytes;
  const { armor } = await age();
  try {
    return armor.decode(
      Buffer.from(bytes)
        .toString('latin1')
        .trim()
        .replace(/^[ \t]+|[ \t]+$/gm, ''),
    );
  } catch (cause) {
    throw new CredentialError('it is damaged: its armour cannot be read', { cause });
  }
}

/** Those that have opened something; one passphrase mostly opens all values of a file. */
const passphrases = () => processWide('credentials.passphrases', (): Secret[] => []);

async function byPassphrase(binary: Uint8Array, options: AgeOptions): Promise<Uint8Array> {
  const { ask, host = '', what, signal } = options;
  return inTurn(async () => {
    for (const known of passphrases()) {
      const plain = await decrypted(binary, [passphraseIdentity(known)]);
      if (plain !== undefined) return plain;
    }
    if (ask === undefined) throw new CredentialError(`${what} needs a passphrase, and there is nobody to ask for it`);
    for (let tried = 1; tried <= TRIES; tried++) {
      const prompt = `${tried === 1 ? 'Passphrase' : 'That was wrong. Passphrase'} of ${what}:`;
      const question = { host, prompt, echo: false, about: `the passphrase of ${what}, ${tried}` };
      const passphrase = new Secret(await unlessAborted(ask(question), signal));
      const plain = await decrypted(binary, [passphraseIdentity(passphrase)]);
      if (plain === undefined) continue;
      passphrases().push(passphrase);
      return plain;
    }
    throw new CredentialError(`${what} cannot be opened: the passphrase is wrong`);
  });
}

/** One after the other, so that what opens the first is tried with the next before anybody is asked again. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = processWide('credentials.turn', () => ({ last: Promise.resolve() as Promise<unknown> }));
  const mine = turn.last.then(work);
  turn.last = mine.catch(() => {});
  return mine;
}

/** Undefined where none of the identities fits. @throws CredentialError for what is damaged. */
async function decrypted(
  binary: Uint8Array,
  identities: readonly (string | Identity)[],
): Promise<Uint8Array | undefined> {
  const { Decrypter } = await age();
  const decrypter = new Decrypter();
  try {
    for (const identity of identities) decrypter.addIdentity(identity);
  } catch (cause) {
    throw new CredentialError('an identity is damaged: it cannot be read', { cause });
  }
  try {
    return await decrypter.decrypt(binary);
  } catch (error) {
    if (error instanceof CredentialError) throw error;
    const { message } = error as Error;
    if (message.startsWith('no identity matched')) return undefined;
    throw new CredentialError('it is damaged, or cut: what is encrypted in it cannot be proved whole', {
      cause: error,
    });
  }
}
