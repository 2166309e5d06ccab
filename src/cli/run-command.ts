import { agentPlace, findAgent } from '../agent/index.js';
import { loadInventory } from '../index.js';
import type { Device } from '../inventory/index.js';
import type { Platform } from '../platforms/index.js';
import {
  execCommands,
  type Observer,
  type RunRecord,
  recordOf,
  run,
  type SendCommandsInput,
  sendCommands,
} from '../runner/index.js';
import { AUTODETECT, checkCommands, checkExecCommands, type Question } from '../session/index.js';
import { askAtTerminal, canAsk, GaveUpError } from './ask.js';
import { gatherCommands } from './commands-list.js';
import { gatherCredentials, withCredentials } from './credentials.js';
import { type ExecutorFlags, makeExecutor, sessionsAtOnce } from './executors.js';
import { UsageError } from './exit-codes.js';
import { type Interrupt, stoppable } from './interrupt.js';
import { logLines } from './log-lines.js';
import { fitOpenFiles } from './open-files.js';
import { clean } from './output/clean.js';
import { DeviceFiles } from './output/device-files.js';
import { recordText } from './output/text.js';
import { ownPlatforms, type PlatformFlags } from './platform-files.js';
import { Recordings } from './recordings.js';
import { type OutputFlags, openSink, reportRun, wantsInputOrder } from './report-run.js';
import { StatusLine } from './status-line.js';

export interface RunFlags extends ExecutorFlags, OutputFlags, PlatformFlags {
  readonly inventory?: string;
  readonly commandsFrom?: string;
  readonly connectTimeout?: number;
  readonly idleTimeout?: number;
  readonly timeout?: number;
  readonly settleMs?: number;
  readonly record?: string;
  readonly username?: string;
  readonly askPassword?: boolean;
  readonly enable: boolean;
  readonly hostKeys: 'accept-new' | 'strict' | 'off';
  readonly knownHosts?: string;
  readonly exec?: boolean;
  readonly stopOnError?: boolean;
  readonly agent: boolean;
  readonly log?: boolean;
}

/** `rollcall run`: returns the exit code. @throws UsageError, InventoryError before anything was connected. */
export async function runCommand(
  args: readonly string[],
  given: RunFlags,
  exit: (code: number) => void,
): Promise<number> {
  checkFlags(given);
  const commands = gatherCommands(args, given.commandsFrom);
  const platforms = ownPlatforms(given);
  const inventory = await loadInventory(given.inventory, { platforms });
  if (given.exec) refuseBadExec(commands, inventory.devices, platforms);
  else refuseBadCommands(commands, inventory.devices, platforms);
  const atOnce = Math.min(sessionsAtOnce(given), inventory.devices.length);
  const { flags, warning } = fitOpenFiles(given, atOnce, { filesEach: given.record === undefined ? 1 : 2 });
  const credentials = await gatherCredentials(flags);
  const devices = inventory.devices.map((device) => withTimeouts(withCredentials(device, credentials), flags));
  const status = new StatusLine(process.stderr, { live: !flags.quiet && !flags.log });
  const agent = flags.agent && !flags.exec ? await findAgent(agentPlace(process.env)) : {};
  for (const text of [...inventory.warnings, warning, agent.warning].filter((one) => one !== undefined)) {
    status.message(`rollcall: warning: ${clean(text)}`);
  }
  const files = await openFiles(flags, devices, commands);
  const recordings = Recordings.open(flags.record, devices, (line) => status.message(line));
  const interrupt = stoppable(status, exit);
  const sink = await openSink(flags, interrupt);
  const executor = makeExecutor(flags);
  try {
    const running = run(flags.exec ? execCommands : sendCommands, devices, {
      input: ({ platform, name }): SendCommandsInput => ({
        commands,
        onRefusal: flags.stopOnError ? 'stop' : 'continue',
        agent: agent.address,
        session: {
          enable: flags.enable ? 'auto' : 'never',
          hostKeys: { policy: flags.hostKeys, knownHostsFile: flags.knownHosts },
          ...recordings.of(name),
          // It travels with the call: a worker has no file of the user's.
          ...carried(platforms, platform),
        },
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
    const results = wantsInputOrder(flags) ? running.inOrder() : running;
    const code = await reportRun(recordsOf(running.id, results), {
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
  const { executor, workers, perWorker, output, outputDir, inventory, commandsFrom, record, exec } = flags;
  const pool = executor === 'threads' || executor === 'processes';
  if (perWorker !== 1 && !pool)
    throw new UsageError(`--per-worker goes with --executor threads or processes, not ${executor}`);
  if (workers !== undefined && workers !== 1 && executor === 'sequential') {
    throw new UsageError('--executor sequential has one worker; leave --workers out, or choose another executor');
  }
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

/** A flag goes before what the inventory says: it was typed now. */
function withTimeouts(device: Device, { connectTimeout, idleTimeout, timeout, settleMs }: RunFlags) {
  const timeouts = {
    ...device.timeouts,
    ...(connectTimeout === undefined ? {} : { connectMs: connectTimeout }),
    ...(idleTimeout === undefined ? {} : { idleMs: idleTimeout }),
    ...(timeout === undefined ? {} : { totalMs: timeout }),
    ...(settleMs === undefined ? {} : { settleMs }),
  };
  return { ...device, timeouts };
}

async function openFiles({ outputDir, format }: RunFlags, devices: readonly Device[], commands: readonly string[]) {
  if (outputDir === undefined) return undefined;
  try {
    return await DeviceFiles.open(outputDir, { format, devices: devices.map(({ name }) => name), commands });
  } catch (error) {
    throw new UsageError(`cannot write to the folder ${outputDir}: ${(error as Error).message}`);
  }
}

/** What no device of the inventory can be sent is wrong before the first is connected. */
function refuseBadCommands(
  commands: readonly string[],
  devices: readonly Device[],
  platforms: readonly Platform[],
): void {
  for (const platform of new Set(devices.map((device) => device.platform))) {
    try {
      checkCommands(commands, platform, platforms);
    } catch (error) {
      throw new UsageError((error as Error).message);
    }
  }
}

/** The same for commands that run without a shell: every device must be one that can do it. */
function refuseBadExec(commands: readonly string[], devices: readonly Device[], platforms: readonly Platform[]): void {
  const wrong: string[] = [];
  for (const device of devices) {
    try {
      checkExecCommands(commands, device, platforms);
    } catch (error) {
      wrong.push(`${device.name}: ${(error as Error).message}`);
    }
  }
  if (wrong.length === 0) return;
  const more = wrong.length > SHOWN_DEVICES ? `\n… and ${wrong.length - SHOWN_DEVICES} more devices` : '';
  throw new UsageError(`--exec: ${wrong.slice(0, SHOWN_DEVICES).join('\n')}${more}`);
}

/** How many devices an error names. */
const SHOWN_DEVICES = 5;

/** The user's own platforms that a device may turn out to have. */
function carried(platforms: readonly Platform[], name: string): { platforms?: readonly Platform[] } {
  const own = name === AUTODETECT ? platforms : platforms.filter((platform) => platform.name === name);
  return own.length === 0 ? {} : { platforms: own };
}

/** Questions of several devices are asked one after the other: there is one keyboard. */
function asker(status: StatusLine, interrupt: Interrupt): (question: unknown, device: Device) => Promise<string> {
  let turn: Promise<unknown> = Promise.resolve();
  return (question, device) => {
    const { prompt, echo, about } = question as Question;
    const whole = about === undefined ? `${device.name} asks: ${prompt} ` : `${prompt} `;
    const { signal } = interrupt;
    const ask = (): Promise<string> => askAtTerminal(clean(whole), { echo, signal });
    const answer = turn
      .then(() => status.pausedFor(ask))
      .catch((error: unknown) => {
        // While it asks, the terminal hands Ctrl-C over as a key: it means the run, as it does at any other time.
        if (error instanceof GaveUpError && error.cause === 'SIGINT') interrupt.heed('SIGINT');
        throw error;
      });
    turn = answer.catch(() => {});
    return answer;
  };
}
