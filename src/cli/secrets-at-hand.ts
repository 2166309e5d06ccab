import { type AskSecret, decryptAge, secretProblems } from '../credentials/index.js';
import type { Device } from '../inventory/index.js';
import { askAtTerminal, canAsk } from './ask.js';
import { UsageError } from './exit-codes.js';
import { clean } from './output/clean.js';

/** How many problems an error tells. */
const SHOWN = 5;

const ask: AskSecret = ({ prompt }) => askAtTerminal(clean(`${prompt} `));

/** Opens an inventory that age has encrypted; somebody at the terminal is asked for its passphrase. */
export function decryptAtTerminal(bytes: Uint8Array, file: string): Promise<Uint8Array> {
  return decryptAge(bytes, { what: `the file ${file}`, ask: canAsk() ? ask : undefined });
}

/** What these devices' secrets refer to and cannot be had by whoever runs this, one line for each. */
export const missingSecrets = (devices: readonly Device[]): Promise<readonly string[]> =>
  secretProblems(devices, { canAsk: canAsk() });

/** What the secrets of these devices refer to must be there before the first one is connected. @throws UsageError. */
export async function refuseMissingSecrets(devices: readonly Device[]): Promise<void> {
  const problems = await missingSecrets(devices);
  if (problems.length === 0) return;
  const more = problems.length > SHOWN ? [`… and ${problems.length - SHOWN} more`] : [];
  throw new UsageError(['these secrets cannot be had:', ...problems.slice(0, SHOWN), ...more].join('\n'));
}
