import { CredentialError, RollcallError, Secret } from '../../base/index.js';
import { showReference } from '../reference.js';
import type { ResolveOptions } from '../source.js';

/** What is said where nobody is there to be asked. */
export const NOBODY_THERE = 'there is nobody to ask: run it on a terminal, or use { env: … } or { command: … } instead';

/** Asks a person. An empty answer is one: a device may have an empty password. @throws CredentialError. */
export async function fromPrompt(
  reference: { readonly prompt: string },
  { host, ask }: ResolveOptions,
): Promise<Secret> {
  const { prompt } = reference;
  if (ask === undefined) throw new CredentialError(`${showReference(reference)}: ${NOBODY_THERE}`);
  const question = /[:?]\s*$/.test(prompt) ? prompt.trimEnd() : `${prompt}:`;
  try {
    return new Secret(await ask({ host, prompt: question, echo: false, about: `the secret '${prompt}'` }));
  } catch (error) {
    if (error instanceof RollcallError) throw error;
    throw new CredentialError(`${showReference(reference)}: nobody has answered`, { cause: error });
  }
}
