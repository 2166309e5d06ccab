import { EventLoopExecutor } from '../futures/index.js';
import { hostProblem } from '../inventory/index.js';
import {
  type ErrorInfo,
  type PingResult,
  ping,
  type Result,
  type RunDevice,
  run,
  type Status,
} from '../runner/index.js';
import { UsageError } from './exit-codes.js';
import { selectDevices } from './gather-fleet.js';
import { stoppable } from './interrupt.js';
import type { InventoryFlags } from './inventory-flags.js';
import { fitOpenFiles } from './open-files.js';
import { clean } from './output/clean.js';
import type { PlatformFlags } from './platform-files.js';
import { type OutputFlags, openSink, reportRun, wantsInputOrder } from './report-run.js';
import { StatusLine } from './status-line.js';

export interface PingFlags extends OutputFlags, InventoryFlags, PlatformFlags {
  readonly where?: readonly string[];
  readonly tcp?: number;
  readonly count: number;
  readonly timeout?: number;
  readonly workers: number;
}

interface Target extends RunDevice {
  readonly host: string;
}

/** The pipes to the system's `ping`, and what it takes to start it. */
const FILES_OF_PING = 4;

/** One address's outcome as it stands in a line of ndjson. */
interface PingRecord {
  readonly schema: 1;
  readonly runId: string;
  readonly device: string;
  readonly host: string;
  readonly port: number | null;
  readonly status: Status;
  readonly method: 'icmp' | 'tcp';
  readonly rttMs: number | null;
  readonly error: ErrorInfo | null;
  readonly worker: string;
  readonly startedAt: string;
  readonly elapsedMs: number;
}

/** `rollcall ping`: returns the exit code. @throws UsageError, InventoryError before anything was sent. */
export async function pingCommand(
  addresses: readonly string[],
  given: PingFlags,
  exit: (code: number) => void,
): Promise<number> {
  const { targets, warnings } = await gatherTargets(addresses, given);
  const { flags, warning } = fitOpenFiles(
    { ...given, executor: 'loop', perWorker: 1 },
    Math.min(given.workers, targets.length),
    { filesEach: given.tcp === undefined ? FILES_OF_PING : 1 },
  );
  const status = new StatusLine(process.stderr, { live: !flags.quiet });
  for (const text of [...warnings, warning].filter((one) => one !== undefined)) {
    status.message(`rollcall: warning: ${clean(text)}`);
  }
  const interrupt = stoppable(status, exit);
  const sink = await openSink(flags, interrupt);
  const executor = new EventLoopExecutor({ maxWorkers: flags.workers });
  const { tcp, count, timeout } = flags;
  const running = run(ping, targets, {
    input: {
      count,
      ...(timeout === undefined ? {} : { timeoutMs: timeout }),
      ...(tcp === undefined ? {} : { tcpPort: tcp }),
    },
    executor,
    // A ping is no session: what stands on the list twice is asked twice.
    limits: { perDevice: Number.POSITIVE_INFINITY },
    signal: interrupt.signal,
    keepResults: false,
  });
  const reachable: string[] = [];
  const unreachable: string[] = [];
  async function* records(): AsyncGenerator<PingRecord, void, undefined> {
    for await (const result of wantsInputOrder(flags) ? running.inOrder() : running) {
      (result.status === 'ok' ? reachable : unreachable).push(result.device.name);
      yield pingRecord(running.id, result, flags);
    }
  }
  const list = (title: string, names: readonly string[]): string =>
    [`${title} (${names.length}):`, ...names.map((name) => `  ${clean(name)}`)].join('\n');
  try {
    return await reportRun(records(), {
      ...flags,
      // The two lists are the answer; they are whole only at the end.
      text: () => '',
      footer: () => `${list('reachable', reachable)}\n${list('unreachable', unreachable)}\n`,
      total: targets.length,
      noun: ['address', 'addresses'],
      status,
      interrupt,
      sink,
    });
  } finally {
    interrupt.stop();
    await executor.shutdown({ cancelFutures: true });
    interrupt.release();
  }
}

function pingRecord(runId: string, result: Result<Target, PingResult>, { tcp }: PingFlags): PingRecord {
  const { device, status, value, error, worker, startedAt, elapsedMs } = result;
  return {
    schema: 1,
    runId,
    device: device.name,
    host: device.host,
    port: tcp ?? null,
    status,
    method: tcp === undefined ? 'icmp' : 'tcp',
    rttMs: value?.rttMs ?? null,
    error,
    worker,
    startedAt,
    elapsedMs,
  };
}

interface Targets {
  readonly targets: readonly Target[];
  readonly warnings: readonly string[];
}

async function gatherTargets(addresses: readonly string[], flags: PingFlags): Promise<Targets> {
  const { inventory, where } = flags;
  if (addresses.length > 0 && inventory !== undefined) throw new UsageError('give addresses or -i FILE, not both');
  if (addresses.length > 0 && where !== undefined) {
    throw new UsageError('--where chooses devices of an inventory: give it, or addresses');
  }
  if (addresses.length === 0) {
    const { devices, warnings } = await selectDevices(flags);
    return { targets: devices.map(({ name, host }) => ({ name, host })), warnings };
  }
  for (const address of addresses) {
    const problem = hostProblem(address);
    if (problem !== undefined) throw new UsageError(`cannot ping ${JSON.stringify(address)}: the address ${problem}`);
  }
  return { targets: addresses.map((host) => ({ name: host, host })), warnings: [] };
}
