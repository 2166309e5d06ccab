import { CredentialError, Secret } from '../../base/index.js';
import { showReference } from '../reference.js';

/** What rollcall itself takes from the environment, and out of it, before the first device. */
const TAKEN: readonly string[] = ['ROLLCALL_PASSWORD', 'ROLLCALL_SECRET'];

/** What keeps an environment variable from being a secret; undefined when nothing does. */
export function environmentProblem(name: string, env: NodeJS.ProcessEnv): string | undefined {
  if (TAKEN.includes(name.toUpperCase())) {
    return `${name} is for devices whose inventory has no such key: leave the key out, or use a variable of another name`;
  }
  const value = env[name];
  if (value === undefined) return `the environment variable ${name} is not set`;
  // Set and empty is how shells unset a variable for one command.
  if (value === '') return `the environment variable ${name} is set, but empty`;
  return undefined;
}

/** @throws CredentialError for a variable that is not set, or empty. */
export async function fromEnvironment(reference: { readonly env: string }, env: NodeJS.ProcessEnv): Promise<Secret> {
  const problem = environmentProblem(reference.env, env);
  if (problem !== undefined) throw new CredentialError(`${showReference(reference)}: ${problem}`);
  return new Secret(env[reference.env] ?? '');
}
