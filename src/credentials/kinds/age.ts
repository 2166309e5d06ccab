import { isUtf8 } from 'node:buffer';
import { CredentialError, RollcallError, Secret } from '../../base/index.js';
import { decryptAge } from '../age/files.js';
import { isAge } from '../age/format.js';
import { showReference } from '../reference.js';
import type { ResolveOptions } from '../source.js';

/**
 * Decrypts a value. One line end at its end is none of it, as `echo secret | age …` puts one there.
 * @throws CredentialError for one that is no age file, or for nobody whose identity is here.
 */
export async function fromAge(
  reference: { readonly age: string },
  how: ResolveOptions & { readonly env: NodeJS.ProcessEnv },
): Promise<Secret> {
  const bytes = Buffer.from(reference.age);
  const fail = (why: string, cause?: unknown): CredentialError =>
    new CredentialError(`${showReference(reference)}: ${why}`, cause === undefined ? {} : { cause });
  if (!isAge(bytes)) throw fail('this is no age file; make one with: rollcall secret encrypt');
  const plain = await decryptAge(bytes, { ...how, what: 'the encrypted values' }).catch((error: unknown) => {
    if (error instanceof RollcallError && !(error instanceof CredentialError)) throw error;
    // A new one: others that wait for the same identities are told of the same error.
    throw fail(error instanceof CredentialError ? error.message : 'nobody has given its passphrase', error);
  });
  if (!isUtf8(plain)) throw fail('what is encrypted in it is no text in UTF-8');
  const value = Buffer.from(plain)
    .toString('utf8')
    .replace(/\r?\n$/, '');
  if (/[\0\r\n]/.test(value)) throw fail('what is encrypted in it has several lines, and a secret is one');
  return new Secret(value);
}
