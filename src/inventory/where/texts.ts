import type { Device } from '../device.js';
import { defaultPort } from '../names.js';

type Read = (device: Device) => unknown;

/** The keys that are no data, with what netmiko's and Ansible's users call them. */
const OWN: Readonly<Record<string, Read>> = {
  name: ({ name }) => name,
  host: ({ host }) => host,
  ip: ({ host }) => host,
  platform: ({ platform }) => platform,
  device_type: ({ platform }) => platform,
  transport: ({ transport }) => transport,
  port: ({ port, transport }) => port ?? defaultPort(transport),
  username: ({ username }) => username,
  group: ({ groups }) => groups,
  groups: ({ groups }) => groups,
};

/** The keys of every device, without their second names. */
export const OWN_KEYS: readonly string[] = ['name', 'host', 'platform', 'transport', 'port', 'username', 'group'];

const DATA = 'data.';

/** Returns a function that reads the texts that a device has under a key: none, one, or those of a list. */
export function textsOf(key: string): (device: Device) => readonly string[] {
  const own = Object.hasOwn(OWN, key) ? OWN[key] : undefined;
  if (own !== undefined) return (device) => texts(own(device));
  const path = key.startsWith(DATA) ? key.slice(DATA.length) : key;
  return ({ data }) => (data === undefined ? [] : valuesAt(data, path).flatMap(texts));
}

/** The values at the end of a path; through a list it leads by each of the items. */
function valuesAt(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => valuesAt(item, path));
  if (!isMapping(value)) return [];
  // A key may have a dot of its own.
  if (Object.hasOwn(value, path)) return [value[path]];
  const dot = path.indexOf('.');
  const first = path.slice(0, dot);
  return dot === -1 || !Object.hasOwn(value, first) ? [] : valuesAt(value[first], path.slice(dot + 1));
}

/** Of a mapping its keys count, so that `tags=prod` finds `tags: { prod: true }`; of a secret nothing does. */
function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(texts);
  return isMapping(value) ? Object.keys(value) : [];
}

/** The paths of the data that lead to texts, without an end for an endless one. */
export function pathsOf(value: unknown, most = 5): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => pathsOf(item, most));
  if (!isMapping(value) || most === 0) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    key,
    ...pathsOf(inner, most - 1).map((path) => `${key}.${path}`),
  ]);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
