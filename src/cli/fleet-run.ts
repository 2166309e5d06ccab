import type { Executor } from '../futures/index.js';
import type { Device } from '../inventory/index.js';
import { type Observer, type Result, type Run, type RunOptions, run } from '../runner/index.js';
import { canAsk } from './ask.js';
import { makeExecutor, sessionsAtOnce } from './executors.js';
import { asker, type FleetFlags } from './fleet.js';
import type { Fleet, Selection } from './gather-fleet.js';
import type { Interrupt } from './interrupt.js';
import { logLines } from './log-lines.js';
import { mannersOf, WaitingNote } from './manners.js';
import { inInputOrder } from './output/in-order.js';
import type { Sink } from './output/sink.js';
import type { FailedRecord } from './output/text.js';
import { type Note, type OutputFlags, type Reporting, reportRun, wantsInputOrder } from './report-run.js';
import type { RunWork } from './run-work.js';
import type { StatusLine } from './status-line.js';

type Flags = FleetFlags & OutputFlags;

/** What is there when a run begins: its devices, the person at the terminal, and where the output goes. */
export interface Surroundings {
  readonly fleet: Fleet<Flags>;
  readonly status: StatusLine;
  readonly interrupt: Interrupt;
  readonly sink: Sink | undefined;
}

/** What a command does on its fleet, and how what comes of it is shown. */
export interface FleetRun<I, T, R extends FailedRecord>
  extends Pick<RunWork<I, T, R>, 'task' | 'record' | 'text'>,
    Pick<RunOptions<Device, I, T>, 'session' | 'gates' | 'journal' | 'observers'>,
    Pick<Reporting<R>, 'alsoTo' | 'closing'> {
  input(device: Device): I;
  /** What stands beside the counts, before what devices wait for. */
  readonly note?: Note | undefined;
  /** Devices that have their result already. */
  readonly done?: readonly Result<Device, T>[];
  /** Called when the run begins; returns what is to be called when all of it has ended. */
  readonly begin?: ((executor: Executor) => (() => void) | undefined) | undefined;
}

/** Runs the work on every device, hands each record to where it belongs, and returns the exit code. */
export async function runOnFleet<I, T, R extends FailedRecord>(
  work: FleetRun<I, T, R>,
  { fleet, status, interrupt, sink }: Surroundings,
): Promise<number> {
  const { devices, flags } = fleet;
  const { task, input, session, journal, done = [] } = work;
  const manners = mannersOf(flags, fleet);
  const executor = makeExecutor(flags);
  const waiting = new WaitingNote(work.note);
  const ended = work.begin?.(executor);
  try {
    const running = run(task, devices, {
      input,
      session,
      journal,
      gates: work.gates ?? [],
      ...manners,
      executor,
      buffersize: sessionsAtOnce(flags) * 2,
      signal: interrupt.signal,
      observers: [...(work.observers ?? []), ...watchers<T>(flags, { status, waiting })],
      keepResults: false,
      loginGuard: flags.canary ? 'on' : 'off',
      ...(canAsk() ? { ask: asker(status, interrupt) } : {}),
    });
    waiting.run = running;
    return await reportRun(recordsOf(running, { inOrder: wantsInputOrder(flags), work }), {
      ...flags,
      text: work.text,
      total: devices.length + done.length,
      noun: 'devices',
      status,
      interrupt,
      sink,
      note: waiting,
      alsoTo: work.alsoTo,
      closing: work.closing,
    });
  } finally {
    interrupt.stop();
    await executor.shutdown({ cancelFutures: true });
    ended?.();
  }
}

/** What is wrong with the flags of a run is told before its output is opened. @throws UsageError. */
export function checkManners(flags: Flags, selection: Selection): void {
  mannersOf(flags, selection);
}

/** Those who hear the steps; where there is nobody, none needs to cross from a worker. */
function watchers<T>(
  { log }: FleetFlags,
  { status, waiting }: { readonly status: StatusLine; readonly waiting: WaitingNote },
): readonly Observer<Device, T>[] {
  return [
    ...(process.stderr.isTTY ? [waiting as Observer<Device, T>] : []),
    ...(log ? [logLines((line) => status.message(line)) as Observer<Device, T>] : []),
  ];
}

async function* recordsOf<I, T, R extends FailedRecord>(
  running: Run<Device, T>,
  { inOrder, work }: { readonly inOrder: boolean; readonly work: Pick<FleetRun<I, T, R>, 'record' | 'done'> },
): AsyncGenerator<R, void, undefined> {
  const record = (result: Result<Device, T>): R => work.record(running.id, result);
  for (const result of work.done ?? []) yield record(result);
  if (inOrder) yield* inInputOrder(running, record);
  else for await (const result of running) yield record(result);
}
