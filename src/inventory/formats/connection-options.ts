import { ownPlatform } from '../foreign-platforms.js';
import { type Entry, look } from '../node.js';
import { entryOf, renamed, textNode, textOf } from './nodes.js';

/** Keys of nornir's hosts, groups, defaults and connection options, and ours. */
const ELEMENT_KEYS: ReadonlyMap<string, string> = new Map([
  ['hostname', 'host'],
  ['port', 'port'],
  ['username', 'username'],
  ['password', 'password'],
  ['platform', 'platform'],
]);

/** The connection plugins whose options tell of a session on the command line, the first that is there counts. */
export const PLUGINS = ['netmiko', 'scrapli', 'napalm'] as const;
export type Plugin = (typeof PLUGINS)[number];

/**
 * scrapli's arguments that have a meaning here.
 * Source: `scrapli.driver.base.base_driver.BaseDriver` and `NetworkDriver`, their parameters.
 */
const SCRAPLI_KEYS: ReadonlyMap<string, string> = new Map([
  ['auth_secondary', 'secret'],
  ['auth_private_key', 'key_file'],
  ['auth_private_key_passphrase', 'passphrase'],
  ['timeout_socket', 'conn_timeout'],
  ['timeout_ops', 'read_timeout_override'],
  ['ssh_config_file', 'ssh_config_file'],
  ['transport', 'transport'],
]);

/** NAPALM's `optional_args` that are about a session on the command line; its port is often that of an API. */
const NAPALM_KEYS: ReadonlyMap<string, string> = new Map([
  ['secret', 'secret'],
  ['key_file', 'key_file'],
  ['ssh_config_file', 'ssh_config_file'],
  ['read_timeout_override', 'read_timeout_override'],
]);

/** Returns an entry of an element under our key; undefined for a key that nornir does not have. */
export function elementEntry(entry: Entry): Entry | undefined {
  const key = ELEMENT_KEYS.get(entry.key);
  if (key === undefined) return undefined;
  return key === 'platform' ? withPlatform(entry) : renamed(entry, key);
}

/** Returns `platform` with our name for the one that stands there. */
export function withPlatform(entry: Entry): Entry {
  const name = textOf(entry.value);
  const own = name === undefined ? undefined : ownPlatform(name);
  const value = own === undefined || own === name ? entry.value : textNode(own, entry.valueAt);
  return { ...entry, key: 'platform', value };
}

/** Returns what the options of a plugin say of themselves, apart from its `extras`. */
export function optionEntries(entries: readonly Entry[], plugin: Plugin): readonly Entry[] {
  return entries.flatMap((entry) => {
    // NAPALM's port may be that of NETCONF or of an API.
    if (plugin === 'napalm' && entry.key === 'port') return [];
    const own = look(entry.value).kind === 'nothing' ? undefined : elementEntry(entry);
    return own === undefined ? [] : [own];
  });
}

/** Returns what `extras` says, under our keys. */
export function extrasEntries(extras: readonly Entry[], plugin: Plugin): readonly Entry[] {
  if (plugin === 'netmiko') return extras;
  if (plugin === 'scrapli') return extras.flatMap(ofScrapli);
  const optional = extras.find(({ key }) => key === 'optional_args');
  const seen = look(optional?.value ?? null);
  return seen.kind === 'map' ? translated(seen.entries, NAPALM_KEYS) : [];
}

function ofScrapli(entry: Entry): readonly Entry[] {
  const [own] = translated([entry], SCRAPLI_KEYS);
  if (own === undefined) return [];
  const text = textOf(entry.value)?.toLowerCase();
  // `true` is ssh's own file, which is read in any case.
  if (own.key === 'ssh_config_file' && /^(?:true|false|yes|no|on|off)?$/.test(text ?? '')) return [];
  if (own.key !== 'transport') return [own];
  return [entryOf('transport', textNode(/telnet/.test(text ?? '') ? 'telnet' : 'ssh', entry.valueAt), entry.keyAt)];
}

function translated(entries: readonly Entry[], keys: ReadonlyMap<string, string>): readonly Entry[] {
  return entries.flatMap((entry) => {
    const key = keys.get(entry.key);
    return key === undefined ? [] : [renamed(entry, key)];
  });
}
