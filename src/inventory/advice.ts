import { quote } from '../base/index.js';
import type { Device, Inventory } from './device.js';

/** How many of the same kind are named. */
const MOST_NAMED = 5;

/** Tells what in a sound inventory is likely a mistake: groups without devices, one name for two things, one address twice. */
export function adviceOn({ devices, groups }: Inventory): readonly string[] {
  const inUse = new Set(devices.flatMap((device) => device.groups ?? []));
  const idle = groups.filter(({ name }) => !inUse.has(name)).map(({ name }) => quote(name));
  const names = new Set(groups.map(({ name }) => name));
  const both = devices.filter(({ name }) => names.has(name)).map(({ name }) => quote(name));
  return [
    ...(idle.length === 0 ? [] : [`no device is in ${listed(idle, 'group')}`]),
    ...(both.length === 0 ? [] : [`a device and a group have the same name, and --where finds both: ${listed(both)}`]),
    ...sameAddress(devices),
  ];
}

function sameAddress(devices: readonly Device[]): readonly string[] {
  const first = new Map<string, string>();
  const found: string[] = [];
  for (const { name, host, port, transport, context, terminalServer } of devices) {
    if (transport === 'process' || terminalServer?.command !== undefined) continue;
    const id = JSON.stringify([host, port, transport, context]);
    const before = first.get(id);
    if (before === undefined) first.set(id, name);
    else found.push(`${quote(before)} and ${quote(name)}`);
  }
  return found.length === 0 ? [] : [`two devices have the same address: ${listed(found)}`];
}

function listed(names: readonly string[], noun?: string): string {
  const shown = names.slice(0, MOST_NAMED).join(', ');
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return noun === undefined ? `${shown}${more}` : `${noun}${names.length === 1 ? '' : 's'} ${shown}${more}`;
}
