import { agentPlace, findAgent } from '../agent/index.js';
import type { Device } from '../inventory/index.js';
import { type Observer, type RunRecord, recordOf, run } from '../runner/index.js';
import { canAsk } from './ask.js';
import { commandsWork } from './commands-work.js';
import { makeExecutor, sessionsAtOnce } from './executors.js';
import { UsageError } from './exit-codes.js';
import { asker, checkExecutor, type FleetFlags, sessionOf } from './fleet.js';
import { completeFleet, selectDevices } from './gather-fleet.js';
import { stoppable } from './interrupt.js';
import type { JournalFlags } from './journaling/journal-flags.js';
import { type Keeping, KeptRun, narrowed } from './journaling/kept-run.js';
import { newRun } from './journaling/new-run.js';
import type { TypedFlags } from './journaling/run-job.js';
import { logLines } from './log-lines.js';
import { filesOfSession } from './open-files.js';
import { clean } from './output/clean.js';
import { DeviceFiles } from './output/device-files.js';
import { recordText } from './output/text.js';
import { Recordings } from './recordings.js';
import { type OutputFlags, openSink, reportRun, wantsInputOrder } from './report-run.js';
import { StatusLine } from './status-line.js';

export interface RunFlags extends FleetFlags, OutputFlags, JournalFlags {
  readonly commandsFrom?: string;
  /** The commands of a run that is done again; no flag of the command line. */
  readonly keptCommands?: readonly string[];
  readonly record?: string;
  readonly exec?: boolean;
  readonly stopOnError?: boolean;
  readonly agent: boolean;
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
export async function performRun({ args, flags: given, exit, keeping }: RunPlan): Promise<number> {
  checkFlags(given);
  const work = commandsWork(args, given);
  const { gone, ...selection } = narrowed(await selectDevices(given), keeping);
  work.check(selection);
  const { devices, platforms, warnings, flags } = await completeFleet(selection, given, {
    filesEach: Math.max(...selection.devices.map(filesOfSession), 1) + (given.record === undefined ? 0 : 1),
  });
  const status = new StatusLine(process.stderr, { live: !flags.quiet && !flags.log });
  const agent = flags.agent && !flags.exec ? await findAgent(agentPlace(process.env)) : {};
  for (const text of [...warnings, agent.warning].filter((one) => one !== undefined)) {
    status.message(`rollcall: warning: ${clean(text)}`);
  }
  const named = keeping.everyone ?? devices.map(({ name }) => name);
  const files = await openFiles(flags, named, work.commands);
  const tell = (line: string): void => status.message(line);
  const recordings = Recordings.open(flags.record, named, tell);
  const interrupt = stoppable(status, exit);
  const sink = await openSink(flags, interrupt);
  const kept = await KeptRun.begin(keeping, { devices, platforms, warnings }, { commands: work.commands, tell });
  const executor = makeExecutor(flags);
  try {
    const running = run(work.task, devices, {
      input: ({ platform, name }) =>
        work.input({
          agent: agent.address,
          session: { ...sessionOf(flags, platforms, platform), ...recordings.of(name) },
        }),
      executor,
      buffersize: sessionsAtOnce(flags) * 2,
      signal: interrupt.signal,
      journal: kept.journal,
      observers: [
        recordings.observer,
        ...(flags.log ? [logLines((line) => status.message(line)) as Observer<Device, never>] : []),
      ],
      keepResults: false,
      loginGuard: flags.canary ? 'on' : 'off',
      ...(canAsk() ? { ask: asker(status, interrupt) } : {}),
    });
    const results = wantsInputOrder(flags) ? running.inOrder() : running;
    const skipped = kept.skip(gone, running.id, keeping.before);
    const code = await reportRun(recordsOf(running.id, results, skipped), {
      ...flags,
      text: recordText,
      total: devices.length + skipped.length,
      noun: 'devices',
      status,
      interrupt,
      sink,
      alsoTo: files === undefined ? undefined : (record) => files.write(record),
      closing: () => (files === undefined ? undefined : `${files.written} files written to ${flags.outputDir}`),
    });
    return kept.exitCode(recordings.exitCode(code));
  } finally {
    interrupt.stop();
    await executor.shutdown({ cancelFutures: true });
    kept.end();
    interrupt.release();
  }
}

function checkFlags(flags: RunFlags): void {
  checkExecutor(flags);
  const { output, outputDir, inventory, commandsFrom, record, exec } = flags;
  if (output !== undefined && outputDir !== undefined) throw new UsageError('give --output or --output-dir, not both');
  if (record !== undefined && exec)
    throw new UsageError('--record writes down a command line, and --exec opens none: give one of them');
  if (inventory === '-' && commandsFrom === '-')
    throw new UsageError('inventory and commands cannot both be standard input');
}

async function* recordsOf(
  runId: string,
  results: AsyncIterable<Parameters<typeof recordOf>[1]>,
  skipped: readonly RunRecord[],
): AsyncGenerator<RunRecord, void, undefined> {
  yield* skipped;
  for await (const result of results) yield recordOf(runId, result);
}

async function openFiles({ outputDir, format }: RunFlags, devices: readonly string[], commands: readonly string[]) {
  if (outputDir === undefined) return undefined;
  try {
    return await DeviceFiles.open(outputDir, { format, devices, commands });
  } catch (error) {
    throw new UsageError(`cannot write to the folder ${outputDir}: ${(error as Error).message}`);
  }
}
