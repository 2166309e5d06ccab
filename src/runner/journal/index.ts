export { compareRuns, type DeviceDifference } from './compare.js';
export { JournalError } from './errors.js';
export { type JournalOutputs, type JournalRecord, journalName, type RunJob } from './format.js';
export type { Journal } from './journal.js';
export { findRun, listRuns } from './list.js';
export { type JournalOptions, journalDirectory, openJournal, type TakenRun, takeRun } from './open-journal.js';
export { DEFAULT_RETENTION, pruneRuns, type Retention } from './prune.js';
export {
  checkWhole,
  isMissing,
  type ReadJournal,
  type RunSummary,
  readJournal,
} from './read-journal.js';
export { secretsOf } from './redaction.js';
