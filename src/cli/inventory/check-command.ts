import { adviceOn, type Device, type Inventory, InventoryError } from '../../inventory/index.js';
import { EXIT } from '../exit-codes.js';
import { clean, jsonLine } from '../output/clean.js';
import { missingSecrets } from '../secrets-at-hand.js';
import { type SelectionFlags, selected, warn } from './selected.js';

export interface CheckFlags extends SelectionFlags {
  readonly format: 'text' | 'json';
}

/**
 * `rollcall inventory check`: 0 when the inventory can be used, 2 with every problem when it cannot. A secret that whoever
 * checks cannot have is a warning: the job that checks need not be the one that runs.
 */
export async function checkInventory(flags: CheckFlags): Promise<number> {
  try {
    const { inventory, devices, warnings } = await selected(flags);
    const missing = await missingSecrets(devices);
    const all = [
      ...warnings,
      ...adviceOn(inventory),
      ...missing.map((one) => `this secret cannot be had here: ${one}`),
    ];
    if (flags.format === 'json') {
      const counts = { devices: devices.length, groups: inventory.groups.length };
      const kinds = { platforms: countsOf(devices, 'platform'), transports: countsOf(devices, 'transport') };
      process.stdout.write(`${jsonLine({ schema: 1, ok: true, problems: [], warnings: all, ...counts, ...kinds })}\n`);
    } else {
      warn(all);
      process.stdout.write(summary(inventory, devices));
    }
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof InventoryError)) throw error;
    const { problems } = error;
    if (flags.format === 'json') process.stdout.write(`${jsonLine({ schema: 1, ok: false, problems })}\n`);
    else {
      const lines = problems.map(({ file, line, column, message }) => {
        const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
        return `${clean(`${place}: ${message}`)}\n`;
      });
      process.stderr.write(`${lines.join('')}${count(problems.length, 'problem')}: this inventory cannot be used\n`);
    }
    return EXIT.usage;
  }
}

function summary({ file, groups }: Inventory, devices: readonly Device[]): string {
  const shown = (key: 'platform' | 'transport'): string =>
    Object.entries(countsOf(devices, key))
      .map(([name, many]) => `${name} ${many}`)
      .join(', ');
  return [
    `${clean(file)}: ${count(devices.length, 'device')}, ${count(groups.length, 'group')}`,
    `  platforms:  ${clean(shown('platform'))}`,
    `  transports: ${shown('transport')}\n`,
  ].join('\n');
}

/** How many devices have each, the most first. */
function countsOf(devices: readonly Device[], key: 'platform' | 'transport'): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const device of devices) counts.set(device[key], (counts.get(device[key]) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)));
}

const count = (many: number, noun: string): string => `${many} ${noun}${many === 1 ? '' : 's'}`;
