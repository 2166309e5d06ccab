import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CatalogueEntry, platformCatalogue } from 'rollcall/platforms';
import { beforeEach, describe, expect, test } from 'vitest';
import { findRefusal } from '#dist/session/commands/refusals.js';

/** A folder of recorded answers as ntc-templates has them: `PLATFORM/COMMAND/*.raw`, each from below the echo on. */
const folder = process.env.ROLLCALL_RECORDINGS;

/** A recording is an answer to a command that was taken, unless nothing but the refusal is in it. */
const isRefusalAlone = (lines: readonly string[], refusal: string): boolean =>
  lines.every((line) => line.trim() === '' || /^\s*\^\s*$/.test(line) || line.trim() === refusal);

const folders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry: Dirent) => entry.isDirectory())
    .map(({ name }) => name);

interface Recording {
  readonly file: string;
  readonly lines: readonly string[];
}

function* recordings(path: string): Generator<Recording> {
  for (const command of folders(path)) {
    for (const name of readdirSync(join(path, command)).filter((one) => one.endsWith('.raw'))) {
      const file = join(path, command, name);
      // latin1 takes any byte: the words of refusals are ASCII.
      yield { file, lines: readFileSync(file, 'latin1').split(/\r?\n/) };
    }
  }
}

const known = (name: string): CatalogueEntry | undefined =>
  platformCatalogue().find((entry) => entry.name === name && entry.covered !== 'generic rules');

describe('the recordings in ROLLCALL_RECORDINGS', () => {
  if (folder === undefined) beforeEach(({ skip }) => skip('ROLLCALL_RECORDINGS names no folder: nothing to look at'));
  const root = folder ?? '';
  const names = folder === undefined ? [] : folders(root).filter((name) => known(name) !== undefined);

  test('are of platforms that have a file', () => {
    expect(names).not.toEqual([]);
  });

  test.each(names)('raise no false alarm on %s', (name) => {
    const platform = known(name)?.platform;
    if (platform === undefined) throw new Error(`no platform ${name}`);
    let looked = 0;
    const alarms: string[] = [];
    for (const { file, lines } of recordings(join(root, name))) {
      looked++;
      const refusal = findRefusal(platform, lines);
      // Some were recorded on a device that has not the command: that is a refusal, and rightly told.
      if (refusal === undefined || isRefusalAlone(lines, refusal)) continue;
      alarms.push(`${file.slice(root.length)}: ${refusal}`);
    }
    expect(alarms).toEqual([]);
    expect(looked).toBeGreaterThan(0);
  });
});
