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
import { logLines } from './log-lines.js';
import { filesOfSessions } from './open-files.js';
import { clean } from './output/clean.js';
import { DeviceFiles } from './output/device-files.js';
import { inInputOrder } from './output/in-order.js';
import { recordText } from './output/text.js';
import { Recordings } from './recordings.js';
import { type OutputFlags, openSink, reportRun, wantsInputOrder } from './report-run.js';
import { StatusLine } from './status-line.js';

export interface RunFlags extends FleetFlags, OutputFlags {
  readonly commandsFrom?: string;
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
  checkFlags(given);
  const work = commandsWork(args, given);
  const selection = await selectDevices(given);
  work.check(selection);
  const { devices, platforms, warnings, flags } = await completeFleet(selection, given, {
    filesEach: filesOfSessions(selection.devices) + (given.record === undefined ? 0 : 1),
  });
  const status = new StatusLine(process.stderr, { live: !flags.quiet && !flags.log });
  const agent = flags.agent && !flags.exec ? await findAgent(agentPlace(process.env)) : {};
  for (const text of [...warnings, agent.warning].filter((one) => one !== undefined)) {
    status.message(`rollcall: warning: ${clean(text)}`);
  }
  const files = await openFiles(flags, devices, work.commands);
  const recordings = Recordings.open(flags.record, devices, (line) => status.message(line));
  const interrupt = stoppable(status, exit);
  const sink = await openSink(flags, interrupt);
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
      observers: [
        recordings.observer,
        ...(flags.log ? [logLines((line) => status.message(line)) as Observer<Device, never>] : []),
      ],
      keepResults: false,
      ...(canAsk() ? { ask: asker(status, interrupt) } : {}),
    });
    const records = wantsInputOrder(flags)
      ? inInputOrder(running, (result) => recordOf(running.id, result))
      : recordsOf(running.id, running);
    const code = await reportRun(records, {
      ...flags,
      text: recordText,
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
): AsyncGenerator<RunRecord, void, undefined> {
  for await (const result of results) yield recordOf(runId, result);
}

async function openFiles({ outputDir, format }: RunFlags, devices: readonly Device[], commands: readonly string[]) {
  if (outputDir === undefined) return undefined;
  try {
    return await DeviceFiles.open(outputDir, { format, devices: devices.map(({ name }) => name), commands });
  } catch (error) {
    throw new UsageError(`cannot write to the folder ${outputDir}: ${(error as Error).message}`);
  }
}
