import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { JournalError } from './errors.js';
import { journalName } from './format.js';
import { forgetHolder, holderOf } from './holder.js';
import { runIds } from './list.js';

/** Which journals stay. Without any of them all go. */
export interface Retention {
  /** The newest so many; `all` of them. */
  readonly keep?: number | 'all' | undefined;
  /** Those younger than this, in milliseconds. */
  readonly youngerThanMs?: number | undefined;
}

interface PruneOptions {
  /** Only tells. */
  readonly dryRun?: boolean;
  readonly now?: number;
  /** The id of one that stays in any case: the run that prunes, also where a clock that was ahead has made others newer. */
  readonly spare?: string | undefined;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** What applies where nobody says anything: the newest 200, and all of the last 7 days. */
export const DEFAULT_RETENTION: Retention = { keep: 200, youngerThanMs: 7 * DAY_MS };

/**
 * Removes the journals of runs that need not stay, and returns their ids; `dryRun` only tells. One that is being written
 * stays in any case. @throws JournalError where one cannot be removed.
 */
export function pruneRuns(
  directory: string,
  { keep = 0, youngerThanMs = 0, dryRun = false, now = Date.now(), spare }: Retention & PruneOptions = {},
): readonly string[] {
  if (keep === 'all') return [];
  const gone: string[] = [];
  for (const id of runIds(directory).slice(keep)) {
    const path = join(directory, journalName(id));
    // One of a clock that was ahead has no age: it would be younger than nothing.
    const isYoung = youngerThanMs > 0 && now - startOf(id) < youngerThanMs;
    if (isYoung || id === spare || holderOf(path) !== undefined) continue;
    if (!dryRun) remove(path);
    gone.push(id);
  }
  return gone;
}

/** When a run began, by its id: to the second. */
function startOf(id: string): number {
  const [, date = '', time = ''] = /^(\d{8})T(\d{6})Z/.exec(id) ?? [];
  const day = date.replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3');
  return Date.parse(`${day}T${time.replace(/(\d\d)(\d\d)(\d\d)/, '$1:$2:$3')}Z`);
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    const why = (error as Error).message;
    throw new JournalError(`cannot remove the journal ${path}: ${why}`, { code: 'journal_lost', cause: error });
  }
  // What a killed process has left beside it.
  forgetHolder(path);
  rmSync(`${path}.lock`, { force: true });
}
