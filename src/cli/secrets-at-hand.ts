import { secretProblems } from '../credentials/index.js';
import { type LoadInventoryOptions, loadInventory } from '../index.js';
import type { Device, Inventory } from '../inventory/index.js';
import { askAtTerminal, canAsk } from './ask.js';
import { UsageError } from './exit-codes.js';
import { clean } from './output/clean.js';

/** How many problems an error tells. */
const SHOWN = 5;

/** Loads an inventory; somebody at the terminal is asked for the passphrase of one that is encrypted with one. */
export function loadAtTerminal(
  path: string | readonly string[] | undefined,
  options: Pick<LoadInventoryOptions, 'platforms' | 'format'>,
): Promise<Inventory> {
  const ask = ({ prompt }: { readonly prompt: string }): Promise<string> => askAtTerminal(clean(`${prompt} `));
  return loadInventory(path, { ...options, ...(canAsk() ? { ask } : {}) });
}

/** What the secrets of these devices refer to must be there before the first one is connected. @throws UsageError. */
export async function refuseMissingSecrets(devices: readonly Device[]): Promise<void> {
  const problems = await secretProblems(devices, { canAsk: canAsk() });
  if (problems.length === 0) return;
  const more = problems.length > SHOWN ? [`… and ${problems.length - SHOWN} more`] : [];
  throw new UsageError(['these secrets cannot be had:', ...problems.slice(0, SHOWN), ...more].join('\n'));
}
