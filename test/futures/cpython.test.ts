import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const document = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'futures-cpython.md'), 'utf8');
const sources = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.ts') && name !== 'cpython.test.ts')
  .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
  .join('\n')
  .replaceAll("\\'", "'");

const rows = [...document.matchAll(/^\| `([\w.]+)` +\| ([^|]+?) +\| (.+?) +\|$/gm)].map(([, theirs, , ours]) => ({
  theirs: theirs ?? '',
  ours: ours ?? '',
}));
const named = rows.flatMap(({ theirs, ours }) => {
  const name = /^(?:A: )?`(.+)`$/.exec(ours)?.[1];
  return name === undefined ? [] : [{ theirs, name }];
});

const beyond = [...document.matchAll(/^\| [^|`]+ \| `([^`]+)` +\|$/gm)].map(([, name]) => ({
  theirs: 'beyond Python',
  name: name ?? '',
}));

/** Whether a test of that name is registered somewhere: as its first argument, or after a table of `test.each`. */
function exists(name: string): boolean {
  return ["'", '"', '`'].some((quote) => sources.includes(`${quote}${name}${quote},`));
}

test('the table has each of the 131 test methods of CPython once, and the numbers that it tells are its own', () => {
  expect(rows).toHaveLength(131);
  const groups = document.split('\n## ').slice(1, -1);
  for (const group of groups) {
    const theirs = [...group.matchAll(/^\| `([\w.]+)`/gm)].map(([, name]) => name);
    expect(new Set(theirs).size).toBe(theirs.length);
  }
  const adapted = rows.filter(({ ours }) => ours.startsWith('A: ')).length;
  const none = rows.filter(({ ours }) => ours.startsWith('none: ')).length;
  const text = document.replaceAll('\n', ' ');
  expect(text).toContain(`${131 - adapted - none} hold as they are, ${adapted} are adapted to Node`);
  expect(text).toContain(`${none} have no meaning here`);
  expect(named).toHaveLength(131 - none);
});

test('each of our tests that the table names exists', () => {
  expect(beyond.length).toBeGreaterThan(30);
  expect([...named, ...beyond].filter(({ name }) => !exists(name))).toEqual([]);
});
