import { join } from 'node:path';
import {
  DEFAULT_RETENTION,
  findRun,
  type JournalRecord,
  journalName,
  listRuns,
  pruneRuns,
  type Retention,
  type RunRecord,
  type RunSummary,
  readJournal,
  STATUSES,
  type Status,
  type TaskRecord,
} from '../runner/index.js';
import { EXIT } from './exit-codes.js';
import { type JournalFlags, journalFolder, journalPlace } from './journaling/journal-flags.js';
import { runsTable } from './journaling/runs-table.js';
import { clean } from './output/clean.js';
import { type Format, formatter } from './output/format.js';
import { ClosedPipeError, type Sink, streamSink } from './output/sink.js';
import { taskText } from './output/task-text.js';
import { failureLine, recordText } from './output/text.js';
import { countsText } from './status-line.js';

export interface ListRunsFlags extends JournalFlags {
  readonly format: Format;
  readonly limit?: number;
}

/** `rollcall runs`: returns the exit code. @throws JournalError, UsageError. */
export async function listRunsCommand(flags: ListRunsFlags): Promise<number> {
  const { runs, problems } = listRuns(journalFolder(flags), { limit: flags.limit });
  for (const problem of problems) tell(`warning: ${problem}`);
  const text = flags.format === 'text' ? [runsTable(runs)] : inFormat(flags.format, runs.map(withAllCounts));
  return print(text);
}

/** Statuses that no device has are there as well, as in the result of a run. */
function withAllCounts({ counts, ...summary }: RunSummary): object {
  const all = Object.fromEntries(STATUSES.map((status) => [status, counts[status] ?? 0]));
  return { ...summary, counts: all };
}

export interface ShowRunFlags extends JournalFlags {
  readonly format: Format;
  readonly status?: readonly Status[];
}

/** `rollcall runs show`: prints what the run has printed; returns the exit code. @throws JournalError, UsageError. */
export function showRunCommand(wanted: string, flags: ShowRunFlags): Promise<number> {
  const directory = journalFolder(flags);
  const read = readJournal(join(directory, journalName(findRun(directory, wanted))));
  const { header, names, summary } = read;
  function* chosen(): Generator<JournalRecord> {
    for (const record of read.records()) {
      if (flags.status !== undefined && !flags.status.includes(record.status)) continue;
      if (flags.format === 'text' && record.status !== 'ok') process.stderr.write(`${failureLine(record)}\n`);
      yield record;
    }
  }
  return print(inFormat(flags.format, chosen()), () => {
    const left = names.length - read.statuses.size;
    tell(`run ${header.id} (${summary.state}): ${countsText(new Map(countsIn(summary)))}`);
    if (left > 0) tell(`${left} of ${names.length} devices have no result yet: rollcall resume ${header.id}`);
    if (header.outputs === 'none') tell('the answers of that run were not kept (--journal-outputs none)');
  });
}

const countsIn = ({ counts }: RunSummary): [Status, number][] =>
  STATUSES.map((status) => [status, counts[status] ?? 0]);

export interface PruneFlags extends JournalFlags, Retention {
  readonly keep?: number;
  readonly olderThan?: number;
  readonly dryRun?: boolean;
}

/** `rollcall runs prune`: returns the exit code. @throws JournalError, UsageError. */
export async function pruneRunsCommand(flags: PruneFlags): Promise<number> {
  const { keep, olderThan, dryRun = false } = flags;
  const { retention } = journalPlace({ ...flags, journal: journalFolder(flags) }) ?? { retention: DEFAULT_RETENTION };
  const wanted = keep === undefined && olderThan === undefined ? retention : { keep, youngerThanMs: olderThan };
  const gone = pruneRuns(journalFolder(flags), { ...wanted, dryRun });
  const what = gone.length === 1 ? '1 run' : `${gone.length} runs`;
  tell(dryRun ? `${what} to be removed` : `${what} removed`);
  return print(gone.map((id) => `${id}\n`));
}

function* inFormat<R extends object>(format: Format, records: Iterable<R>): Generator<string> {
  const lines = formatter<R>(format, textOf);
  let count = 0;
  for (const record of records) yield lines.record(record, count++);
  yield lines.end(count);
}

/** As the run has shown it: the answers to commands, or what a task returned. */
const textOf = (record: object): string =>
  'value' in record ? taskText(record as TaskRecord) : recordText({ responses: [], ...record } as unknown as RunRecord);

/** Prints the texts to standard output, at its reader's pace. */
async function print(texts: Iterable<string>, closing = (): void => {}): Promise<number> {
  const sink: Sink = streamSink(process.stdout, () => {});
  try {
    for (const text of texts) await sink.write(text);
    await sink.end(true);
  } catch (error) {
    if (error instanceof ClosedPipeError) return EXIT.ok;
    throw error;
  }
  closing();
  return EXIT.ok;
}

const tell = (text: string): void => void process.stderr.write(`rollcall: ${clean(text)}\n`);
