import { join, resolve } from 'node:path';
import {
  checkWhole,
  findRun,
  isMissing,
  JournalError,
  journalName,
  listRuns,
  type ReadJournal,
  type RunJob,
  readJournal,
  type TakenRun,
  takeRun,
} from '../runner/index.js';
import { gatherCommands } from './commands-list.js';
import { EXIT, UsageError } from './exit-codes.js';
import { isOnStdin } from './inventory-flags.js';
import { commandText, withoutSecrets } from './journaling/command-text.js';
import { journalFolder, journalPlace } from './journaling/journal-flags.js';
import type { Keeping } from './journaling/kept-run.js';
import { newRun } from './journaling/new-run.js';
import { goTo, type TypedFlags, withAbsolutePaths } from './journaling/run-job.js';
import { clean } from './output/clean.js';
import { performRun, type RunFlags, type RunPlan } from './run-command.js';

/** What a run is done again with. */
export interface AgainFlags {
  /** What was typed now, and goes before what was typed then. */
  readonly typed: TypedFlags;
  /** What applies where nothing was typed. */
  readonly defaults: RunFlags;
  readonly exit: (code: number) => void;
}

/**
 * `rollcall resume`: runs the devices of a run that have no result yet, and returns the exit code. @throws UsageError,
 * JournalError, InventoryError before anything was connected.
 */
export async function resumeCommand(wanted: string | undefined, flags: AgainFlags): Promise<number> {
  const directory = resolve(journalFolder(flags.typed));
  const id = wanted === undefined ? newestOpen(directory) : findRun(directory, wanted);
  const taken = await takeRun(join(directory, journalName(id)), id);
  try {
    const { read } = taken;
    const missing = read.names.filter((name) => isMissing(read.statuses.get(name)));
    if (missing.length === 0) return nothingMissing(taken);
    const job = jobOf(read, flags.typed);
    tell(`run ${id}: ${missing.length} of ${read.names.length} devices are left`);
    return await performRun(
      planOf({ job, wary: wasRefused(read) }, flags, (_all, typed) =>
        resumed(taken, missing, { ...typed, journal: directory }),
      ),
    );
  } finally {
    taken.release();
  }
}

export interface RerunFlags extends AgainFlags {
  /** Only the devices that are not ok. */
  readonly failed?: boolean | undefined;
}

/** `rollcall rerun`: a new run of what an earlier one did. Errors and exit codes as with `resume`. */
export async function rerunCommand(wanted: string, flags: RerunFlags): Promise<number> {
  const directory = resolve(journalFolder(flags.typed));
  const read = readJournal(join(directory, journalName(findRun(directory, wanted))));
  checkWhole(read);
  const { names, statuses, header } = read;
  const only = flags.failed ? names.filter((name) => statuses.get(name) !== 'ok') : names;
  const job = jobOf(read, flags.typed);
  if (only.length === 0) {
    tell(`run ${header.id}: every device is ok; nothing is left to run again`);
    return EXIT.ok;
  }
  const journal = flags.typed.journal === false ? false : directory;
  return performRun(
    planOf({ job, wary: wasRefused(read) }, flags, (all, typed) =>
      newRun({
        // Who wanted no answers on the disk wants none of the repetition there.
        flags: { journalOutputs: header.outputs, ...all, journal },
        typed: { ...job.flags, ...typed },
        only,
        rerunOf: header.id,
      }),
    ),
  );
}

/** The newest run that can be gone on with. @throws UsageError. */
function newestOpen(directory: string): string {
  const { runs, problems } = listRuns(directory);
  for (const problem of problems) tell(`warning: ${problem}`);
  const open = runs.find(({ state }) => state === 'killed' || state === 'interrupted');
  if (open !== undefined) return open.id;
  const [newest] = runs;
  const { skipped = 0 } = newest?.counts ?? {};
  const hint =
    newest === undefined || skipped === 0
      ? '`rollcall runs` lists all of them'
      : `the newest has ended with ${skipped} of its ${newest.devices} devices skipped: \`rollcall resume ${newest.id}\` calls these`;
  throw new UsageError(`no run in ${directory} is left to be resumed; ${hint}`);
}

/** All have their result, and the end alone may not have been written any more. */
function nothingMissing({ read, goOn }: TakenRun): number {
  tell(`run ${read.header.id}: each of its ${read.names.length} devices has its result; nothing is left to resume`);
  if (!read.summary.ended) goOn({ devices: [], command: commandText(process.argv.slice(2)) }).end();
  return EXIT.ok;
}

/** @throws JournalError, UsageError for a run that cannot be done again. */
function jobOf({ header, file }: ReadJournal, typed: TypedFlags): RunJob {
  const { job, id } = header;
  if (job?.kind !== 'run') {
    throw new JournalError(`run ${id} was not one of \`rollcall run\`, and ${file} does not say how it is done again`);
  }
  const flag = job.withheld?.find((what) => what.startsWith('--'));
  if (flag !== undefined) {
    throw new UsageError(
      `run ${id} was given a secret in ${flag}, which its journal does not have: it cannot be done again from there; ` +
        'give such a value in a file (--input @FILE)',
    );
  }
  if (job.withheld !== undefined && typed.commandsFrom === undefined) {
    throw new UsageError(
      `run ${id} holds a secret that its journal does not have (${job.withheld.join(', ')}); ` +
        'give its commands again: --commands-from FILE, or - for standard input',
    );
  }
  if (isOnStdin(job.flags) && typed.inventory === undefined) {
    throw new UsageError(`the inventory of run ${id} came from standard input; give it again with -i FILE, or -i -`);
  }
  return job;
}

/** Whether its logins were refused, and it has not been seen to be the fault of single devices. */
function wasRefused({ statuses }: ReadJournal): boolean {
  const all = new Set(statuses.values());
  return all.has('authentication') && (all.has('skipped') || !all.has('ok'));
}

/** The same run with what was typed now. */
function planOf(
  { job, wary }: { readonly job: RunJob; readonly wary: boolean },
  { typed: given, defaults, exit }: AgainFlags,
  keepingOf: (flags: RunFlags, typed: TypedFlags) => Keeping,
): RunPlan {
  const typed = withAbsolutePaths(given);
  goTo(job);
  const keptCommands = sameCommands(job, typed.commandsFrom);
  const { commandsFrom, ...rest } = { ...defaults, ...job.flags, ...typed };
  const flags: RunFlags = { ...rest, keptCommands, wary };
  return { args: [], flags, exit, keeping: keepingOf(flags, typed) };
}

/** The commands of the job; those of a file only where they are the same, secrets aside. @throws UsageError. */
function sameCommands({ args }: RunJob, file: string | undefined): readonly string[] {
  if (file === undefined) return args;
  const commands = gatherCommands([], file);
  const same = commands.length === args.length && commands.every((one, at) => withoutSecrets(one) === args[at]);
  if (same) return commands;
  throw new UsageError(`${file} does not hold the commands of that run; those were: ${args.join(' · ')}`);
}

/** How what is left of a run is kept: in the journal that it has. */
function resumed(taken: TakenRun, only: readonly string[], flags: TypedFlags): Keeping {
  const { read, goOn } = taken;
  return {
    only,
    everyone: read.names,
    before: (device) => read.record(device),
    place: journalPlace(flags),
    needed: true,
    begin: async ({ devices, platforms }, { record }, onLost) =>
      goOn({
        devices,
        platforms,
        command: commandText(process.argv.slice(2)),
        outputs: flags.journalOutputs,
        record,
        onLost,
      }),
  };
}

const tell = (text: string): void => void process.stderr.write(`rollcall: ${clean(text)}\n`);
