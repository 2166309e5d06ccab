import type { SecretLineData } from '../../base/index.js';
import type { Platform } from '../platform.js';
import { sharedSecretLines } from './shared.js';

/** Returns the lines that hold secrets on a platform: those of every one, then its own. */
export function secretLinesOf(platform: Pick<Platform, 'secretLines'>): readonly SecretLineData[] {
  return [...sharedSecretLines, ...(platform.secretLines ?? [])];
}
