import { agentPlace, findAgent } from '../agent/index.js';
import type { Device } from '../inventory/index.js';
import type { JournalRecord, Observer, SendCommandsInput } from '../runner/index.js';
import { commandsWork } from './commands-work.js';
import { EXIT, UsageError } from './exit-codes.js';
import { checkExecutor, type FleetFlags, sessionOf } from './fleet.js';
import { checkManners, runOnFleet } from './fleet-run.js';
import { completeFleet, selectDevices } from './gather-fleet.js';
import { stoppable } from './interrupt.js';
import { isOnStdin } from './inventory-flags.js';
import type { JournalFlags } from './journaling/journal-flags.js';
import { type Keeping, KeptRun, narrowed } from './journaling/kept-run.js';
import { newRun } from './journaling/new-run.js';
import type { TypedFlags } from './journaling/run-job.js';
import { logSteps } from './log-steps.js';
import { filesOfSessions } from './open-files.js';
import { clean } from './output/clean.js';
import type { FailedRecord } from './output/text.js';
import { Recordings } from './recordings.js';
import { type OutputFlags, openSink } from './report-run.js';
import type { RunWork } from './run-work.js';
import { StatusLine } from './status-line.js';

export interface RunFlags extends FleetFlags, OutputFlags, JournalFlags {
  readonly commandsFrom?: string;
  /** The commands of a run that is done again; no flag of the command line. */
  readonly keptCommands?: readonly string[];
  readonly commandsMap?: string;
  readonly task?: string;
  readonly input?: string;
  readonly logSteps?: boolean;
  readonly record?: string;
  readonly exec?: boolean;
  readonly stopOnError?: boolean;
  readonly agent: boolean;
  readonly readOnly?: boolean | undefined;
}

/** `rollcall run`: returns the exit code. @throws UsageError, InventoryError before anything was connected. */
export function runCommand(
  args: readonly string[],
  flags: RunFlags,
  { typed, exit }: { readonly typed: TypedFlags; readonly exit: (code: number) => void },
): Promise<number> {
  return performRun({ args, flags, exit, keeping: newRun({ flags, typed }) });
}

/** A run that is about to be done: for the first time, or what is left of it, or once more. */
export interface RunPlan {
  readonly args: readonly string[];
  readonly flags: RunFlags;
  /** Ends the program at once. */
  readonly exit: (code: number) => void;
  readonly keeping: Keeping;
}

/** Does a run, and returns the exit code. @throws UsageError, InventoryError, JournalError before anything was connected. */
export async function performRun(plan: RunPlan): Promise<number> {
  const { args, flags } = plan;
  checkFlags(args, flags);
  if (flags.task !== undefined) {
    const { taskWork } = await import('./task-work.js');
    return doWork(await taskWork(flags.task, args, flags), plan);
  }
  return doWork(commandsWork(args, flags), plan);
}

async function doWork<I, T, R extends JournalRecord>(
  work: RunWork<I, T, R>,
  { flags: given, exit, keeping }: RunPlan,
): Promise<number> {
  const { gone, everyone, ...selection } = narrowed(await selectDevices(given), keeping);
  // All that are left of a run may have gone.
  if (selection.devices.length > 0) await work.check(selection);
  checkManners(given, selection);
  const fleet = await completeFleet(selection, given, {
    filesEach: filesOfSessions(selection.devices) + (given.record === undefined ? 0 : 1),
  });
  const { devices, platforms, warnings, flags } = fleet;
  const status = new StatusLine(process.stderr, { live: !flags.quiet && !flags.log && !flags.logSteps });
  const tell = (line: string): void => status.message(line);
  const agent = flags.agent && !flags.exec ? await findAgent(agentPlace(process.env)) : {};
  for (const text of [...warnings, agent.warning].filter((one) => one !== undefined)) {
    tell(`rollcall: warning: ${clean(text)}`);
  }
  const files = await openFiles(flags, everyone, work);
  const recordings = Recordings.open(flags.record, everyone, tell);
  const interrupt = stoppable(status, exit);
  const sink = await openSink(flags, interrupt);
  const kept = await KeptRun.begin(keeping, { ...selection, devices, warnings }, { work, tell });
  const session = ({ platform, name }: Device): SendCommandsInput['session'] => ({
    ...sessionOf(flags, platforms, platform),
    ...recordings.of(name),
    readOnly: flags.readOnly,
  });
  try {
    const code = await runOnFleet(
      {
        ...work,
        input: (device) => work.input(device, { agent: agent.address, session: session(device) }),
        session,
        gates: work.gates?.(),
        journal: kept.journal,
        observers: [
          ...(flags.record === undefined ? [] : [recordings.observer]),
          ...(flags.logSteps ? [logSteps(tell) as Observer<Device, never>] : []),
        ],
        note: flags.readOnly ? { text: 'read-only', onChange: () => {} } : undefined,
        done: kept.skip<T>(gone),
        begin: (executor) =>
          work.begin?.({ executor, signal: interrupt.signal, tell, leave: () => exit(interrupt.code ?? EXIT.ok) }),
        alsoTo: files === undefined ? undefined : (record) => files.write(record),
        closing: () => closingOf(flags, files),
      },
      { fleet, status, interrupt, sink },
    );
    return kept.exitCode(recordings.exitCode(code));
  } finally {
    kept.end();
    interrupt.release();
  }
}

function closingOf(
  { readOnly, outputDir }: RunFlags,
  files: { readonly written: number } | undefined,
): string | undefined {
  const said = [
    ...(readOnly ? ['read-only: nothing was sent but commands that are known to be harmless'] : []),
    ...(files === undefined ? [] : [`${files.written} files written to ${outputDir}`]),
  ];
  return said.length === 0 ? undefined : said.join('\n');
}

function checkFlags(args: readonly string[], flags: RunFlags): void {
  checkExecutor(flags);
  const { output, outputDir, commandsFrom, commandsMap, task, input, record, exec } = flags;
  if (input !== undefined && task === undefined)
    throw new UsageError('--input is what a task gets: give --task as well');
  if (commandsMap !== undefined && (args.length > 0 || commandsFrom !== undefined))
    throw new UsageError('commands are for all devices, and --commands-map is for each its own: give one of them');
  if (output !== undefined && outputDir !== undefined) throw new UsageError('give --output or --output-dir, not both');
  if (record !== undefined && exec)
    throw new UsageError('--record writes down a command line, and --exec opens none: give one of them');
  if (isOnStdin(flags) && commandsFrom === '-')
    throw new UsageError('inventory and commands cannot both be standard input');
}

async function openFiles<R extends FailedRecord>(
  { outputDir, format }: RunFlags,
  devices: readonly Pick<Device, 'name' | 'commands'>[],
  work: Pick<RunWork<never, never, R>, 'files'>,
) {
  if (outputDir === undefined) return undefined;
  try {
    return await work.files?.(outputDir, format, devices);
  } catch (error) {
    throw new UsageError(`cannot write to the folder ${outputDir}: ${(error as Error).message}`);
  }
}
