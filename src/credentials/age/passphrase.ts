import { createDecipheriv, scrypt } from 'node:crypto';
import type { Identity, Stanza } from 'age-encryption';
import { CredentialError, type Secret } from '../../base/index.js';

/** 2^20 takes 1 GiB of memory; age itself writes 2^18. */
const MOST_WORK = 20;
const BLOCK = 8;
const TAG_BYTES = 16;
const FILE_KEY_BYTES = 16;

/**
 * Opens what is encrypted with a passphrase (age-encryption.org/v1, "The scrypt recipient type"), with scrypt of Node's
 * own in a thread of its own: in JavaScript it stops every session of the process for a second.
 */
export function passphraseIdentity(passphrase: Secret): Identity {
  return {
    unwrapFileKey: async (stanzas: Stanza[]) => {
      const [stanza] = stanzas;
      const [kind, salt = '', work = ''] = stanza?.args ?? [];
      if (stanza === undefined || stanzas.length !== 1 || kind !== 'scrypt') return null;
      const { body } = stanza;
      const logN = /^[1-9][0-9]?$/.test(work) ? Number(work) : 0;
      if (logN === 0 || body.length !== FILE_KEY_BYTES + TAG_BYTES) {
        throw new CredentialError('its header is damaged');
      }
      if (logN > MOST_WORK)
        throw new CredentialError(`its passphrase needs more work (2^${logN}) than is done here (2^${MOST_WORK})`);
      const label = Buffer.concat([Buffer.from('age-encryption.org/v1/scrypt'), Buffer.from(salt, 'base64')]);
      return unwrapped(body, await derived(passphrase, label, 2 ** logN));
    },
  };
}

function derived(passphrase: Secret, salt: Uint8Array, cost: number): Promise<Buffer> {
  const maxmem = 128 * cost * BLOCK * 2;
  return new Promise((resolve, reject) => {
    scrypt(passphrase.reveal(), salt, 32, { N: cost, r: BLOCK, p: 1, maxmem }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

/** Null where the key is another's. */
function unwrapped(body: Uint8Array, key: Buffer): Uint8Array | null {
  const decipher = createDecipheriv('chacha20-poly1305', key, Buffer.alloc(12), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(body.subarray(-TAG_BYTES));
  const plain = decipher.update(body.subarray(0, -TAG_BYTES));
  try {
    return new Uint8Array(Buffer.concat([plain, decipher.final()]));
  } catch {
    return null;
  }
}
