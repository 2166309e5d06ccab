import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { didYouMean } from '../../base/index.js';
import { JournalError } from './errors.js';
import { JOURNAL_NAME, journalName } from './format.js';
import { isGone, type RunSummary, readSummary } from './read-journal.js';

/** What a folder of journals holds. */
export interface JournalList {
  /** The newest first. */
  readonly runs: readonly RunSummary[];
  /** What is wrong with files that are no use; the message names each. */
  readonly problems: readonly string[];
}

/** Returns the ids of the runs of a folder, the newest first; a folder that is not there has none. @throws JournalError. */
export function runIds(directory: string): readonly string[] {
  try {
    const ids = readdirSync(directory).flatMap((name) => JOURNAL_NAME.exec(name)?.[1] ?? []);
    return ids.sort().reverse();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new JournalError(`cannot read the journals in ${directory}: ${(error as Error).message}`, { cause: error });
  }
}

/** Reads what a folder's journals say of their runs; `limit` is how many, from the newest on. @throws JournalError. */
export function listRuns(directory: string, { limit = Number.POSITIVE_INFINITY } = {}): JournalList {
  const runs: RunSummary[] = [];
  const problems: string[] = [];
  for (const id of runIds(directory)) {
    // Ids of one second say nothing about which was first.
    if (runs.length >= limit && secondOf(id) !== secondOf(runs.at(-1)?.id ?? '')) break;
    try {
      runs.push(readSummary(join(directory, journalName(id))));
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      // Another process has pruned it meanwhile.
      if (!isGone(error)) problems.push(error.message);
    }
  }
  runs.sort((a, b) => (a.startedAt === b.startedAt ? compare(b.id, a.id) : compare(b.startedAt, a.startedAt)));
  return { runs: runs.slice(0, limit), problems };
}

/**
 * Returns the id of the run that is meant: by its whole id, by a beginning that only it has, or `latest`. @throws JournalError.
 */
export function findRun(directory: string, wanted: string): string {
  const ids = runIds(directory);
  if (ids.length === 0) throw new JournalError(`there are no journals of runs in ${directory}`);
  if (wanted === 'latest') {
    const [latest] = listRuns(directory, { limit: 1 }).runs;
    if (latest === undefined) throw new JournalError(`no journal in ${directory} can be read`);
    return latest.id;
  }
  if (ids.includes(wanted)) return wanted;
  const fitting = wanted === '' ? [] : ids.filter((id) => id.startsWith(wanted));
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined) {
    const some = fitting.slice(0, 5).join(', ');
    throw new JournalError(`'${wanted}' is the beginning of ${fitting.length} runs: ${some}; give more of the id`);
  }
  throw new JournalError(
    `there is no run '${wanted}' in ${directory}${didYouMean(wanted, ids) || '; `rollcall runs` lists those that there are'}`,
  );
}

const secondOf = (id: string): string => id.slice(0, 16);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
