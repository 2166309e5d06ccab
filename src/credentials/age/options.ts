import type { AskSecret } from '../source.js';

/** What opening an encrypted text may need. */
export interface AgeOptions {
  /** What it is, for whoever is asked for its passphrase: `the file devices.yaml.age`. */
  readonly what: string;
  readonly host?: string | undefined;
  readonly ask?: AskSecret | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Default: that of the process. */
  readonly env?: NodeJS.ProcessEnv | undefined;
}
