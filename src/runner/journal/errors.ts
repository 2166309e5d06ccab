import { RollcallError, registerErrorClass } from '../../base/index.js';

/**
 * A journal is not there, cannot be read, or cannot be gone on with (`bad_journal`), or cannot be written (`journal_lost`);
 * the message names it.
 */
export class JournalError extends RollcallError {
  constructor(
    message: string,
    {
      code = 'bad_journal',
      ...context
    }: { readonly code?: 'bad_journal' | 'journal_lost'; readonly cause?: unknown } = {},
  ) {
    super(code, message, context);
  }
}
registerErrorClass(JournalError, 'JournalError');
