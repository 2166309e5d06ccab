import { Secret } from '../../base/index.js';
import type { Device } from '../device.js';
import { flatKeys } from '../flat-keys.js';
import { DEVICE_KEYS } from '../keys.js';

const ORDER: readonly string[] = Object.keys(DEVICE_KEYS);

export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Csv extends CsvTable {
  /** What no cell can hold, each with how many devices have it. */
  readonly leftOut: ReadonlyMap<string, number>;
}

/** Returns the devices as a table of texts, with all that they have from their groups; `data.` begins what is data. */
export function csvOf(devices: readonly Device[], { withSecrets }: { readonly withSecrets: boolean }): Csv {
  const columns = new Set(['name', 'host', 'device_type']);
  const leftOut = new Map<string, number>();
  const secretOf = (secret: Secret): unknown => (withSecrets ? secret.reveal() : {});
  const records = devices.map((device) => {
    const record = new Map<string, string>([['name', device.name]]);
    const { groups = [], data = {} } = device;
    const keys = {
      ...flatKeys(device),
      ...Object.fromEntries(Object.entries(data).map(([key, one]) => [`data.${key}`, one])),
    };
    for (const [key, value] of Object.entries(keys)) {
      const cell = cellOf(Secret.is(value) ? secretOf(value) : value);
      if (cell === undefined) leftOut.set(key, (leftOut.get(key) ?? 0) + 1);
      else if (cell !== '') record.set(key, cell);
    }
    if (groups.length > 0) record.set('groups', groups.join(' '));
    for (const key of record.keys()) columns.add(key);
    return record;
  });
  const header = [...columns].sort((a, b) => rankOf(a) - rankOf(b));
  return { header, rows: records.map((record) => header.map((key) => record.get(key) ?? '')), leftOut };
}

/** The keys of a device in their order, then its groups, then its data. */
function rankOf(column: string): number {
  if (column === 'groups') return ORDER.length;
  const rank = ORDER.indexOf(column);
  return rank === -1 ? ORDER.length + 1 : rank;
}

/** A text for a cell, which has room for one value; undefined where it has not. */
function cellOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return '';
  // A cell without anything in it is no value at all.
  if (value === '') return undefined;
  if (Array.isArray(value) && value.length === 1) return cellOf(value[0]);
  // No table is read that has control characters.
  const isText = typeof value !== 'object' && !/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(String(value));
  return isText ? String(value) : undefined;
}

/** Returns a table as RFC 4180 has it, with the line ends of Unix. */
export function csvText({ header, rows }: CsvTable): string {
  return [header, ...rows].map((row) => `${row.map(quoted).join(',')}\n`).join('');
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$|^#/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
