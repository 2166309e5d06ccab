import { AbortedError, type RollcallError } from '../../base/index.js';
import type { Conversation } from '../line/conversation.js';
import { leaveMode, type ModeOptions } from '../modes/privilege.js';
import { isCandidate } from './candidate.js';
import { discard } from './commit.js';

/** The last line that a device accepted before its configuration was called off. */
export interface LastAccepted {
  readonly command: string;
  /** Its number, where the lines have one. */
  readonly line?: number;
}

/** Drops what was not committed, and tells whether there was such a thing; the way out of the mode drops the rest. */
export async function dropCandidate(conversation: Conversation, how: ModeOptions): Promise<boolean> {
  const { platform, prompt } = conversation;
  if (!isCandidate(platform, prompt.mode)) return false;
  if (platform.commit?.discard !== undefined) await discard(conversation, how);
  return true;
}

/**
 * Leaves a configuration that was called off in order: nothing that a device has accepted for good is taken back, and a
 * candidate is dropped. Returns the error that says how far it came.
 * @throws what `leaveMode` and `discard` throw.
 */
export async function abandonConfiguration(
  conversation: Conversation,
  how: ModeOptions,
  { home, last }: { readonly home?: string | undefined; readonly last: LastAccepted | undefined },
): Promise<RollcallError> {
  const dropped = await dropCandidate(conversation, how);
  await leaveMode(conversation, how, { home });
  const left = dropped ? 'the candidate configuration was dropped' : 'the mode of configuration was left in order';
  if (last === undefined) {
    return new AbortedError(`cancelled before any line was accepted; ${left}`, { phase: 'configure' });
  }
  const lastAccepted = conversation.channel.redact(last.command.trim());
  const which = last.line === undefined ? `'${lastAccepted}'` : `line ${last.line} ('${lastAccepted}')`;
  return new AbortedError(`cancelled after ${which}, the last that the device accepted; ${left}`, {
    phase: 'configure',
    details: { lastAccepted, ...(last.line === undefined ? {} : { lastAcceptedLine: last.line }) },
  });
}
