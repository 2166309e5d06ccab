import type { Platform } from '../../platforms/index.js';
import type { Conversation } from '../line/conversation.js';
import { isConfiguration, isReachable, isRest } from '../modes/mode-graph.js';

/** Every mode of configuration, the usual one first. */
const MODES = ['config', 'config-exclusive', 'config-private'];

/** Whether lines that are typed in a mode wait for a commit. */
export function isCandidate({ commit, ...platform }: Platform, mode: string): boolean {
  if (commit === undefined || isRest(platform, mode)) return false;
  if (commit.modes !== undefined) return commit.modes.includes(mode);
  // Where the commit has a mode of its own, lines in others take effect at once.
  return commit.in === undefined || isRest(platform, commit.in) || commit.in === mode;
}

/**
 * Returns the mode in which configuration is typed when nobody names one: the one that the session is in, or the first
 * that can be reached from there; undefined where the platform has none.
 */
export function configurationMode({ platform, prompt }: Conversation, forCommit: boolean): string | undefined {
  const fits = (mode: string): boolean => !forCommit || isCandidate(platform, mode);
  if (isConfiguration(prompt.mode) && !isRest(platform, prompt.mode) && fits(prompt.mode)) return prompt.mode;
  const more = Object.keys(platform.modes).filter((mode) => isConfiguration(mode) && !MODES.includes(mode));
  const reachable = [...MODES, ...more].filter(
    (mode) => platform.modes[mode] !== undefined && isReachable(platform, prompt.mode, mode),
  );
  return reachable.find(fits);
}
