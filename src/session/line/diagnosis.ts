import { matchPrompt, type Platform } from '../../platforms/index.js';
import { anyOf } from './patterns.js';

/** What a device waits for, or does, when an answer fails to come. */
export type Stall = 'pager' | 'question' | 'password prompt' | 'other prompt' | 'silence' | 'closed';

/** What an error of a conversation tells beside its message; secrets are in none of it. */
export interface StallDetails extends Readonly<Record<string, string>> {
  readonly expected: string;
  readonly stall: Stall;
  /** The end of what the device said, as rendered. */
  readonly lastReceived: string;
}

/** What looks like a prompt of something else: a shell, a boot loader, another device. */
const PROMPT_LIKE = /[>#$%\]]\s?$/;

/** Pagers that are known everywhere, for platforms whose data does not name theirs. */
const PAGER_LIKE = /--\s?More\s?--|<-+ ?More ?-+>|press (?:any|the space|enter)|\(q\)uit|lines \d+-\d+/i;

const PASSWORD_LIKE = /(?:password|passphrase|passcode)[^:]*:\s*$/i;

const QUESTION_LIKE =
  /(?:\?\s*(?:[[(][^\])]*[\])])?\s*:?|[[(](?:y(?:es)?\/n(?:o)?|confirm)[^\])]*[\])]\s*:?|\S:\s)\s*$/i;

/** Tells from the line that the cursor is on what a device most likely waits for; a line cut in its middle is silence. */
export function diagnose(platform: Platform, line: string, lineAbove = ''): Exclude<Stall, 'closed'> {
  if (line.trim() === '') return 'silence';
  if (anyOf(platform.pager.map(({ prompt }) => prompt)).test(line) || PAGER_LIKE.test(line)) return 'pager';
  if (anyOf([platform.login.password]).test(line) || PASSWORD_LIKE.test(line)) return 'password prompt';
  if (anyOf(platform.questions).test(line) || QUESTION_LIKE.test(line)) return 'question';
  if (matchPrompt(platform, line, lineAbove) !== undefined || PROMPT_LIKE.test(line)) return 'other prompt';
  return 'silence';
}
