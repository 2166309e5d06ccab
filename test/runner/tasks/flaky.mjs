import { appendFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { task } from 'rollcall/futures';
import { UnreachableError } from 'rollcall/session';

/**
 * Fails in that way as many times as its device says, and then is ok. The turns are counted in a file: each may be in
 * another thread or process.
 */
export const flaky = task(import.meta.url, 'flaky', async ({ name, fails }, { folder, how }, { tell }) => {
  const file = join(folder, name);
  appendFileSync(file, '.');
  const turns = statSync(file).size;
  tell({ type: 'phase', phase: 'connect' });
  if (turns > fails) return turns;
  if (how === 'unreachable') throw new UnreachableError('unreachable', 'no route', { phase: 'connect' });
  if (how === 'exit later') tell({ type: 'sent', command: 'reload' });
  // What was told has to leave a thread before the thread does.
  await sleep(50);
  return process.exit(7);
});
