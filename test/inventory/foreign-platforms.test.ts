import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseInventory } from 'rollcall/inventory';
import { platformNames } from 'rollcall/platforms';
import { expect, test } from 'vitest';

const source = readFileSync(join(import.meta.dirname, '..', '..', 'src', 'inventory', 'foreign-platforms.ts'), 'utf8');
const table = [...source.matchAll(/^ {2}\['([^']+)', '([^']+)'\],$/gm)].map(([, theirs = '', ours = '']) => [
  theirs,
  ours,
]);

test('every name of another tool stands for a platform that there is', () => {
  expect(table.length).toBeGreaterThan(60);
  const names = platformNames();
  expect(table.filter(([, ours = '']) => !names.includes(ours))).toEqual([]);
  // A name of ours that means another system there would not be reachable.
  expect(table.filter(([theirs = '', ours]) => names.includes(theirs) && theirs !== ours)).toEqual([]);
});

test('and is read so in a table, in any case', () => {
  const rows = table.map(
    ([theirs = ''], index) => `r${index},192.0.2.1,${index % 2 === 0 ? theirs : theirs.toUpperCase()}`,
  );
  const { devices } = parseInventory(`name,host,platform\n${rows.join('\n')}\n`, {
    file: 'd.csv',
    platforms: { names: platformNames() },
  });
  expect(devices.map(({ platform }) => platform)).toEqual(table.map(([, ours]) => ours));
});
