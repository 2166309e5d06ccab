import { Secret, type SecretValue } from '#dist/base/index.js';

/** What a secret of a file is; undefined where there is none, or only where it is to be had. */
export const reveal = (value: SecretValue | undefined): string | undefined =>
  Secret.is(value) ? value.reveal() : undefined;
