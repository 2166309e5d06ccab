import type { Device } from '../inventory/index.js';
import {
  getFile,
  putFile,
  type TransferInput,
  type TransferOutput,
  type TransferRecord,
  transferRecordOf,
} from '../runner/index.js';
import type { FileOptions } from '../session/index.js';
import { UsageError } from './exit-codes.js';
import { checkExecutor, type FleetFlags, sessionOf } from './fleet.js';
import { checkManners, runOnFleet } from './fleet-run.js';
import { completeFleet, selectDevices } from './gather-fleet.js';
import { stoppable } from './interrupt.js';
import { checkReadable, localNames, remoteName } from './local-names.js';
import { clean } from './output/clean.js';
import { transferText } from './output/transfer-text.js';
import { type OutputFlags, openSink } from './report-run.js';
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
  checkManners(given, selection);
  const fleet = await completeFleet(selection, given, { filesEach: FILES_OF_TRANSFER });
  const { platforms, warnings, flags } = fleet;
  const status = new StatusLine(process.stderr, { live: !flags.quiet && !flags.log });
  for (const text of warnings) status.message(`rollcall: warning: ${clean(text)}`);
  const interrupt = stoppable(status, exit);
  const sink = await openSink(flags, interrupt);
  const progress = new TransferProgress();
  const { protocol, force = false, resume, verify } = flags;
  try {
    return await runOnFleet<TransferInput, TransferOutput, TransferRecord>(
      {
        task: direction === 'put' ? putFile : getFile,
        input: (device) => ({
          ...places(device),
          files: { protocol, force, resume, verify },
          session: sessionOf(flags, platforms, device.platform),
        }),
        record: transferRecordOf,
        text: transferText,
        observers: [progress],
        note: progress,
      },
      { fleet, status, interrupt, sink },
    );
  } finally {
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
