import { blankSecretLine } from '../../base/index.js';
import { type Platform, secretLinesOf } from '../../platforms/index.js';

/** Returns the text with `[secret]` in the place of what its lines hold by the rules of every platform, and of this one. */
export function withoutSecretLines(text: string, platform: Pick<Platform, 'secretLines'> = {}): string {
  const rules = secretLinesOf(platform);
  return text
    .split('\n')
    .map((line) => blankSecretLine(line, rules))
    .join('\n');
}
