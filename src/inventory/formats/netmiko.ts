import { type Entry, look } from '../node.js';
import type { RawDevice, RawInventory } from '../raw.js';
import { type SourceTree, showName, type Telling } from './format.js';
import { kindOf, textOf } from './nodes.js';

const ENCRYPTED = '__encrypt__';
const META = '__meta__';

/**
 * Reads the file of netmiko's command-line tools: devices by name, each with netmiko's arguments, and groups, which are
 * lists of names. Source: `load_netmiko_yml` and `obtain_all_devices` in netmiko 4.8's utilities.py.
 */
export function readNetmiko({ root, base }: SourceTree, { problems }: Telling): RawInventory {
  const seen = look(root);
  if (seen.kind !== 'map') {
    if (seen.kind !== 'broken') {
      problems.report(root?.at ?? base, `expected a mapping with a key for each device (rtr1:), got ${kindOf(seen)}`);
    }
    return { groups: [], devices: [] };
  }
  const entries = seen.entries.filter((entry) => entry.key !== META && !isShared(entry));
  const groupsOf = membership(entries, { problems });
  const devices: RawDevice[] = [];
  for (const entry of entries) {
    const value = look(entry.value);
    if (value.kind === 'map') devices.push(deviceOf(entry, value.entries, groupsOf.get(entry.key) ?? []));
    else if (value.kind === 'text' || value.kind === 'nothing') {
      problems.report(
        entry.valueAt,
        `expected a device (a mapping of netmiko's arguments) or a group (a list of names) here, got ${kindOf(value)}`,
      );
    }
  }
  for (const { entries: own } of devices) for (const entry of own) refuseEncrypted(entry, { problems });
  const groups = entries
    .filter(({ value }) => look(value).kind === 'list')
    .map(({ key, keyAt }) => ({ name: key, at: keyAt, entries: [], parents: [] }));
  return { groups, devices };
}

/** What devices take over with `<<`, and what tools hide, is no device. */
function isShared({ key, value }: Entry): boolean {
  if (/^(?:x-|\.)/.test(key)) return true;
  if (!value?.anchored) return false;
  const seen = look(value);
  return seen.kind === 'map' && !seen.entries.some((entry) => /^(?:host|ip|device_type)$/.test(entry.key));
}

/** The groups that each device is in, in the file's order. */
function membership(entries: readonly Entry[], { problems }: Pick<Telling, 'problems'>) {
  const known = new Map(entries.map((entry) => [entry.key, look(entry.value).kind]));
  const groupsOf = new Map<string, { readonly name: string; readonly at: number }[]>();
  for (const group of entries) {
    const members = look(group.value);
    if (members.kind !== 'list') continue;
    for (const member of members.items) {
      const name = textOf(member);
      const at = member?.at ?? group.valueAt;
      if (name === undefined) problems.report(at, 'expected the name of a device in this group');
      else if (known.get(name) === 'list') {
        problems.report(at, `a group lists devices, and ${showName(name)} is a group; netmiko has no groups of groups`);
      } else if (!known.has(name)) problems.report(at, `no device of this file is called ${showName(name)}`);
      else {
        const before = groupsOf.get(name) ?? [];
        if (!before.some((one) => one.name === group.key)) before.push({ name: group.key, at });
        groupsOf.set(name, before);
      }
    }
  }
  return groupsOf;
}

function deviceOf({ key, keyAt }: Entry, all: readonly Entry[], groups: RawDevice['groups']): RawDevice {
  const data = all.find((entry) => entry.key === 'data');
  const seen = data === undefined ? undefined : look(data.value);
  const ours = seen?.kind === 'map' ? { data: seen.entries } : {};
  return {
    name: key,
    at: keyAt,
    entries: all.filter((entry) => entry !== data || seen?.kind !== 'map'),
    groups,
    ...ours,
  };
}

/** Netmiko's Fernet or AES values need its key; what they are is told, and nothing of them is shown. */
function refuseEncrypted({ key, value, valueAt }: Entry, { problems }: Pick<Telling, 'problems'>): void {
  if (!textOf(value)?.startsWith(ENCRYPTED)) return;
  problems.report(
    valueAt,
    `${key} was encrypted by netmiko-encrypt, which only netmiko can read: write it as { env: NAME }, or leave it out and use --ask-password or ROLLCALL_PASSWORD`,
  );
}
