import { stringify } from 'yaml';
import type { TaskRecord } from '../../runner/index.js';
import { clean } from './clean.js';

/** What a device's task returned, as YAML under its name; `done` where it returned nothing, and nothing where it failed. */
export function taskText({ device, status, value }: TaskRecord): string {
  if (value === null) return status === 'ok' ? clean(`${device.replaceAll('\n', ' ')}: done\n`) : '';
  // Long lines stay lines: they are searched and compared.
  return clean(stringify({ [device]: value }, { lineWidth: 0, aliasDuplicateObjects: false }));
}
