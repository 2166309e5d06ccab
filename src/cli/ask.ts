import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { UsageError } from './exit-codes.js';

/** Thrown when the person at the terminal gives up a question with Ctrl-C or Ctrl-D. */
export class GaveUpError extends Error {
  override readonly name = 'GaveUpError';
}

/** True when somebody is there to be asked. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/**
 * Asks on the terminal, without showing what is typed unless `echo`.
 * @throws UsageError without a terminal; GaveUpError, also when the signal aborts.
 */
export async function askAtTerminal(
  question: string,
  { echo = false, signal }: { readonly echo?: boolean; readonly signal?: AbortSignal } = {},
): Promise<string> {
  if (!canAsk()) {
    throw new UsageError('there is no terminal to ask for a password; set ROLLCALL_PASSWORD (and ROLLCALL_SECRET)');
  }
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: echo ? process.stderr : nowhere, terminal: true });
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      lines.once('SIGINT', () => reject(new GaveUpError('interrupted', { cause: 'SIGINT' })));
      lines.once('close', () => reject(new GaveUpError('no answer')));
      if (signal?.aborted) lines.close();
      else signal?.addEventListener('abort', () => lines.close(), { once: true });
    });
  } finally {
    lines.close();
    if (!echo) process.stderr.write('\n');
  }
}
