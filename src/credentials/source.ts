import type { Secret, SecretReference } from '../base/index.js';

/** What a person is asked for; `about` is the same for every device that wants the same answer. */
export interface SecretQuestion {
  readonly host: string;
  readonly prompt: string;
  readonly echo: boolean;
  readonly about: string;
}

export type AskSecret = (question: SecretQuestion) => Promise<string>;

/** What a source is told of the one who wants a secret. */
export interface ResolveOptions {
  /** The device's address, for whoever is asked. */
  readonly host: string;
  /** Asks a person; undefined where nobody is there. */
  readonly ask?: AskSecret | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Where sessions get the secrets from that their targets only refer to. */
export interface CredentialSource {
  /** @throws CredentialError, which says what of it cannot be had; AbortedError. */
  resolve(reference: SecretReference, options: ResolveOptions): Promise<Secret>;
}
