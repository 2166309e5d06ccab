import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from '../base/index.js';
import { UsageError } from './exit-codes.js';
import { slug, uniqueSlugs } from './output/file-names.js';

/** The last part of a path on a device, as a file name that every system takes. */
function nameOf(remote: string): string {
  return slug(remote.split(/[/\\:]/).findLast((part) => part !== '') ?? remote);
}

/**
 * Returns where what is fetched from each device goes, each place of its own, and makes the folders.
 * @throws UsageError where several devices would write to one file, or a folder cannot be made.
 */
export async function localNames(
  devices: readonly string[],
  remote: string,
  wanted: string | undefined,
): Promise<ReadonlyMap<string, string>> {
  const pattern = await patternOf(wanted, remote);
  if (devices.length > 1 && !pattern.includes('{device}')) {
    const says = `${devices.length} devices would write to one file, ${pattern}: put {device} in it, or name a folder`;
    throw new UsageError(says);
  }
  const slugs = uniqueSlugs(devices);
  const names = new Map<string, string>();
  for (const [index, device] of devices.entries()) {
    names.set(
      device,
      pattern.replaceAll('{device}', () => slugs[index] ?? device),
    );
  }
  for (const folder of new Set([...names.values()].map((name) => dirname(name)))) {
    try {
      makeFolder(folder);
    } catch (error) {
      throw new UsageError(`cannot make the folder ${folder}: ${(error as Error).message}`);
    }
  }
  return names;
}

async function patternOf(wanted: string | undefined, remote: string): Promise<string> {
  const name = nameOf(remote);
  if (wanted === undefined) return join('{device}', name);
  const isFolder = /[/\\]$/.test(wanted) || (await stat(wanted).catch(() => undefined))?.isDirectory() === true;
  if (!isFolder) return wanted;
  return wanted.includes('{device}') ? join(wanted, name) : join(wanted, '{device}', name);
}

/** @throws UsageError where there is no such file, or it cannot be read: no device needs to be asked for that. */
export async function checkReadable(local: string): Promise<void> {
  const stats = await stat(local).catch((error: unknown) => {
    throw new UsageError(`cannot read ${local}: ${(error as Error).message}`);
  });
  if (!stats.isFile()) throw new UsageError(`${local} is no file; put sends one file`);
  await access(local, constants.R_OK).catch((error: unknown) => {
    throw new UsageError(`cannot read ${local}: ${(error as Error).message}`);
  });
}

/** What a file of this machine is called on a device that was told no name. */
export function remoteName(local: string): string {
  return basename(local);
}
