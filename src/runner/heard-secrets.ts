import type { Secret } from '../base/index.js';
import { type CredentialSource, credentialSource } from '../session/index.js';

/** A source of secrets that keeps what it has given: the journal of a run must not have that in the device's answers. */
export class HeardSecrets implements CredentialSource {
  readonly #all: Secret[] = [];

  /** Each once, in the order in which they were given. */
  get all(): readonly Secret[] {
    return this.#all;
  }

  async resolve(...asked: Parameters<CredentialSource['resolve']>): Promise<Secret> {
    const secret = await credentialSource().resolve(...asked);
    if (!this.#all.some((one) => one.reveal() === secret.reveal())) this.#all.push(secret);
    return secret;
  }
}
