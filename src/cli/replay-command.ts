import { readRecording } from '../base/index.js';
import { type LabTransport, startReplay } from '../lab/index.js';
import { EXIT } from './exit-codes.js';
import { refuseForeignFile, untilStopped, writeInventory } from './inventory-file.js';
import { clean } from './output/clean.js';

export interface ReplayFlags {
  readonly transport?: LabTransport;
  readonly port: number;
  readonly speed?: number;
  readonly inventoryOut: string;
}

/** `rollcall replay`: serves a recording until it is stopped, and returns the exit code. @throws UsageError, OptionError. */
export async function replayCommand(file: string, flags: ReplayFlags): Promise<number> {
  const { inventoryOut, transport, port, speed } = flags;
  refuseForeignFile(inventoryOut);
  const recording = readRecording(file);
  const tell = (text: string): void => void process.stderr.write(`rollcall: ${clean(text)}\n`);
  if (recording.cut !== undefined) tell(`warning: ${recording.cut}`);
  const stopped = untilStopped();
  const lab = await startReplay({ recording, transport, port, speed, onProblem: tell });
  try {
    writeInventory(inventoryOut, 'replay', lab.inventory());
    const { name, host, port: at, platform } = lab.device;
    const device = clean(`${name} (${platform})`);
    process.stdout.write(
      `the recording of ${device} answers on ${host} port ${at}; inventory: ${inventoryOut}\nCtrl-C stops.\n`,
    );
    await stopped;
  } finally {
    await lab.close();
  }
  return EXIT.ok;
}
