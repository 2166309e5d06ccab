import type { Device } from '../inventory/index.js';
import { AUTODETECT, checkReadOnly } from '../session/index.js';
import { UsageError } from './exit-codes.js';
import type { Selection } from './gather-fleet.js';
import type { FailedRecord } from './output/text.js';
import type { RunWork } from './run-work.js';

interface ReadOnlyFlags {
  readonly readOnly?: boolean | undefined;
  readonly outputDir?: string | undefined;
}

/** Stands beside the progress of a run that can only read. */
export const readOnlyNote = ({ readOnly }: ReadOnlyFlags) =>
  readOnly ? { text: 'read-only', onChange: (): void => {} } : undefined;

/** The work of a run, whose records say where it can only read. */
export function saidReadOnly<I, T, R extends FailedRecord>(
  work: RunWork<I, T, R>,
  { readOnly }: ReadOnlyFlags,
): RunWork<I, T, R> {
  if (readOnly !== true) return work;
  return { ...work, record: (runId, result) => ({ ...work.record(runId, result), readOnly }) };
}

/** What is printed below the counts of a run. */
export function closingOf({ readOnly, outputDir }: ReadOnlyFlags, written: number | undefined): string | undefined {
  const said = [
    ...(readOnly ? ['read-only: nothing was sent but commands that are known to be harmless'] : []),
    ...(written === undefined ? [] : [`${written} files written to ${outputDir}`]),
  ];
  return said.length === 0 ? undefined : said.join('\n');
}

/** How many devices an error names. */
const SHOWN_DEVICES = 5;

/**
 * Refuses what `--read-only` does not send, before anything is connected. A platform that is yet to be found says it when
 * it is. @throws UsageError that names the commands and the devices.
 */
export function refuseHarm(commandsOf: (device: Device) => readonly string[], { devices, platforms }: Selection): void {
  const known = new Map<string, string | undefined>();
  const wrong = new Map<string, string[]>();
  for (const device of devices) {
    if (device.platform === AUTODETECT) continue;
    for (const command of commandsOf(device)) {
      const key = `${device.platform} ${command}`;
      if (!known.has(key)) known.set(key, problemOf(command, device.platform, platforms));
      const problem = known.get(key);
      if (problem === undefined) continue;
      const names = wrong.get(problem);
      if (names === undefined) wrong.set(problem, [device.name]);
      else names.push(device.name);
    }
  }
  if (wrong.size === 0) return;
  throw new UsageError([...wrong].map(([problem, names]) => `${problem} (${some(names)})`).join('\n'));
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
