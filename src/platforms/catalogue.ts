import { didYouMean, RollcallError } from '../base/index.js';
import * as data from './data/index.js';
import type { Platform } from './platform.js';

const PLATFORMS: readonly Platform[] = Object.values(data);

/** Other names of the same platform: those that netmiko gives to it. */
const ALIASES: Readonly<Record<string, string>> = { cisco_xe: 'cisco_ios' };

const byName = new Map(PLATFORMS.map((platform) => [platform.name, platform]));

/** Returns every name that `loadPlatform` takes, sorted. */
export function platformNames(): readonly string[] {
  return [...byName.keys(), ...Object.keys(ALIASES)].sort();
}

/** Returns the platform of that name. @throws RollcallError (`unknown_platform`) with the nearest names. */
export function loadPlatform(name: string): Platform {
  const platform = byName.get(ALIASES[name] ?? name);
  if (platform !== undefined) return platform;
  const names = platformNames();
  throw new RollcallError(
    'unknown_platform',
    `unknown platform '${name}'${didYouMean(name, names) || `; expected one of ${names.join(', ')}`}`,
  );
}
