import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkChoice, checkNames, got, logger, makeFolder, OptionError, stateDirectory } from '../../base/index.js';
import type { SessionOptions } from '../../session/index.js';
import { recordOf } from '../record.js';
import type { Result, RunDevice } from '../result.js';
import { newRunId } from '../run-id.js';
import { AppendFile } from './append-file.js';
import { JournalError } from './errors.js';
import {
  JOURNAL_OUTPUTS,
  type JournalOutputs,
  type JournalRecord,
  journalName,
  namesLines,
  type RunJob,
} from './format.js';
import { forgetHolder, holdJournal } from './holder.js';
import { Journal } from './journal.js';
import { checkWhole, type ReadJournal, readJournal } from './read-journal.js';
import { redactionFor } from './redaction.js';

/** What a journal is written with, also when a run goes on. */
export interface WritingOptions {
  /** The devices of the run; their names, and what of them is secret. */
  readonly devices: readonly RunDevice[];
  /** What is kept of the devices' answers; default `redacted`: without what their platform's data, or the devices, call secret. */
  readonly outputs?: JournalOutputs | undefined;
  /** Platforms of the caller's own, whose data says which lines are secret. */
  readonly platforms?: SessionOptions['platforms'];
  /** Makes the record of a result; default: `recordOf`, for the tasks that send commands. */
  record?(runId: string, result: Result): JournalRecord;
  /** Told once when nothing more can be written, with the file and the reason; default: a warning of the logger. */
  readonly onLost?: ((reason: string) => void) | undefined;
}

export interface JournalOptions extends WritingOptions {
  /** The folder of journals; default `runs` in the state directory. */
  readonly directory?: string | undefined;
  /** What the run does, for people; default the program's own name. */
  readonly command?: string | undefined;
  /** What does the run again. */
  readonly job?: RunJob | undefined;
  /** The run that this one repeats. */
  readonly rerunOf?: string | undefined;
}

const OPTIONS: readonly (keyof JournalOptions)[] = [
  ...(['devices', 'outputs', 'platforms', 'record', 'onLost'] as const),
  ...(['directory', 'command', 'job', 'rerunOf'] as const),
];

/** Returns the folder of journals where none is named. */
export const journalDirectory = (): string => join(stateDirectory(), 'runs');

/**
 * Begins the journal of a run, for the `journal` option of `run`: a file `ID.ndjson`, for its owner alone, with a line for
 * each device that is done, on disk before anybody else hears of it.
 * @throws JournalError where nothing can be written; OptionError.
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  checkOptions(options);
  const {
    devices,
    directory = journalDirectory(),
    command = process.title,
    outputs = 'redacted',
    job,
    rerunOf,
  } = options;
  const id = newRunId();
  const path = join(directory, journalName(id));
  const names = devices.map(({ name }) => name);
  const release = await begin(path, id, directory);
  let file: AppendFile | undefined;
  try {
    file = AppendFile.create(path);
    const journal = new Journal({ ...writing(options, outputs), id, path, file, names, statuses: new Map(), release });
    const startedAt = new Date().toISOString();
    const again = { ...(job === undefined ? {} : { job }), ...(rerunOf === undefined ? {} : { rerunOf }) };
    journal.write({ schema: 1, type: 'run', id, startedAt, command, devices: names.length, outputs, ...again });
    for (const line of namesLines(names)) journal.write(line);
    return journal;
  } catch (error) {
    closeAnyhow(file);
    // A journal that could not even be begun tells nothing.
    if (file !== undefined) removeAnyhow(path);
    release();
    throw cannotWrite(path, error);
  }
}

function closeAnyhow(file: AppendFile | undefined): void {
  try {
    file?.close();
  } catch {
    // What keeps it from being written is told already.
  }
}

function removeAnyhow(path: string): void {
  try {
    rmSync(path);
  } catch {
    // Who looks for runs passes over it.
  }
}

/** A run that another process has left, held by this one. */
export interface TakenRun {
  readonly read: ReadJournal;
  /** Begins to write behind what is there: half a line at the end is cut off. @throws JournalError. */
  goOn(options: WritingOptions & { readonly command: string }): Journal;
  release(): void;
}

/** Takes over a run that has not ended, so that no other process does. @throws JournalError, also where one has it. */
export async function takeRun(path: string, id: string): Promise<TakenRun> {
  const hold = await begin(path, id);
  // Called again at the end of its journal.
  const release = once(hold);
  try {
    const read = readJournal(path);
    checkWhole(read);
    const { header, names, statuses } = read;
    return {
      read,
      release,
      goOn: (options) => {
        const { outputs = header.outputs } = options;
        let file: AppendFile | undefined;
        try {
          file = AppendFile.goOn(path);
          const journal = new Journal({ ...writing(options, outputs), id, path, file, names, statuses, release });
          journal.write({ type: 'resumed', at: new Date().toISOString(), command: options.command });
          return journal;
        } catch (error) {
          closeAnyhow(file);
          throw cannotWrite(path, error);
        }
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

async function begin(path: string, id: string, directory?: string): Promise<() => void> {
  try {
    if (directory !== undefined) makeFolder(directory, 0o700);
    return await holdJournal(path, id);
  } catch (error) {
    if (directory !== undefined) forgetHolder(path);
    throw error instanceof JournalError ? error : cannotWrite(path, error);
  }
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}

function writing({ devices, platforms, record, onLost = warn }: WritingOptions, outputs: JournalOutputs) {
  const make = (record ?? recordOf) as (runId: string, result: Result) => JournalRecord;
  return { redaction: redactionFor({ outputs, devices, platforms }), recordOf: make, onLost };
}

const warn = (reason: string): void => logger().warn(`the run is not journaled from here on: ${reason}`);

function cannotWrite(path: string, error: unknown): JournalError {
  const { code, message } = error as NodeJS.ErrnoException;
  const why = code === 'ENOSPC' ? 'no space is left there' : message;
  return new JournalError(`cannot write the journal ${path}: ${why}`, { code: 'journal_lost', cause: error });
}

function checkOptions(options: JournalOptions): void {
  checkNames('openJournal', options, OPTIONS);
  const { devices, outputs } = options;
  if (!Array.isArray(devices)) throw new OptionError(`devices must be a list; got ${got(devices)}`);
  checkChoice('outputs', outputs, JOURNAL_OUTPUTS);
}
