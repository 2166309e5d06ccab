import { didYouMean, quote } from '../../base/index.js';
import { type Device, flatKeys, type Origin, originsOf } from '../../inventory/index.js';
import { EXIT, UsageError } from '../exit-codes.js';
import { jsonLine } from '../output/clean.js';
import { type SelectionFlags, selected, table, warn } from './selected.js';

export interface ShowFlags extends SelectionFlags {
  readonly format: 'text' | 'json';
}

/** A value of the device, and where it was written; `default` is said by nobody. */
interface Shown {
  readonly key: string;
  readonly value: unknown;
  readonly from: Origin['from'] | 'default';
  readonly group: string | null;
  readonly file: string | null;
  readonly line: number | null;
  /** Where it stands in what a program gave. */
  readonly path: string | null;
}

/** `rollcall inventory show`: one device in full. @throws InventoryError, UsageError for a name that there is not. */
export async function showDevice(name: string, flags: ShowFlags): Promise<number> {
  const { devices, parts, warnings } = await selected(flags);
  const device = devices.find((one) => one.name === name);
  const part = parts.find(({ inventory }) => inventory.devices.some((one) => one.name === name));
  if (device === undefined && part !== undefined)
    throw new UsageError(`${quote(name)} is there, and does not fit --where`);
  if (device === undefined || part === undefined) {
    const known = devices.slice(0, MOST_COMPARED).map((one) => one.name);
    const near = didYouMean(name, known);
    throw new UsageError(
      `no device ${quote(name)}${near || '; `rollcall inventory list` prints those that there are'}`,
    );
  }
  warn(warnings);
  const values = valuesOf(device, originsOf(name, part));
  const { groups = [], source } = device;
  if (flags.format === 'json') {
    process.stdout.write(`${jsonLine({ schema: 1, name, groups, source: source ?? null, values })}\n`);
    return EXIT.ok;
  }
  const place = source === undefined ? '' : `  ${source.file}:${source.line}`;
  const rows = values.map((one) => [`  ${one.key}`, written(one.value), whence(one)]);
  process.stdout.write(table([[`${name}${place}`]]) + table([['  groups', groups.join(', ') || '-', ''], ...rows]));
  return EXIT.ok;
}

/** Names are compared letter by letter: that is for some thousands of them. */
const MOST_COMPARED = 5000;

function valuesOf(device: Device, origins: ReadonlyMap<string, Origin>): readonly Shown[] {
  const keys = Object.entries(flatKeys(device));
  const data = device.data === undefined ? [] : leaves(device.data, 'data');
  return [...keys, ...data].map(([key, value]) => {
    // The suffix of a device type says the transport as well.
    const typed = key === 'transport' && value !== 'ssh' ? origins.get('device_type') : undefined;
    const { from = 'default', group = null, file = null, line = null, path = null } = origins.get(key) ?? typed ?? {};
    return { key, value, from, group, file, line, path };
  });
}

function leaves(data: Readonly<Record<string, unknown>>, path: string): [string, unknown][] {
  return Object.entries(data).flatMap(([key, value]): [string, unknown][] => {
    const under = `${path}.${key}`;
    const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
    const inside = isMapping ? leaves(value as Readonly<Record<string, unknown>>, under) : [];
    return inside.length === 0 ? [[under, value]] : inside;
  });
}

/** A text as it is, and what has parts as JSON; a secret writes itself as `[secret]`. */
function written(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value).replace(/^"(.*)"$/, '$1');
}

function whence({ from, group, file, line, path }: Shown): string {
  if (from === 'default') return '(default)';
  const place = line === null ? `${file} ${path ?? ''}`.trimEnd() : `${file}:${line}`;
  return `${place}${from === 'device' ? '' : ` (${group ?? from})`}`;
}
