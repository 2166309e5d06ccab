import { randomBytes } from 'node:crypto';
import type { Conversation } from '../line/conversation.js';

/** Returns the line with a new name in place of `{session}`, for a candidate configuration that has one. */
export function newSession({ entered }: Conversation, line: string): string {
  if (!line.includes('{session}')) return line;
  const session = `rollcall-${randomBytes(4).toString('hex')}`;
  if (entered !== undefined) entered.session = session;
  return line.replaceAll('{session}', session);
}

/** Returns the line with the name of the candidate that was entered last. */
export function withSession({ entered }: Conversation, line: string): string {
  return line.replaceAll('{session}', entered?.session ?? 'rollcall');
}
