import { didYouMean, OptionError, quote } from '../base/index.js';
import type { TransportName } from './device.js';

/** The platforms that a program knows; an inventory is checked against their names. */
export interface PlatformCatalogue {
  readonly names: Iterable<string>;
}

/** What `device_type` says: the platform, the transport where it names one, or what is wrong. */
export type DeviceType = { readonly platform: string; readonly transport?: TransportName } | { readonly wrong: string };

const SUFFIX = /^(.+)_(ssh|telnet|serial)$/;
const MOST_LISTED = 8;
const MANY = '; `rollcall platforms list` prints those that there are, --platform-file names a file of your own';

/**
 * Returns a function that reads netmiko's names for a device type: `cisco_ios`, and with the transport as its suffix
 * `cisco_ios_telnet`. Without a catalogue every name is taken.
 */
export function deviceTypes(catalogue: PlatformCatalogue | undefined): (name: string) => DeviceType {
  const names = catalogue === undefined ? undefined : namesOf(catalogue);
  const known = new Map<string, DeviceType>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const read = readType(name, names);
    known.set(name, read);
    return read;
  };
}

function namesOf(catalogue: PlatformCatalogue): ReadonlySet<string> {
  const { names } = catalogue;
  const set = typeof names === 'object' && names !== null ? new Set(names) : new Set<string>();
  if (set.size > 0 && [...set].every((name) => typeof name === 'string')) return set;
  throw new OptionError('platforms must be { names }, the names of the platforms, at least one');
}

function readType(name: string, names: ReadonlySet<string> | undefined): DeviceType {
  const [, base = name, suffix] = SUFFIX.exec(name) ?? [];
  const platform = names?.has(base) === false && names.has(name) ? name : base;
  if (names?.has(platform) === false) {
    const near = didYouMean(base, names);
    const all = names.size <= MOST_LISTED ? `; known: ${[...names].sort().join(', ')}` : MANY;
    return { wrong: `unknown platform ${quote(base)}${near === '' ? all : near}` };
  }
  return suffix === undefined ? { platform } : { platform, transport: suffix as TransportName };
}
