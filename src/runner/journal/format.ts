import type { RunRecord, TaskRecord } from '../record.js';
import type { Status } from '../result.js';

/** What a journal keeps of the texts that devices answered. */
export const JOURNAL_OUTPUTS = ['redacted', 'none', 'full'] as const;
export type JournalOutputs = (typeof JOURNAL_OUTPUTS)[number];

/** One device's outcome as a journal has it: a record of `rollcall run`, or of another kind of work, in its fields. */
export interface JournalRecord extends Omit<RunRecord, 'responses'> {
  readonly responses?: RunRecord['responses'];
  /** What a task has returned. */
  readonly value?: TaskRecord['value'];
}

/** What does a run again: plain data, and nothing secret. */
export interface RunJob {
  /** Which work it is; others than `run` are for the program that wrote the journal. */
  readonly kind: string;
  readonly args: readonly string[];
  /** The flags that were typed, by their names in code. */
  readonly flags: Readonly<Record<string, unknown>>;
  /** The folder that paths in the arguments and flags begin in. */
  readonly cwd: string;
  /** What was taken out of the arguments and flags because it is secret; the job cannot be done without it. */
  readonly withheld?: readonly string[];
}

/** The first line of a journal. */
export interface JournalHeader {
  readonly schema: 1;
  readonly type: 'run';
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** As it was typed, for people. */
  readonly command: string;
  /** How many devices there are; their names are on the lines that follow. */
  readonly devices: number;
  readonly outputs: JournalOutputs;
  readonly job?: RunJob;
  /** The run of which this one is the repetition. */
  readonly rerunOf?: string;
}

/** How a run came to its end: by itself, or because somebody stopped it, whose devices are recorded as cancelled. */
export type HowEnded = 'finished' | 'interrupted';

export interface EndLine {
  readonly type: 'end';
  readonly at: string;
  readonly how: HowEnded;
  /** Of all devices of the run, also those of earlier starts. */
  readonly counts: Readonly<Partial<Record<Status, number>>>;
}

/** A line of a journal. Whoever reads one passes over types that he does not know. */
export type JournalLine =
  | JournalHeader
  | { readonly type: 'devices'; readonly names: readonly string[] }
  | { readonly type: 'record'; readonly record: JournalRecord }
  /** The run goes on in another process: what is behind this line is its work. */
  | { readonly type: 'resumed'; readonly at: string; readonly command: string }
  | EndLine;

/** So many names stand on a line: a line is read as a whole. */
const NAMES_ON_A_LINE = 1000;

/** Returns the lines with the names of all devices, in their order. */
export function* namesLines(names: readonly string[]): Generator<JournalLine> {
  for (let at = 0; at < names.length; at += NAMES_ON_A_LINE) {
    yield { type: 'devices', names: names.slice(at, at + NAMES_ON_A_LINE) };
  }
}

/** The names of journals that were written here: nothing else in a folder is looked at, or ever removed. */
export const JOURNAL_NAME = /^(\d{8}T\d{6}Z-[0-9a-f]{8})\.ndjson$/;

export const journalName = (id: string): string => `${id}.ndjson`;
