import { readFile } from 'node:fs/promises';
import { didYouMean, OptionError, quote } from '../base/index.js';
import type { Device } from './device.js';
import { InventoryError } from './errors.js';
import { type Entry, look, type TreeNode } from './node.js';
import { collectProblems, type Problems } from './problems.js';
import { where } from './where.js';
import { openYaml } from './yaml.js';

/** A key of a file that maps devices to commands, and what stands behind it. */
interface Mapped {
  readonly key: string;
  readonly at: number;
  readonly commands: readonly string[];
}

const EXPECTED = "expected a mapping of devices to commands, such as R1: show clock, or 'site=msk': [show clock]";

/**
 * Reads a YAML (or JSON) file that maps devices to commands: a key is a device's name, or an expression as `where` takes
 * it; a value is a command, or a list of them. Returns the commands of each device by its name: those of every key that
 * it fits, in the order of the file.
 * @throws InventoryError with the line of everything that is wrong, a key that fits no device included.
 */
export async function loadCommandsMap(
  path: string,
  devices: readonly Device[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'no such file' : `cannot be read: ${message}`;
    throw new InventoryError([{ file: path, message: why }]);
  }
  return parseCommandsMap(text, devices, { file: path });
}

/** The same for a text; `file` is what messages call it. @throws InventoryError. */
export function parseCommandsMap(
  text: string,
  devices: readonly Device[],
  { file = 'commands' }: { readonly file?: string } = {},
): ReadonlyMap<string, readonly string[]> {
  const problems = collectProblems();
  problems.addText(file, text);
  const root = openYaml(text, problems)?.root ?? null;
  const mapped = problems.found.length > 0 ? [] : readMap(root, problems);
  const commands = problems.found.length > 0 ? new Map() : distribute(mapped, devices, problems);
  if (problems.found.length > 0) throw new InventoryError(problems.found);
  return commands;
}

function readMap(root: TreeNode, problems: Problems): readonly Mapped[] {
  const seen = look(root);
  if (seen.kind === 'broken') return [];
  if (seen.kind !== 'map' || seen.entries.length === 0) {
    const got = { nothing: 'nothing', text: 'a text', list: 'a list', map: 'an empty one' }[seen.kind];
    problems.report(root?.at ?? 0, `${EXPECTED}; got ${got}`);
    return [];
  }
  return seen.entries.map((entry) => ({ key: entry.key, at: entry.keyAt, commands: commandsOf(entry, problems) }));
}

function commandsOf({ key, value, valueAt }: Entry, problems: Problems): readonly string[] {
  const seen = look(value);
  if (seen.kind === 'broken') return [];
  const nodes = seen.kind === 'list' ? seen.items : [value];
  const wrong = nodes.find((node) => ['list', 'map', 'broken'].includes(look(node).kind));
  if (wrong !== undefined) {
    problems.report(wrong?.at ?? valueAt, `the commands of ${quote(key)} are a text, or a list of texts`);
    return [];
  }
  const commands = nodes.flatMap((node) => {
    const one = look(node);
    // A block (`|`) is a line for each command.
    return one.kind === 'text' ? linesOf(one.text, node?.at ?? valueAt, problems) : [];
  });
  if (commands.length === 0) problems.report(valueAt, `no command stands behind ${quote(key)}`);
  return commands;
}

function linesOf(text: string, at: number, problems: Problems): readonly string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.some((line) => /\p{Cc}/u.test(line))) problems.report(at, 'a command must not hold a control character');
  return lines;
}

/** Names are compared letter by letter: that is for some thousands of them, and for a few keys. */
const MOST_COMPARED = 5000;
const MOST_HINTS = 20;

/** What fits the same keys shares one list: a hundred thousand devices need not have as many. */
function distribute(
  mapped: readonly Mapped[],
  devices: readonly Device[],
  problems: Problems,
): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, number[]>();
  const names = new Map(devices.map((device) => [device.name, device]));
  const some = [...names.keys()].slice(0, MOST_COMPARED);
  for (const [index, { key, at }] of mapped.entries()) {
    const named = names.get(key);
    const fitting = named === undefined ? fittingOf(key, at, { devices, problems }) : [named];
    for (const { name } of fitting ?? []) keys.set(name, [...(keys.get(name) ?? []), index]);
    if (fitting?.length !== 0) continue;
    const hint = problems.found.length < MOST_HINTS ? didYouMean(key, some) : '';
    problems.report(at, `no device fits ${quote(key)}${hint}`);
  }
  const lists = new Map<string, readonly string[]>();
  const listOf = (indexes: readonly number[]): readonly string[] => {
    const id = indexes.join();
    const list = lists.get(id) ?? indexes.flatMap((index) => mapped[index]?.commands ?? []);
    lists.set(id, list);
    return list;
  };
  return new Map([...keys].map(([name, indexes]) => [name, listOf(indexes)]));
}

function fittingOf(
  key: string,
  at: number,
  { devices, problems }: { readonly devices: readonly Device[]; readonly problems: Problems },
): readonly Device[] | undefined {
  try {
    return devices.filter(where(key));
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    problems.report(at, error.message);
    return undefined;
  }
}
