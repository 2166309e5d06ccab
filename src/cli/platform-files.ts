import { delimiter } from 'node:path';
import { loadPlatformFiles, type Platform } from '../platforms/index.js';

export interface PlatformFlags {
  /** Files and folders of the user's own platforms. */
  readonly platformFile?: readonly string[];
}

/**
 * Loads the user's own platforms: those of the flags, else those of the paths in ROLLCALL_PLATFORMS.
 * @throws PlatformError with every problem and its line.
 */
export function ownPlatforms({ platformFile }: PlatformFlags): readonly Platform[] {
  const fromEnvironment = (process.env.ROLLCALL_PLATFORMS ?? '').split(delimiter).filter((path) => path !== '');
  return loadPlatformFiles(platformFile ?? fromEnvironment).map(({ platform }) => platform);
}
