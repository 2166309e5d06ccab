import { labExample, type SimulatedDevice, startLab } from '../lab/index.js';
import { EXIT } from './exit-codes.js';
import { refuseForeignFile, untilStopped, writeInventory } from './inventory-file.js';
import { clean } from './output/clean.js';

export interface LabFlags {
  readonly devices: number;
  readonly platform: string;
  readonly port: number;
  readonly latencyMs: number;
  readonly commandMs: number;
  readonly lockAfter?: number;
  readonly inventoryOut: string;
}

/** `rollcall lab`: serves simulated devices until it is stopped, and returns the exit code. @throws UsageError. */
export async function labCommand({ inventoryOut, ...options }: LabFlags): Promise<number> {
  refuseForeignFile(inventoryOut);
  const stopped = untilStopped();
  const lab = await startLab(options);
  try {
    writeInventory(inventoryOut, 'lab', lab.inventory());
    process.stdout.write(
      `${count(lab.devices.length, `simulated ${options.platform} device`)} on ${addresses(lab.devices)}; ` +
        `inventory: ${inventoryOut}\nTry in another terminal: rollcall run "${labExample(options.platform)}" -i ${inventoryOut}\nCtrl-C stops.\n`,
    );
    await stopped;
  } finally {
    await lab.close();
  }
  const { connections, commands } = lab.counters;
  const locked = lab.locked.length === 0 ? '' : `; the account of ${lab.locked.map(clean).join(', ')} was locked`;
  process.stdout.write(
    `stopped after ${count(connections, 'connection')} and ${count(commands, 'command')}${locked}\n`,
  );
  return EXIT.ok;
}

const count = (howMany: number, noun: string): string => `${howMany} ${noun}${howMany === 1 ? '' : 's'}`;

function addresses(devices: readonly SimulatedDevice[]): string {
  const ports = devices.map(({ port }) => port);
  const [first = 0] = ports;
  const host = devices[0]?.host;
  if (ports.length === 1) return `${host} port ${first}`;
  const inARow = ports.every((port, at) => port === first + at);
  return inARow ? `${host} ports ${first} to ${ports.at(-1)}` : `free ports of ${host}`;
}
