import { matchPrompt, type Platform } from '../platforms/index.js';
import { anyOf } from './patterns.js';

/** What the last thing was that a device said before an answer failed to come. */
export type Stall = 'pager' | 'question' | 'password prompt' | 'other prompt' | 'silence' | 'text';

/** Tells from the line that the cursor is on what a device most likely waits for. */
export function diagnose(platform: Platform, line: string): Stall {
  if (line.trim() === '') return 'silence';
  if (anyOf(platform.pager.map(({ prompt }) => prompt)).test(line)) return 'pager';
  if (anyOf([platform.login.password]).test(line)) return 'password prompt';
  if (anyOf(platform.questions).test(line)) return 'question';
  if (matchPrompt(platform, line) !== undefined || /[>#$%]\s?$/.test(line)) return 'other prompt';
  return 'text';
}
