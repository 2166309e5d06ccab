import { type AgeKey, encryptAge, ownRecipients } from '../../credentials/index.js';
import { UsageError } from '../exit-codes.js';
import { askPassphrase } from './read-file.js';
import { askTwice } from './read-value.js';

export interface KeyFlags {
  readonly recipient?: readonly string[];
  readonly passphrase?: boolean;
}

/**
 * Returns who shall be able to read what is encrypted: those that the flags name, else the user.
 * @throws UsageError, CredentialError; OptionError for what is no recipient.
 */
export async function keyOf({ recipient = [], passphrase = false }: KeyFlags): Promise<AgeKey> {
  if (passphrase && recipient.length > 0) throw new UsageError('give --recipient or --passphrase, not both');
  if (passphrase) return { passphrase: await askTwice('New passphrase') };
  const { ask } = askPassphrase();
  const key = {
    recipients: recipient.length > 0 ? recipient : await ownRecipients({ what: 'the identity file', ask }),
  };
  // A recipient that is none is told before anything is typed.
  await encryptAge(new Uint8Array(), key);
  return key;
}
