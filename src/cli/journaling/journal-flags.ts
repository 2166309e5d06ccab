import { DEFAULT_RETENTION, type JournalOutputs, journalDirectory, type Retention } from '../../runner/index.js';
import { UsageError } from '../exit-codes.js';

export interface JournalFlags {
  /** A folder; false where no journal is wanted. */
  readonly journal?: string | boolean | undefined;
  readonly journalOutputs?: JournalOutputs | undefined;
}

/** Where journals are, and which of them stay. */
export interface JournalPlace {
  readonly directory: string;
  readonly retention: Retention;
}

/** The folder that the flags, or nobody, name. @throws UsageError. */
export function journalFolder({ journal }: JournalFlags): string {
  if (journal === '') throw new UsageError('--journal takes a folder, and got an empty text');
  return typeof journal === 'string' ? journal : journalDirectory();
}

/** Returns where the journal of a run goes; undefined with --no-journal. @throws UsageError. */
export function journalPlace(flags: JournalFlags): JournalPlace | undefined {
  if (flags.journal === false) return undefined;
  return { directory: journalFolder(flags), retention: retentionOf(process.env.ROLLCALL_JOURNAL_KEEP) };
}

function retentionOf(keep: string | undefined): Retention {
  if (keep === undefined || keep === '') return DEFAULT_RETENTION;
  if (keep === 'all') return { keep };
  if (/^[1-9]\d{0,8}$/.test(keep)) return { keep: Number(keep) };
  throw new UsageError(`ROLLCALL_JOURNAL_KEEP is how many runs to keep, a whole number above 0, or all; got '${keep}'`);
}
