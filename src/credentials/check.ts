import { CredentialError, Secret, type SecretReference } from '../base/index.js';
import { credentialSource } from './default-source.js';
import { loadKeyring } from './keyring/load.js';
import { environmentProblem } from './kinds/env.js';
import { NOBODY_THERE } from './kinds/prompt.js';
import { type HoldsSecrets, secretPlaces } from './places.js';
import { showReference } from './reference.js';

export interface CheckOptions {
  /** Whether somebody is there to be asked. */
  readonly canAsk: boolean;
  /** Default: that of the process. */
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/** So many different values are decrypted before a run: each takes about 3 ms. */
const MOST_DECRYPTED = 1_000;

/** Where one reference stands first, and in how many places beside that. */
interface Use {
  readonly reference: SecretReference;
  readonly device: string;
  readonly key: string;
  count: number;
}

/**
 * Finds what the secrets of these devices lack, as far as that can be known without a question and without a program's
 * run: environment variables, age identities, the keyring's package, somebody to ask. Returns one line for each.
 */
export async function secretProblems(
  devices: Iterable<HoldsSecrets & { readonly name: string }>,
  { canAsk, env = process.env }: CheckOptions,
): Promise<readonly string[]> {
  const problems: string[] = [];
  let decrypted = 0;
  for (const use of usesIn(devices).values()) {
    if ('age' in use.reference && ++decrypted > MOST_DECRYPTED) continue;
    const problem = await problemOf(use.reference, canAsk, env);
    if (problem !== undefined) problems.push(`${whereOf(use)}: ${problem}`);
  }
  return problems;
}

function usesIn(devices: Iterable<HoldsSecrets & { readonly name: string }>): ReadonlyMap<string, Use> {
  const uses = new Map<string, Use>();
  for (const device of devices) {
    for (const { name, value } of secretPlaces(device)) {
      if (Secret.is(value)) continue;
      const id = JSON.stringify(value);
      const use = uses.get(id);
      if (use === undefined) uses.set(id, { reference: value, device: device.name, key: name, count: 1 });
      else use.count += 1;
    }
  }
  return uses;
}

function whereOf({ device, key, count }: Use): string {
  return `${device}, ${key}${count === 1 ? '' : ` (and ${count - 1} more)`}`;
}

async function problemOf(
  reference: SecretReference,
  canAsk: boolean,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const says = (why: string): string => `${showReference(reference)}: ${why}`;
  if ('prompt' in reference) return canAsk ? undefined : says(NOBODY_THERE);
  if ('command' in reference) return undefined;
  if ('env' in reference) {
    const problem = environmentProblem(reference.env, env);
    return problem === undefined ? undefined : says(problem);
  }
  if ('keyring' in reference) {
    return loadKeyring().then(
      () => undefined,
      (error: Error) => says(error.message),
    );
  }
  // Nobody is asked here: what needs a passphrase is left to the session, where somebody is there then.
  let asked = false;
  const ask = async (): Promise<never> => {
    asked = true;
    throw new CredentialError('not now');
  };
  return credentialSource({ env })
    .resolve(reference, { host: '', ...(canAsk ? { ask } : {}) })
    .then(
      () => undefined,
      (error: Error) => (asked ? undefined : error.message),
    );
}
