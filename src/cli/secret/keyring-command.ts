import { KEYRING_SERVICE } from '../../base/index.js';
import { deleteFromKeyring, putIntoKeyring } from '../../credentials/index.js';
import { EXIT, UsageError } from '../exit-codes.js';
import { clean } from '../output/clean.js';
import { readValue } from './read-value.js';

export interface KeyringFlags {
  readonly service: string;
}

/** `rollcall secret set`: puts a secret into the keyring, and prints what refers to it; returns the exit code. */
export async function setCommand(account: string, { service }: KeyringFlags): Promise<number> {
  const name = entryName(account, service);
  await putIntoKeyring(name, await readValue('Secret'));
  const word = yaml(account);
  const written = service === KEYRING_SERVICE ? word : `{ service: ${yaml(service)}, account: ${word} }`;
  process.stdout.write(`${clean(`{ keyring: ${written} }`)}\n`);
  return EXIT.ok;
}

/** `rollcall secret delete`: returns the exit code. */
export async function deleteCommand(account: string, { service }: KeyringFlags): Promise<number> {
  if (await deleteFromKeyring(entryName(account, service))) return EXIT.ok;
  process.stderr.write(`rollcall: ${clean(`the keyring has no entry '${account}' of the service '${service}'`)}\n`);
  return EXIT.devicesNotOk;
}

function entryName(account: string, service: string) {
  if (account.trim() === '' || service.trim() === '')
    throw new UsageError('the name and the service of an entry must not be empty');
  return { service, account };
}

/** A JSON string is a YAML string: what is not plainly a word is written as one. */
const yaml = (text: string): string =>
  /^[A-Za-z][\w-]*$/.test(text) && !/^(?:y|yes|n|no|on|off|true|false|null)$/i.test(text) ? text : JSON.stringify(text);
