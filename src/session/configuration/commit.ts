import { checkKind, got, OptionError, RollcallError } from '../../base/index.js';
import {
  type ActionData,
  type CommitData,
  type ConfirmedData,
  matchPrompt,
  type Platform,
} from '../../platforms/index.js';
import type { Response } from '../commands/response.js';
import { type Conversation, checkLine } from '../line/exchange.js';
import { isRest } from '../modes/mode-graph.js';
import { enterMode, leaveMode, type ModeOptions } from '../modes/privilege.js';
import { act } from './action.js';
import { configurationMode } from './candidate.js';
import { awaitConfirmation, confirmInTime, noConfirmation } from './confirmation.js';

export interface CommitOptions {
  /** Kept by the device with the commit. */
  readonly comment?: string | undefined;
  /** Only has the device look whether the candidate could be committed. */
  readonly check?: boolean | undefined;
  /**
   * On a platform whose candidate is everybody's: commits also what others have changed. Default: only one's own part,
   * where the platform can tell.
   */
  readonly all?: boolean | undefined;
  /** After so many seconds the device takes the commit back, unless `confirmCommit` comes before; at least 1. */
  readonly confirmedSeconds?: number | undefined;
}

/** The names of its options. */
export const COMMIT_OPTIONS = ['comment', 'check', 'all', 'confirmedSeconds'] satisfies (keyof CommitOptions)[];

interface Plan {
  readonly action: ActionData;
  readonly line: string;
  /** Whether the session stays in the mode of configuration afterwards. */
  readonly stays: boolean;
  /** How long the device waits for a confirmation. */
  readonly heldMs?: number;
}

/** Returns the error for what a platform does not have. */
export function notSupported(platform: Platform, what: string): RollcallError {
  return new RollcallError('not_supported', `${platform.name} has no ${what}`, { phase: 'configure' });
}

/** Checks a commit before anything is sent. @throws OptionError, RollcallError (`not_supported`). */
export function checkCommit(platform: Platform, options: CommitOptions): void {
  planOf(platform, options);
}

/**
 * Commits the candidate configuration; afterwards the session is at rest, but after a failure, a check, or a commit that
 * waits for its confirmation it stays in the mode of configuration.
 * @throws OptionError, RollcallError (`not_supported`), what `act` throws.
 */
export async function commit(conversation: Conversation, options: CommitOptions, how: ModeOptions): Promise<Response> {
  const { platform } = conversation;
  const plan = planOf(platform, options);
  const user = matchPrompt(platform, conversation.prompt.text, conversation.prompt.above)?.user ?? how.username ?? '';
  const { host } = conversation.prompt;
  const response = await perform(conversation, { ...plan, line: plan.line.replace('{user}', () => user) }, how);
  if (response.ok && plan.heldMs !== undefined) awaitConfirmation(conversation, plan.heldMs, host);
  // A plain commit confirms the one that waits, or comes after it was taken back.
  else if (response.ok && !plan.stays) noConfirmation(conversation);
  const confirm = platform.commit?.confirm;
  if (!response.ok || plan.stays || confirm === undefined) return response;
  // Some devices take every commit back unless it is confirmed.
  const confirmed = await perform(conversation, { action: confirm, line: confirm.send, stays: false }, how);
  return confirmed.ok ? response : { ...response, ok: false, refusal: confirmed.refusal ?? 'it was not confirmed' };
}

/**
 * Makes a commit final that would be taken back otherwise; not ok, and nothing sent, when the time for it is over.
 * @throws what `commit` throws.
 */
export async function confirmCommit(conversation: Conversation, how: ModeOptions): Promise<Response> {
  const action = dataOf(conversation.platform).confirmed?.confirm;
  if (action === undefined) throw notSupported(conversation.platform, 'commit that waits for a confirmation');
  return confirmInTime(conversation, action.send, () =>
    perform(conversation, { action, line: action.send, stays: false }, how),
  );
}

/** Drops the candidate configuration. @throws what `commit` throws. */
export async function discard(conversation: Conversation, how: ModeOptions): Promise<Response> {
  const action = dataOf(conversation.platform).discard;
  if (action === undefined) throw notSupported(conversation.platform, 'command that drops a candidate configuration');
  return perform(conversation, { action, line: action.send, stays: false }, how);
}

async function perform(conversation: Conversation, { action, line, stays }: Plan, how: ModeOptions): Promise<Response> {
  const { platform, prompt } = conversation;
  const wanted = action.in ?? (isRest(platform, prompt.mode) ? configurationMode(conversation, true) : undefined);
  await enterMode(conversation, wanted ?? prompt.mode, how);
  const response = await act(conversation, action, { phase: 'configure', idleMs: how.idleMs, line });
  if (response.ok && !stays) await leaveMode(conversation, how);
  return response;
}

function dataOf(platform: Platform): CommitData {
  if (platform.commit === undefined) throw notSupported(platform, 'commit: each line takes effect at once');
  return platform.commit;
}

function planOf(platform: Platform, { comment, check = false, all = false, confirmedSeconds }: CommitOptions): Plan {
  const data = dataOf(platform);
  checkKind('check', check, 'boolean');
  checkKind('all', all, 'boolean');
  if ([comment !== undefined, check, confirmedSeconds !== undefined].filter(Boolean).length > 1) {
    throw new OptionError('comment, check and confirmedSeconds cannot be combined: give one of them', {
      phase: 'configure',
    });
  }
  if (check) {
    if (data.check === undefined) throw notSupported(platform, 'check of a commit');
    return { action: data.check, line: data.check.send, stays: true };
  }
  if (confirmedSeconds !== undefined) {
    if (data.confirmed === undefined) throw notSupported(platform, 'commit that waits for a confirmation');
    const line = confirmedLine(data.confirmed, confirmedSeconds);
    return { action: data.confirmed, line, stays: true, heldMs: heldMs(data.confirmed.unit, confirmedSeconds) };
  }
  if (comment === undefined) return { action: data, line: all ? data.send : (data.own ?? data.send), stays: false };
  if (data.own !== undefined && !all) {
    throw new OptionError('a comment needs all: true here: the device comments only on the commit of everybody', {
      phase: 'configure',
    });
  }
  if (data.comment === undefined) throw notSupported(platform, 'comment to a commit');
  return { action: data, line: commentedLine(platform, data.comment, comment), stays: false };
}

function commentedLine(platform: Platform, line: string, comment: string): string {
  if (typeof comment !== 'string' || comment.trim() === '') {
    throw new OptionError(`comment must be a text; got ${got(comment)}`, { phase: 'configure' });
  }
  // A quote in it would end it, and the rest would be read as something else.
  if (line.includes('"') && /["\\]/.test(comment)) {
    throw new OptionError('comment cannot hold a double quote or a backslash on this platform', { phase: 'configure' });
  }
  const whole = line.replace('{comment}', () => comment);
  checkLine(whole, platform, 'configure');
  return whole;
}

function confirmedLine({ send, unit }: ConfirmedData, seconds: number): string {
  if (!Number.isSafeInteger(seconds) || seconds < 1) {
    throw new OptionError(`confirmedSeconds must be a whole number of seconds, at least 1; got ${got(seconds)}`, {
      phase: 'configure',
    });
  }
  return send.replace('{time}', timeIn(unit, seconds));
}

const heldMs = (unit: ConfirmedData['unit'], seconds: number): number =>
  (unit === 'minutes' ? Math.ceil(seconds / 60) * 60 : seconds) * 1000;

/** Rounded up: a device must not take a commit back before the caller expects it. */
function timeIn(unit: ConfirmedData['unit'], seconds: number): string {
  if (unit === 'seconds') return String(seconds);
  if (unit === 'minutes') return String(Math.ceil(seconds / 60));
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return [seconds / 3600, (seconds % 3600) / 60, seconds % 60].map(two).join(':');
}
