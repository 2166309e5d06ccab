import type { Device } from '../inventory/index.js';
import {
  getFile,
  type Observer,
  putFile,
  run,
  type TransferInput,
  type TransferOutput,
  type TransferRecord,
  transferRecordOf,
} from '../runner/index.js';
import type { FileOptions } from '../session/index.js';
import { canAsk } from './ask.js';
import { makeExecutor, sessionsAtOnce } from './executors.js';
import { UsageError } from './exit-codes.js';
import { asker, checkExecutor, type FleetFlags, sessionOf } from './fleet.js';
import { completeFleet, selectDevices } from './gather-fleet.js';
import { stoppable } from './interrupt.js';
import { checkReadable, localNames, remoteName } from './local-names.js';
import { logLines } from './log-lines.js';
import { mannersOf, WaitingNote } from './manners.js';
import { clean } from './output/clean.js';
import { transferText } from './output/transfer-text.js';
import { type OutputFlags, openSink, reportRun, wantsInputOrder } from './report-run.js';
import { StatusLine } from './status-line.js';
import { TransferProgress } from './transfer-progress.js';

export interface TransferFlags extends FleetFlags, OutputFlags {
  readonly protocol: NonNullable<FileOptions['protocol']>;
  readonly force?: boolean;
  readonly resume: boolean;
  readonly verify: NonNullable<FileOptions['verify']>;
}

/** The session, the connection of its own that a transfer may need, and the file. */
const FILES_OF_TRANSFER = 3;

/** `rollcall put` and `rollcall get`: returns the exit code. @throws UsageError, InventoryError before anything was connected. */
export async function transferCommand(
  direction: 'put' | 'get',
  [first = '', second]: readonly string[],
  given: TransferFlags,
  exit: (code: number) => void,
): Promise<number> {
  checkExecutor(given);
  const selection = await selectDevices(given);
  const places = await placesOf(direction, [first, second], selection.devices);
  const manners = mannersOf(given, selection);
  const { devices, platforms, warnings, flags } = await completeFleet(selection, given, {
    filesEach: FILES_OF_TRANSFER,
  });
  const status = new StatusLine(process.stderr, { live: !flags.quiet && !flags.log });
  for (const text of warnings) status.message(`rollcall: warning: ${clean(text)}`);
  const interrupt = stoppable(status, exit);
  const sink = await openSink(flags, interrupt);
  const executor = makeExecutor(flags);
  const progress = new TransferProgress();
  const waiting = new WaitingNote(progress);
  const { protocol, force = false, resume, verify } = flags;
  try {
    const running = run<Device, TransferInput, TransferOutput>(direction === 'put' ? putFile : getFile, devices, {
      input: (device) => ({
        ...places(device),
        files: { protocol, force, resume, verify },
        session: sessionOf(flags, platforms, device.platform),
      }),
      ...manners,
      executor,
      buffersize: sessionsAtOnce(flags) * 2,
      signal: interrupt.signal,
      observers: [
        progress,
        ...(process.stderr.isTTY ? [waiting] : []),
        ...(flags.log ? [logLines((line) => status.message(line)) as Observer<Device, TransferOutput>] : []),
      ],
      keepResults: false,
      loginGuard: flags.canary ? 'on' : 'off',
      ...(canAsk() ? { ask: asker(status, interrupt) } : {}),
    });
    waiting.run = running;
    async function* records(): AsyncGenerator<TransferRecord, void, undefined> {
      for await (const result of wantsInputOrder(flags) ? running.inOrder() : running) {
        yield transferRecordOf(running.id, result);
      }
    }
    return await reportRun(records(), {
      ...flags,
      text: transferText,
      total: devices.length,
      noun: 'devices',
      status,
      interrupt,
      sink,
      note: waiting,
    });
  } finally {
    interrupt.stop();
    await executor.shutdown({ cancelFutures: true });
    interrupt.release();
  }
}

type Places = (device: Device) => Pick<TransferInput, 'local' | 'remote'>;

async function placesOf(
  direction: 'put' | 'get',
  [first, second]: readonly [string, string | undefined],
  devices: readonly Device[],
): Promise<Places> {
  for (const path of [first, second]) {
    if (path !== undefined && (path === '' || /[\u0000-\u001f\u007f-\u009f]/.test(path))) {
      throw new UsageError('a path is one line of text, and not empty');
    }
  }
  if (direction === 'put') {
    await checkReadable(first);
    const places = { local: first, remote: second ?? remoteName(first) };
    return () => places;
  }
  const names = await localNames(
    devices.map(({ name }) => name),
    first,
    second,
  );
  return ({ name }) => ({ remote: first, local: names.get(name) ?? name });
}
