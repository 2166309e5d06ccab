import type { Device } from '../inventory/index.js';
import { AUTODETECT, checkReadOnly } from '../session/index.js';
import { UsageError } from './exit-codes.js';
import type { Selection } from './gather-fleet.js';

/** Makes the record of a result as `record` does, and says in it where a run could only read. */
export const marked =
  <A extends unknown[], R>(
    { readOnly }: { readonly readOnly?: boolean | undefined },
    record: (...result: A) => R,
  ): ((...result: A) => R) =>
  (...result) => ({ ...record(...result), ...(readOnly === true ? { readOnly } : {}) });

/** How many devices an error names. */
const SHOWN_DEVICES = 5;

/**
 * Refuses what `--read-only` does not send, before anything is connected. A platform that is yet to be found says it when
 * it is. @throws UsageError that names the command and the devices.
 */
export function refuseHarm(
  commandsOf: (device: Device) => readonly string[],
  { devices, platforms }: Pick<Selection, 'devices' | 'platforms'>,
): void {
  const about = new Map<string, { readonly command: string; readonly platform: string; readonly names: string[] }>();
  for (const device of devices) {
    const { name, platform } = device;
    if (platform === AUTODETECT) continue;
    for (const command of commandsOf(device)) {
      const key = `${platform} ${command}`;
      const known = about.get(key);
      if (known === undefined) about.set(key, { command, platform, names: [name] });
      else known.names.push(name);
    }
  }
  const wrong = [...about.values()].flatMap(({ command, platform, names }) => {
    const problem = problemOf(command, platform, platforms);
    return problem === undefined ? [] : [`${problem} (${some(names)})`];
  });
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
