import { didYouMean, RollcallError } from '../base/index.js';
import { findEntry, platformNames } from './catalogue.js';
import type { Platform } from './platform.js';

/** Returns the platform of that name. @throws RollcallError (`unknown_platform`) with the nearest names. */
export function loadPlatform(name: string): Platform {
  const entry = findEntry(String(name));
  if (entry !== undefined) return entry.platform;
  throw new RollcallError(
    'unknown_platform',
    `unknown platform '${name}'${didYouMean(name, platformNames()) || '; `rollcall platforms list` prints those that there are'}`,
  );
}
