import { agentPlace, findAgent } from '../agent/index.js';
import type { Device } from '../inventory/index.js';
import { type Observer, type Result, run } from '../runner/index.js';
import { canAsk } from './ask.js';
import { commandsWork } from './commands-work.js';
import { makeExecutor, sessionsAtOnce } from './executors.js';
import { EXIT, UsageError } from './exit-codes.js';
import { asker, checkExecutor, type FleetFlags, sessionOf } from './fleet.js';
import { completeFleet, selectDevices } from './gather-fleet.js';
import { stoppable } from './interrupt.js';
import { logLines } from './log-lines.js';
import { logSteps } from './log-steps.js';
import { filesOfSession } from './open-files.js';
import { clean } from './output/clean.js';
import type { FailedRecord } from './output/text.js';
import { Recordings } from './recordings.js';
import { type OutputFlags, openSink, reportRun, wantsInputOrder } from './report-run.js';
import type { RunWork } from './run-work.js';
import { StatusLine } from './status-line.js';

export interface RunFlags extends FleetFlags, OutputFlags {
  readonly commandsFrom?: string;
  readonly commandsMap?: string;
  readonly task?: string;
  readonly input?: string;
  readonly logSteps?: boolean;
  readonly record?: string;
  readonly exec?: boolean;
  readonly stopOnError?: boolean;
  readonly agent: boolean;
}

/** `rollcall run`: returns the exit code. @throws UsageError, InventoryError before anything was connected. */
export async function runCommand(
  args: readonly string[],
  given: RunFlags,
  exit: (code: number) => void,
): Promise<number> {
  checkFlags(args, given);
  if (given.task !== undefined) {
    const { taskWork } = await import('./task-work.js');
    return runOnFleet(await taskWork(given.task, args, given), given, exit);
  }
  return runOnFleet(commandsWork(args, given), given, exit);
}

async function runOnFleet<I, T, R extends FailedRecord>(
  work: RunWork<I, T, R>,
  given: RunFlags,
  exit: (code: number) => void,
): Promise<number> {
  const selection = await selectDevices(given);
  await work.check(selection);
  const { devices, platforms, warnings, flags } = await completeFleet(selection, given, {
    filesEach: Math.max(...selection.devices.map(filesOfSession), 1) + (given.record === undefined ? 0 : 1),
  });
  const status = new StatusLine(process.stderr, { live: !flags.quiet && !flags.log && !flags.logSteps });
  const agent = flags.agent && !flags.exec ? await findAgent(agentPlace(process.env)) : {};
  for (const text of [...warnings, agent.warning].filter((one) => one !== undefined)) {
    status.message(`rollcall: warning: ${clean(text)}`);
  }
  const files = await openFiles(flags, devices, work);
  const recordings = Recordings.open(flags.record, devices, (line) => status.message(line));
  const interrupt = stoppable(status, exit);
  const sink = await openSink(flags, interrupt);
  const executor = makeExecutor(flags);
  const sessionFor = ({ platform, name }: Device) => ({
    ...sessionOf(flags, platforms, platform),
    ...recordings.of(name),
  });
  const ended = work.begin?.({
    executor,
    signal: interrupt.signal,
    tell: (line) => status.message(line),
    leave: () => exit(interrupt.code ?? EXIT.ok),
  });
  try {
    const running = run(work.task, devices, {
      input: (device) => work.input(device, { agent: agent.address, session: sessionFor(device) }),
      session: sessionFor,
      gates: work.gates?.() ?? [],
      executor,
      buffersize: sessionsAtOnce(flags) * 2,
      signal: interrupt.signal,
      observers: [
        // Nobody who listens: no step needs to cross from a worker.
        ...(flags.record === undefined ? [] : [recordings.observer]),
        ...(flags.log ? [logLines((line) => status.message(line)) as Observer<Device, never>] : []),
        ...(flags.logSteps ? [logSteps((line) => status.message(line)) as Observer<Device, never>] : []),
      ],
      keepResults: false,
      ...(canAsk() ? { ask: asker(status, interrupt) } : {}),
    });
    const results = wantsInputOrder(flags) ? running.inOrder() : running;
    const code = await reportRun(recordsOf(running.id, results, work), {
      ...flags,
      text: work.text,
      total: devices.length,
      noun: 'devices',
      status,
      interrupt,
      sink,
      alsoTo: files === undefined ? undefined : (record) => files.write(record),
      closing: () => (files === undefined ? undefined : `${files.written} files written to ${flags.outputDir}`),
    });
    return recordings.exitCode(code);
  } finally {
    interrupt.stop();
    await executor.shutdown({ cancelFutures: true });
    ended?.();
    interrupt.release();
  }
}

function checkFlags(args: readonly string[], flags: RunFlags): void {
  checkExecutor(flags);
  const { output, outputDir, inventory, commandsFrom, commandsMap, task, input, record, exec } = flags;
  if (input !== undefined && task === undefined)
    throw new UsageError('--input is what a task gets: give --task as well');
  if (commandsMap !== undefined && (args.length > 0 || commandsFrom !== undefined))
    throw new UsageError('commands are for all devices, and --commands-map is for each its own: give one of them');
  if (output !== undefined && outputDir !== undefined) throw new UsageError('give --output or --output-dir, not both');
  if (record !== undefined && exec)
    throw new UsageError('--record writes down a command line, and --exec opens none: give one of them');
  if (inventory === '-' && commandsFrom === '-')
    throw new UsageError('inventory and commands cannot both be standard input');
}

async function* recordsOf<T, R extends FailedRecord>(
  runId: string,
  results: AsyncIterable<Result<Device, T>>,
  { record }: Pick<RunWork<unknown, T, R>, 'record'>,
): AsyncGenerator<R, void, undefined> {
  for await (const result of results) yield record(runId, result);
}

async function openFiles<R extends FailedRecord>(
  { outputDir, format }: RunFlags,
  devices: readonly Device[],
  work: Pick<RunWork<never, never, R>, 'files'>,
) {
  if (outputDir === undefined) return undefined;
  try {
    return await work.files?.(outputDir, format, devices);
  } catch (error) {
    throw new UsageError(`cannot write to the folder ${outputDir}: ${(error as Error).message}`);
  }
}
