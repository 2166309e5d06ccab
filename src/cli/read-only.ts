import { type RunRecord, recordOf } from '../runner/index.js';
import { AUTODETECT, checkReadOnly } from '../session/index.js';
import { UsageError } from './exit-codes.js';
import type { Selection } from './gather-fleet.js';

/** Makes the record of a result, which says where a run could only read. */
export const recordsFor =
  ({ readOnly }: { readonly readOnly?: boolean | undefined }) =>
  (...result: Parameters<typeof recordOf>): RunRecord => ({
    ...recordOf(...result),
    ...(readOnly === true ? { readOnly } : {}),
  });

/** How many devices an error names. */
const SHOWN_DEVICES = 5;

/**
 * Refuses what `--read-only` does not send, before anything is connected. A platform that is yet to be found says it when
 * it is. @throws UsageError that names the command and the devices.
 */
export function refuseHarm(commands: readonly string[], { devices, platforms }: Selection): void {
  const wrong: string[] = [];
  for (const name of new Set(devices.map(({ platform }) => platform))) {
    if (name === AUTODETECT) continue;
    const those = devices.filter(({ platform }) => platform === name).map((device) => device.name);
    for (const command of commands) {
      const problem = problemOf(command, name, platforms);
      if (problem !== undefined) wrong.push(`${problem} (${some(those)})`);
    }
  }
  if (wrong.length > 0) throw new UsageError(wrong.join('\n'));
}

function problemOf(command: string, name: string, platforms: Selection['platforms']): string | undefined {
  try {
    checkReadOnly([command], name, platforms);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function some(names: readonly string[]): string {
  const more = names.length > SHOWN_DEVICES ? ` and ${names.length - SHOWN_DEVICES} more` : '';
  return `${names.slice(0, SHOWN_DEVICES).join(', ')}${more}`;
}
