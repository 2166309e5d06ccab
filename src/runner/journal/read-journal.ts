import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Status } from '../result.js';
import { JournalError } from './errors.js';
import type { EndLine, HowEnded, JournalHeader, JournalRecord } from './format.js';
import { holderOf } from './holder.js';
import { endIn, headerOf, namesIn, noHeader, recordIn } from './read-line.js';
import { type PlacedLine, readLineAt, readLines } from './read-lines.js';

/** An end line is far shorter. */
const END_BYTES = 4096;

/** How it stands with a run: `killed` is one whose process has gone without a word. */
export type RunState = HowEnded | 'running' | 'killed';

export type Counts = Readonly<Partial<Record<Status, number>>>;

/** What a journal says of its run as a whole. */
export interface RunSummary {
  readonly id: string;
  readonly startedAt: string;
  readonly command: string;
  /** How many devices the run has. */
  readonly devices: number;
  readonly counts: Counts;
  /** Whether the run came to its end: whom it has skipped then can still be called by `resume`. */
  readonly ended: boolean;
  readonly state: RunState;
  readonly rerunOf?: string;
}

/** What became of a device, and where it stands in the file. */
interface Placed extends Pick<PlacedLine, 'from' | 'to'> {
  readonly status: Status;
}

/** A journal that has been read: who had a turn, and where to find what came of it. */
export interface ReadJournal {
  readonly file: string;
  readonly header: JournalHeader;
  readonly summary: RunSummary;
  /** All devices of the run, in its order. */
  readonly names: readonly string[];
  /** The last status of each device that has one. */
  readonly statuses: ReadonlyMap<string, Status>;
  /** Returns what was recorded last of a device, or undefined. */
  record(device: string): JournalRecord | undefined;
  /** The last record of each device, in the run's order. */
  records(): Generator<JournalRecord>;
}

/** @throws JournalError for a file that cannot be read, or has not even its first line. */
export function readJournal(file: string): ReadJournal {
  const known = new Set<string>();
  const placed = new Map<string, Placed>();
  let header: JournalHeader | undefined;
  let end: EndLine | undefined;
  for (const { value, from, to } of linesOf(file)) {
    if (header === undefined) {
      header = headerOf(file, value);
    } else if (value.type === 'devices') {
      for (const name of namesIn(value)) known.add(name);
    } else if (value.type === 'record') {
      const record = recordIn(value);
      if (record !== undefined) placed.set(record.device, { status: record.status, from, to });
    } else if (value.type === 'resumed') end = undefined;
    else if (value.type === 'end') end = endIn(value) ?? end;
  }
  if (header === undefined) throw noHeader(file);
  const statuses = new Map([...placed].map(([name, { status }]) => [name, status]));
  const names = [...known];
  const found = header;
  return {
    file,
    header: found,
    names,
    statuses,
    get summary() {
      return summaryOf(found, { counts: countsOf(statuses.values()), how: end?.how, file });
    },
    record: (device) => {
      const place = placed.get(device);
      if (place === undefined) return undefined;
      return withOpen(file, (descriptor) => recordAt(descriptor, place));
    },
    *records() {
      const others = [...placed.keys()].filter((name) => !known.has(name));
      const descriptor = openToRead(file);
      try {
        for (const name of [...names, ...others]) {
          const place = placed.get(name);
          const record = place && recordAt(descriptor, place);
          if (record !== undefined) yield record;
        }
      } finally {
        closeSync(descriptor);
      }
    },
  };
}

/** The same without the devices: where the run has come to its end, only the beginning and the end of the file are read. */
export function readSummary(file: string): RunSummary {
  const [first] = linesOf(file);
  if (first === undefined) throw noHeader(file);
  const header = headerOf(file, first.value);
  const end = lastLine(file);
  if (end !== undefined) return summaryOf(header, { counts: end.counts, how: end.how, file });
  return readJournal(file).summary;
}

/** @throws JournalError where a part of the names is missing, so that nobody can tell who has no result. */
export function checkWhole({ file, header, names }: ReadJournal): void {
  if (names.length === header.devices) return;
  throw new JournalError(
    `${file} breaks off in the list of its devices (${names.length} of ${header.devices} are there): that run was ended ` +
      `before it called any; start it again: ${header.command}`,
  );
}

/** Whether a device of a run that stands so has still to have its turn. */
export const isMissing = (status: Status | undefined): boolean =>
  status === undefined || status === 'cancelled' || status === 'skipped';

export function countsOf(statuses: Iterable<Status>): Counts {
  const counts: Partial<Record<Status, number>> = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function summaryOf(
  { id, startedAt, command, devices, rerunOf }: JournalHeader,
  { counts, how, file }: { counts: Counts; how: HowEnded | undefined; file: string },
): RunSummary {
  const state: RunState = how ?? (holderOf(file) === undefined ? 'killed' : 'running');
  const again = rerunOf === undefined ? {} : { rerunOf };
  return { id, startedAt, command, devices, counts, ended: state === 'finished', state, ...again };
}

function openToRead(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    throw cannotRead(file, error);
  }
}

const cannotRead = (file: string, error: unknown): JournalError =>
  new JournalError(`cannot read the journal ${file}: ${(error as Error).message}`, { cause: error });

function* linesOf(file: string): Generator<PlacedLine> {
  try {
    yield* readLines(file);
  } catch (error) {
    throw cannotRead(file, error);
  }
}

/** Whether a journal could not be read because it is no longer there. */
export const isGone = ({ cause }: JournalError): boolean =>
  (cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';

function recordAt(descriptor: number, place: Placed): JournalRecord | undefined {
  const value = readLineAt(descriptor, place);
  return value === undefined ? undefined : recordIn(value);
}

function withOpen<T>(file: string, use: (descriptor: number) => T): T {
  const descriptor = openToRead(file);
  try {
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Returns the last line of a file where that is its end, whole and valid. */
function lastLine(file: string): EndLine | undefined {
  return withOpen(file, (descriptor) => {
    const { size } = fstatSync(descriptor);
    const from = Math.max(0, size - END_BYTES);
    const bytes = Buffer.alloc(size - from);
    const text = bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, bytes.length, from));
    const start = text.lastIndexOf('\n', text.length - 2) + 1;
    if (start === 0 || !text.endsWith('\n')) return undefined;
    try {
      return endIn(JSON.parse(text.slice(start)));
    } catch {
      return undefined;
    }
  });
}
