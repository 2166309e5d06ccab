import type { Secret } from './secret.js';

/** Where a secret is to be had, in place of the secret: plain data, which may cross to any worker and be written down. */
export type SecretReference =
  /** The name of an environment variable. */
  | { readonly env: string }
  /** A program and its arguments; the first line that it prints is the secret. */
  | { readonly command: readonly string[] }
  /** What the person at the terminal is asked, once for each text. */
  | { readonly prompt: string }
  /** An age file in its armoured form, encrypted for one of the user's identities or with a passphrase. */
  | { readonly age: string }
  /** An entry of the system's keyring. */
  | { readonly keyring: { readonly service: string; readonly account: string } };

/** A secret, or where it is to be had. */
export type SecretValue = Secret | SecretReference;

/** The service that entries of the keyring belong to where nobody names another. */
export const KEYRING_SERVICE = 'rollcall';
