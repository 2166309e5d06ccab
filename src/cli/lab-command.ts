import { readFileSync, writeFileSync } from 'node:fs';
import { labExample, type SimulatedDevice, startLab } from '../lab/index.js';
import { EXIT, UsageError } from './exit-codes.js';

export interface LabFlags {
  readonly devices: number;
  readonly platform: string;
  readonly port: number;
  readonly latencyMs: number;
  readonly commandMs: number;
  readonly inventoryOut: string;
}

/** The first line of the inventories written here: a file without it belongs to somebody, and is not overwritten. */
const MARK = '# Written by `rollcall lab`; every start writes it anew.';

/** `rollcall lab`: serves simulated devices until it is stopped, and returns the exit code. @throws UsageError. */
export async function labCommand({ inventoryOut, ...options }: LabFlags): Promise<number> {
  refuseForeignFile(inventoryOut);
  const stop = new AbortController();
  const stopped = new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());
  const lab = await startLab(options);
  try {
    writeInventory(inventoryOut, lab.inventory());
    process.stdout.write(
      `${count(lab.devices.length, `simulated ${options.platform} device`)} on ${addresses(lab.devices)}; ` +
        `inventory: ${inventoryOut}\nTry in another terminal: rollcall run "${labExample(options.platform)}" -i ${inventoryOut}\nCtrl-C stops.\n`,
    );
    await stopped;
  } finally {
    await lab.close();
  }
  const { connections, commands } = lab.counters;
  process.stdout.write(`stopped after ${count(connections, 'connection')} and ${count(commands, 'command')}\n`);
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

function writeInventory(path: string, text: string): void {
  try {
    writeFileSync(path, `${MARK}\n${text}`, { mode: 0o600 });
  } catch (error) {
    throw new UsageError(`cannot write the inventory to ${path}: ${(error as Error).message}`);
  }
}

function refuseForeignFile(path: string): void {
  let before: string;
  try {
    before = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw new UsageError(`cannot write the inventory to ${path}: ${(error as Error).message}`);
  }
  if (before.startsWith(MARK) || before.trim() === '') return;
  throw new UsageError(`${path} is not from a lab and is not overwritten; name another file with --inventory-out FILE`);
}
