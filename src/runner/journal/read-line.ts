import { basename } from 'node:path';
import { JournalError } from './errors.js';
import { type EndLine, JOURNAL_NAME, type JournalHeader, type JournalRecord, journalName } from './format.js';

/** What a line of a file was in JSON. Whoever has edited it by hand, or copied half of it, may have made anything of it. */
type Line = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === 'string';
const isObject = (value: unknown): value is Line =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);

/** @throws JournalError where the line is not the first of a journal, or one of another version. */
export function headerOf(file: string, value: Line): JournalHeader {
  const { schema, type, id, startedAt, command, devices, job } = value;
  const isOurs = type === 'run' && isText(id) && isText(startedAt) && isText(command) && typeof devices === 'number';
  if (!isOurs) throw noHeader(file);
  if (schema !== 1) {
    throw new JournalError(`${file} was written by another version of rollcall: schema ${String(schema)}, expected 1`);
  }
  // What stands here goes into paths and onto terminals.
  const isSound = JOURNAL_NAME.test(journalName(id)) && !Number.isNaN(Date.parse(startedAt)) && isCount(devices);
  if (!isSound || !(job === undefined || isJob(job))) throw changedHeader(file);
  return value as unknown as JournalHeader;
}

const isJob = (job: unknown): boolean =>
  isObject(job) &&
  isText(job.kind) &&
  isText(job.cwd) &&
  isTexts(job.args) &&
  isObject(job.flags) &&
  (job.withheld === undefined || isTexts(job.withheld));

const changedHeader = (file: string): JournalError =>
  new JournalError(
    `${file}: its first line is not as rollcall writes it: somebody has changed it, and it is not relied on`,
  );

export const noHeader = (file: string): JournalError =>
  new JournalError(
    `${file} has no whole first line, as the journal of a run has (${basename(file)} was cut there, or is something ` +
      'else): nothing of that run is left; start it again, and remove the file',
  );

/** The names on a line of them. */
export const namesIn = ({ names }: Line): readonly string[] => (Array.isArray(names) ? names.filter(isText) : []);

/** Returns the record of a line, or undefined where it holds none that can be shown. */
export function recordIn({ record }: Line): JournalRecord | undefined {
  if (!isObject(record)) return undefined;
  const { device, status, responses = [], error = null } = record;
  const isSound =
    isText(device) &&
    isText(status) &&
    (error === null || (isObject(error) && isText(error.message))) &&
    Array.isArray(responses) &&
    responses.every((one: unknown) => isObject(one) && isText(one.command) && isText(one.output));
  return isSound ? (record as unknown as JournalRecord) : undefined;
}

/** Returns the line where it is the end of a run. */
export function endIn(value: unknown): EndLine | undefined {
  if (!isObject(value) || value.type !== 'end' || !isObject(value.counts)) return undefined;
  if (value.how !== 'finished' && value.how !== 'interrupted') return undefined;
  const { counts } = value;
  // Of a later version there may be more statuses.
  return Object.values(counts).every(isCount) ? (value as unknown as EndLine) : undefined;
}
