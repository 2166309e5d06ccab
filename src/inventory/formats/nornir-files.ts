import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { look } from '../node.js';
import { type ReadOptions, readText } from '../read-file.js';
import { openName } from './detect.js';
import type { SourceTree, Telling } from './format.js';
import { textOf } from './nodes.js';
import { readNornir } from './nornir.js';
import { known, treeOf } from './open.js';
import type { Beside, ReadInventory } from './text.js';

interface Reader {
  readonly options: ReadOptions;
  readonly telling: Telling;
}

const EXPECTED = 'expected hosts by their names: rtr1: { hostname: 192.0.2.1, platform: ios }';

/** Whether a file is nornir's configuration, which names the files of its inventory. */
export function isNornirConfig({ root }: SourceTree): boolean {
  const seen = look(root);
  const inventory = seen.kind === 'map' ? seen.entries.find(({ key }) => key === 'inventory') : undefined;
  const inside = look(inventory?.value ?? null);
  return inside.kind === 'map' && inside.entries.some(({ key }) => key === 'plugin' || key === 'options');
}

/** The groups and defaults that lie beside a file of hosts. */
export async function nornirBeside(hosts: string, reader: Reader): Promise<Beside> {
  const beside = (name: string): string | undefined => {
    const own = extname(openName(hosts)) || '.yaml';
    return [own, '.yaml', '.yml']
      .flatMap((ending) => [ending, `${ending}.age`])
      .map((ending) => join(dirname(hosts), `${name}${ending}`))
      .find((path) => existsSync(path));
  };
  return { groups: await openFile(beside('groups'), reader), defaults: await openFile(beside('defaults'), reader) };
}

async function openFile(path: string | undefined, { options, telling }: Reader): Promise<SourceTree | undefined> {
  if (path === undefined) return undefined;
  const text = await readText(path, options);
  return treeOf(known({ file: path, text }, telling), telling, { strict: true });
}

/**
 * Reads the inventory that nornir's configuration names: SimpleInventory with `host_file`, `group_file` and
 * `defaults_file`, relative to the working directory as in nornir, or else to the configuration's folder.
 */
export async function nornirOfConfig(path: string, { root, base }: SourceTree, reader: Reader): Promise<ReadInventory> {
  const { problems } = reader.telling;
  const inventory = under(root, 'inventory');
  const plugin = textOf(under(inventory, 'plugin')) ?? 'SimpleInventory';
  if (plugin !== 'SimpleInventory') {
    const at = under(inventory, 'plugin')?.at ?? base;
    problems.report(
      at,
      "nornir's SimpleInventory is read, and no other plugin: write a module or a program that prints its hosts as JSON",
    );
    return { raw: { groups: [], devices: [] }, expected: EXPECTED };
  }
  const options = under(inventory, 'options');
  const pathOf = (key: string, otherwise: string): string => {
    const named = (textOf(under(options, key)) ?? otherwise).replace(/^~(?=$|[\\/])/, homedir());
    return existsSync(named) ? named : join(dirname(path), named);
  };
  const optional = (file: string): string | undefined => (existsSync(file) ? file : undefined);
  const hosts = await openFile(pathOf('host_file', 'hosts.yaml'), reader);
  const groups = await openFile(optional(pathOf('group_file', 'groups.yaml')), reader);
  const defaults = await openFile(optional(pathOf('defaults_file', 'defaults.yaml')), reader);
  const raw =
    hosts === undefined
      ? { groups: [], devices: [] }
      : readNornir({ hosts, ...(groups && { groups }), ...(defaults && { defaults }) }, reader.telling);
  return { raw, expected: EXPECTED };
}

function under(node: SourceTree['root'], key: string): SourceTree['root'] {
  const seen = look(node);
  return seen.kind === 'map' ? (seen.entries.find((entry) => entry.key === key)?.value ?? null) : null;
}
