import { didYouMean, quote } from '../../base/index.js';
import { csvText, type Device, OWN_KEYS, pathsOf, textsOf } from '../../inventory/index.js';
import { EXIT, UsageError } from '../exit-codes.js';
import { clean, jsonLine } from '../output/clean.js';
import { type SelectionFlags, selected, table, warn } from './selected.js';

export interface ListFlags extends SelectionFlags {
  readonly columns?: string;
  readonly format: 'text' | 'json' | 'ndjson' | 'csv';
}

const COLUMNS = ['name', 'host', 'platform', 'transport', 'groups'];

/** How many devices are asked for the keys that there are, when a column has a name that none of them has. */
const MOST_ASKED = 1000;

/** `rollcall inventory list`: returns the exit code. @throws InventoryError, UsageError, OptionError. */
export async function listInventory(flags: ListFlags): Promise<number> {
  const { inventory, devices, warnings } = await selected(flags);
  const columns = columnsOf(flags, inventory.devices);
  warn(warnings);
  process.stdout.write(textOf(devices, columns, flags));
  return EXIT.ok;
}

function textOf(devices: readonly Device[], columns: readonly Column[], { format }: ListFlags): string {
  const names = columns.map(({ name }) => name);
  const rows = (): string[][] => devices.map((device) => columns.map(({ read }) => read(device).join(', ')));
  switch (format) {
    case 'csv':
      return csvText({ header: names, rows: rows().map((row) => row.map(clean)) });
    case 'ndjson':
      return devices.map((device) => `${jsonLine(recordOf(device))}\n`).join('');
    case 'json':
      return `[${devices.map((device) => `\n  ${jsonLine(recordOf(device))}`).join(',')}\n]\n`;
    default:
      return table([names.map((name) => name.toUpperCase()), ...rows().map((row) => row.map((cell) => cell || '-'))]);
  }
}

/** A device as programs read it: no secret is in it. */
function recordOf({ name, host, port, platform, transport, username, groups, data, source }: Device): unknown {
  const device = { name, host, port: port ?? null, platform, transport, username: username ?? null };
  return { schema: 1, ...device, groups: groups ?? [], data: data ?? {}, source: source ?? null };
}

interface Column {
  readonly name: string;
  readonly read: (device: Device) => readonly string[];
}

function columnsOf({ columns: given, format }: ListFlags, devices: readonly Device[]): readonly Column[] {
  if (given === undefined) return COLUMNS.map((name) => ({ name, read: textsOf(name) }));
  if (format === 'json' || format === 'ndjson') {
    throw new UsageError(`--columns goes with --format text or csv; ${format} has all that there is`);
  }
  const names = given.split(',').map((name) => name.trim());
  if (names.includes('')) throw new UsageError('--columns takes names with commas between them: name,host,site');
  return names.map((name) => {
    const read = textsOf(name);
    if (OWN_KEYS.includes(name) || devices.some((device) => read(device).length > 0)) return { name, read };
    const known = new Set([
      ...OWN_KEYS,
      'groups',
      ...devices.slice(0, MOST_ASKED).flatMap(({ data }) => pathsOf(data)),
    ]);
    throw new UsageError(`--columns: no device has ${quote(name)}${didYouMean(name, known)}`);
  });
}
