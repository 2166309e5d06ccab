import { writeFileSync } from 'node:fs';
import {
  csvOf,
  csvText,
  type Device,
  nativeJson,
  nativeOf,
  nativeYaml,
  type OpenInventory,
} from '../../inventory/index.js';
import { EXIT, UsageError } from '../exit-codes.js';
import { clean } from '../output/clean.js';
import { type SelectionFlags, selected, warn } from './selected.js';

export interface ConvertFlags extends SelectionFlags {
  readonly to: 'native' | 'json' | 'csv';
  readonly output?: string;
  readonly withSecrets?: boolean;
}

/** What is written, and what somebody should know of it. */
interface Converted {
  readonly text: string;
  readonly notes: readonly string[];
}

/** `rollcall inventory convert`: returns the exit code. @throws InventoryError, UsageError. */
export async function convertInventory(flags: ConvertFlags): Promise<number> {
  const { output, withSecrets = false } = flags;
  if (withSecrets && output === undefined) {
    throw new UsageError('--with-secrets prints nothing: name a file that only you may read, with --output FILE');
  }
  const { devices, parts, warnings } = await selected(flags);
  const [part, ...others] = parts;
  if (part === undefined || others.length > 0) throw new UsageError('convert takes one inventory: give one -i');
  const { text, notes } = flags.to === 'csv' ? table(devices, withSecrets) : native(part, devices, flags);
  if (output === undefined) process.stdout.write(text);
  else write(output, text);
  warn(warnings);
  for (const note of notes) process.stderr.write(`rollcall: ${clean(note)}\n`);
  return EXIT.ok;
}

function native(part: OpenInventory, devices: readonly Device[], { to, withSecrets = false }: ConvertFlags): Converted {
  const names = new Set(devices.map(({ name }) => name));
  const { inventory, leftOut } = nativeOf(part, { devices: names, withSecrets });
  const secrets = `${leftOut} secret${leftOut === 1 ? '' : 's'}`;
  const note = `${secrets} left out (~); --with-secrets --output FILE writes ${leftOut === 1 ? 'it' : 'them'} into a file`;
  const comment =
    leftOut === 0 ? undefined : `${secrets} left out: write a reference in place of each ~, such as { env: NAME }`;
  return {
    text: to === 'json' ? nativeJson(inventory) : nativeYaml(inventory, comment),
    notes: leftOut === 0 ? [] : [note],
  };
}

function table(devices: readonly Device[], withSecrets: boolean): Converted {
  const csv = csvOf(devices, { withSecrets });
  const list = [...csv.leftOut].map(([key, many]) => `${key} (${many})`).join(', ');
  const why = withSecrets ? 'no cell can hold it' : 'a secret, or no cell can hold it';
  return { text: csvText(csv), notes: list === '' ? [] : [`left out, with how many devices have it: ${list}; ${why}`] };
}

/** For its owner alone, as there may be secrets in it; never over a file that is there. */
function write(path: string, text: string): void {
  try {
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new UsageError(`${path} is there already and is not overwritten; name another file`);
    throw new UsageError(`cannot write ${path}: ${message}`);
  }
}
