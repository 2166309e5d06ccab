import { secretLineBlanker } from '../../base/index.js';
import { loadPlatform, type Platform, platformNames, secretLinesOf } from '../../platforms/index.js';

/** Returns the text with `[secret]` in the place of what its lines hold by the rules of every platform, and of this one. */
export function withoutSecretLines(text: string, platform: Pick<Platform, 'secretLines'> = {}): string {
  return secretLineBlanker(secretLinesOf(platform))(text);
}

/** Returns what does so with many texts of a platform, one of the user's own included; of one without a name by the rules of all. */
export function withoutSecretLinesOf(name: string, own: readonly Platform[] = []): (text: string) => string {
  const known = own.find((one) => one.name === name);
  const platform = known ?? (platformNames().includes(name) ? loadPlatform(name) : {});
  return secretLineBlanker(secretLinesOf(platform));
}
