import { checkMs, checkNames, type Secret, type SecretReference } from '../base/index.js';
import { fromAge } from './kinds/age.js';
import { fromCommand } from './kinds/command.js';
import { fromEnvironment } from './kinds/env.js';
import { fromKeyring } from './kinds/keyring.js';
import { fromPrompt } from './kinds/prompt.js';
import { shared } from './shared.js';
import type { CredentialSource, ResolveOptions } from './source.js';

/** How the kinds are resolved. */
export interface SourceOptions {
  /** Default: that of the process. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** How long a program may take, in milliseconds; default 60,000. */
  readonly commandMs?: number | undefined;
}

const DEFAULT_COMMAND_MS = 60_000;

/**
 * Returns the source that knows every kind of reference: what sessions use where they are given no other. Programs,
 * questions, age and the keyring are asked once per process (and `env`, where one is given) for one reference, however many want it.
 * @throws OptionError.
 */
export function credentialSource(options: SourceOptions = {}): CredentialSource {
  checkNames('credentialSource', options, ['env', 'commandMs']);
  const { env = process.env } = options;
  const commandMs = checkMs('commandMs', options.commandMs, { minimum: 1 }) ?? DEFAULT_COMMAND_MS;
  const ask = (reference: SecretReference, how: ResolveOptions): Promise<Secret> => {
    if ('command' in reference) return fromCommand(reference, { ...how, env, totalMs: commandMs });
    if ('prompt' in reference) return fromPrompt(reference, how);
    if ('age' in reference) return fromAge(reference, { ...how, env });
    if ('keyring' in reference) return fromKeyring(reference, how);
    return fromEnvironment(reference, env);
  };
  return {
    resolve: (reference, how) =>
      'env' in reference
        ? ask(reference, how)
        : shared(JSON.stringify(reference), () => ask(reference, how), { env, signal: how.signal }),
  };
}
