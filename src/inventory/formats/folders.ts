import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type ReadOptions, readText, reasonOf, unreadable } from '../read-file.js';
import type { AnsibleFiles } from './ansible-files.js';
import { readAnsible } from './ansible-files.js';
import { openName } from './detect.js';
import type { InventoryFormat, Telling } from './format.js';
import type { ReadText } from './open.js';
import { type DetectedText, detectText, type ReadInventory } from './text.js';

interface Reader {
  readonly options: ReadOptions;
  readonly telling: Telling;
}

/** A file of a folder that is the inventory. */
export interface MainFile {
  readonly path: string;
  readonly format: InventoryFormat;
}

/** Files that make a folder an inventory, the first that is there. */
const MAIN_FILES: readonly (readonly [name: string, format: InventoryFormat])[] = [
  ['devices.yaml', 'auto'],
  ['.netmiko.yml', 'netmiko'],
  ['netmiko.yml', 'netmiko'],
];

/** Ansible does not read files of a folder that end so; its INVENTORY_IGNORE_EXTS, without `.ini` and with `.cfg`. */
const NOT_ANSIBLE = /(?:^\.|~$|\.(?:pyc|pyo|swp|bak|rpm|md|txt|rst|orig|cfg|retry|j2|vault|py|sh)$)/i;

/** Finds what a folder holds: rollcall's, netmiko's or nornir's file, or all that Ansible reads of a folder. */
export async function folderInventory(
  folder: string,
  format: InventoryFormat,
  reader: Reader,
): Promise<MainFile | ReadInventory> {
  const entries = await list(folder);
  if (entries === undefined) throw unreadable(folder, 'no such folder');
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
  /** As it is, or else encrypted. */
  const called = (name: string): string | undefined => [name, `${name}.age`].find((one) => files.includes(one));
  const has = (name: string): boolean => called(name) !== undefined;
  const isAnsible = entries.some((entry) => entry.isDirectory() && /^(?:group|host)_vars$/.test(entry.name));
  if (format === 'ansible' || (format === 'auto' && isAnsible)) return ofAnsible(folder, entries, reader);
  for (const [name, as] of MAIN_FILES) {
    const file = called(name);
    if (file !== undefined && (format === 'auto' || format === as)) return { path: join(folder, file), format: as };
  }
  for (const name of ['config.yaml', 'config.yml', 'hosts.yaml', 'hosts.yml']) {
    const file = called(name);
    if (file !== undefined && (format === 'nornir' || (format === 'auto' && isNornirFolder(name, has)))) {
      return { path: join(folder, file), format: 'nornir' };
    }
  }
  if (
    format === 'auto' &&
    ['hosts', 'hosts.ini', 'hosts.yaml', 'hosts.yml', 'inventory', 'inventory.ini', 'inventory.yml'].some(has)
  ) {
    return ofAnsible(folder, entries, reader);
  }
  throw unreadable(
    folder,
    "no inventory in this folder: expected devices.yaml, .netmiko.yml, nornir's hosts.yaml with groups.yaml or defaults.yaml, or Ansible's hosts with group_vars; name a file in it",
  );
}

function isNornirFolder(name: string, has: (name: string) => boolean): boolean {
  const beside = ['groups.yaml', 'groups.yml', 'defaults.yaml', 'defaults.yml'].some(has);
  return name.startsWith('config') ? beside || has('hosts.yaml') : beside;
}

/** All files of the folder make one inventory, in the order of their names. */
async function ofAnsible(
  folder: string,
  entries: readonly Dirent[],
  { options, telling }: Reader,
): Promise<ReadInventory> {
  const names = entries
    .filter((entry) => !entry.isDirectory() && !NOT_ANSIBLE.test(entry.name))
    .map(({ name }) => name);
  const sources: DetectedText[] = [];
  for (const name of names.sort()) {
    const file = join(folder, name);
    const detected = detectText({ file, text: await readText(file, options) }, 'ansible', telling);
    if (detected !== undefined) sources.push(detected);
  }
  const raw = readAnsible(
    sources.flatMap((one) => ('tree' in one || 'source' in one ? [one] : [])),
    await ansibleFilesBeside(folder, options),
    telling,
  );
  return { raw, expected: `expected hosts in ${names.length === 0 ? 'its files' : names.join(', ')}` };
}

/** Reads `group_vars` and `host_vars` of a folder: files and folders, by the names of their groups and hosts. */
export async function ansibleFilesBeside(folder: string, options: ReadOptions): Promise<AnsibleFiles> {
  return {
    groupVars: await variableFiles(join(folder, 'group_vars'), options),
    hostVars: await variableFiles(join(folder, 'host_vars'), options),
  };
}

const VARIABLE_ENDINGS = ['', '.yml', '.yaml', '.json'];

/** Of a name with several endings Ansible reads the first that is there, in this order; an encrypted one is ours. */
async function variableFiles(folder: string, options: ReadOptions): Promise<ReadonlyMap<string, readonly ReadText[]>> {
  const found = new Map<string, { readonly rank: number; readonly texts: readonly ReadText[] }>();
  for (const entry of (await list(folder)) ?? []) {
    const open = entry.isDirectory() ? entry.name : openName(entry.name);
    const ending = entry.isDirectory() ? '' : endingOf(open);
    const rank = VARIABLE_ENDINGS.indexOf(ending) + (open === entry.name ? 0 : VARIABLE_ENDINGS.length);
    const name = ending === '' ? open : open.slice(0, -ending.length);
    const before = found.get(name);
    if (before !== undefined && before.rank <= rank) continue;
    const path = join(folder, entry.name);
    const texts = entry.isDirectory()
      ? await filesUnder(path, options)
      : [{ file: path, text: await readText(path, options) }];
    found.set(name, { rank, texts });
  }
  return new Map([...found].map(([name, { texts }]) => [name, texts]));
}

/** The endings that mean something; a name such as `r1.example.net` has none of them. */
function endingOf(name: string): string {
  const ending = extname(name);
  return VARIABLE_ENDINGS.includes(ending) ? ending : '';
}

async function filesUnder(folder: string, options: ReadOptions): Promise<readonly ReadText[]> {
  const texts: ReadText[] = [];
  for (const entry of ((await list(folder)) ?? []).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name.endsWith('~')) continue;
    const path = join(folder, entry.name);
    const ending = extname(entry.isDirectory() ? entry.name : openName(entry.name));
    if (entry.isDirectory()) {
      if (ending === '') texts.push(...(await filesUnder(path, options)));
    } else if (VARIABLE_ENDINGS.includes(ending)) texts.push({ file: path, text: await readText(path, options) });
  }
  return texts;
}

/** What is in a folder; undefined where there is none. */
async function list(folder: string): Promise<Dirent[] | undefined> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw unreadable(folder, reasonOf(error, folder));
  }
}
