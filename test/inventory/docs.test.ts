import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { loadInventory } from 'rollcall';
import { parseInventory } from 'rollcall/inventory';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { DEVICE_KEYS, GROUP_KEYS, SERIAL_KEY, SERIAL_KEYS, WITHOUT_EFFECT } from '#dist/inventory/keys.js';

const checkout = join(import.meta.dirname, '..', '..');
const read = (...path: string[]): string => readFileSync(join(checkout, ...path), 'utf8').replaceAll('\r\n', '\n');
const page = read('docs', 'inventory.md');
const waysIn = read('docs', 'ways-in.md');
const rows = (text: string): string[][] =>
  [...text.matchAll(/^\| (?!--)(.*) \|$/gm)].map(([, row = '']) => row.split(' | ').map((cell) => cell.trim()));
const names = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

test('the page names every key, and no others as being without effect', () => {
  const keys = [
    ...Object.keys(GROUP_KEYS),
    'name',
    'groups',
    'data',
    SERIAL_KEY,
    ...Object.keys(SERIAL_KEYS),
    ...WITHOUT_EFFECT.keys(),
  ];
  expect(keys.filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
  const [, listed = ''] = /names those that it has:\n([\s\S]*?)\. Host keys/.exec(page) ?? [];
  expect([...listed.matchAll(/`(\w+)`/g)].map(([, key]) => key)).toEqual([...WITHOUT_EFFECT.keys()]);
});

test('the examples of the page load', () => {
  const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => parseInventory(text));
  expect(examples.map(({ devices }) => devices.map(({ name }) => name))).toEqual([
    ['R1', 'R2', 'sw-12.example.net'],
    ['192.0.2.1', 'r2.example.net'],
    ['192.0.2.1', 'core-2'],
  ]);
});

test('the first example is what the page says of it', () => {
  const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const { devices, groups } = parseInventory(text);
  const [first, second, third] = devices;
  expect(first?.groups).toEqual(['edge', 'core', 'msk']);
  expect(first?.data).toEqual({
    ntp: { servers: ['192.0.2.251'], vrf: 'mgmt' },
    site: 'msk',
    role: 'core',
    rack: { name: 'A7', unit: 40 },
  });
  expect(first?.timeouts).toEqual({ connectMs: 60_000 });
  expect(second).not.toHaveProperty('username');
  expect(third).toMatchObject({ host: 'sw-12.example.net', transport: 'telnet', port: 2323 });
  expect(groups.map(({ name, maxSessions }) => [name, maxSessions])).toEqual([
    ['msk', undefined],
    ['core', 2],
    ['edge', undefined],
  ]);
});

test('the example loads without a warning, an editor takes it, and the page shows what it gives', async () => {
  const file = join(checkout, 'docs', 'examples', 'network.yaml');
  const { devices, warnings } = await loadInventory(file);
  expect([devices.length, warnings]).toEqual([6, []]);
  const schema = JSON.parse(read('docs', 'inventory.schema.json')) as object;
  const validates = new Ajv({ allowUnionTypes: true }).compile(schema);
  expect(validates(parseYaml(read('docs', 'examples', 'network.yaml'))), JSON.stringify(validates.errors)).toBe(true);
  for (const { name, host, platform, transport, groups = [] } of devices.filter((one) => one.data?.site === 'fra')) {
    const words = [name, host, platform, transport, groups.join(', ')];
    expect(page.split('\n').map((line) => line.split(/ {2,}/))).toContainEqual(words);
  }
  const shown = [...page.matchAll(/network\.yaml:(\d+) \((\w+)\)$/gm)].map(([, line, group]) => [line, group]);
  expect(shown).toContainEqual(['29', 'consoles']);
  expect(shown).toContainEqual(['14', 'msk']);
});

test('what the first table of the ways in says to write is what an inventory reads', () => {
  const [, ...table] = rows(waysIn.split('\n## ')[0] ?? '');
  const written = table.map(([, write]) => names(write).filter((code) => /^\w+: /.test(code)));
  expect(written.filter((lines) => lines.length > 0).length).toBeGreaterThan(12);
  for (const lines of written) {
    const has = (key: string): boolean => lines.some((line) => line.startsWith(`${key}:`));
    const rest = ['host: r1', 'device_type: cisco_ios'].filter((line) => !has(line.split(':')[0] ?? ''));
    const text = `- ${[...lines, ...rest].join('\n  ')}\n`.replaceAll('…', 'secret');
    expect(parseInventory(text).warnings, text).toEqual([]);
  }
});

test('the table of options has each one that a target has, and its key is one of the inventory', () => {
  const [, ...table] = rows(waysIn.split('\n## All options\n')[1] ?? '');
  const target = read('src', 'transport', 'target.ts');
  const partsOf = (name: string): string[] => {
    const [, body = ''] = new RegExp(`interface ${name} {([\\s\\S]*?)\\n}`).exec(target) ?? [];
    return [...body.matchAll(/readonly (\w+)\??:/g)].map(([, part = '']) => part);
  };
  const parts: Record<string, string> = { ssh: 'SshOptions', route: 'RouteOptions', serial: 'SerialOptions' };
  const all = partsOf('ConnectionTarget').flatMap((name) =>
    parts[name] === undefined ? [name] : partsOf(parts[name]).map((part) => `${name}.${part}`),
  );
  const told = table.map(([option]) => names(option)[0]);
  expect(all.filter((option) => !told.includes(option))).toEqual([]);
  const known = [...Object.keys(DEVICE_KEYS), SERIAL_KEY];
  const keys = table.flatMap(([, key]) => names(key));
  expect(keys.filter((key) => !known.includes(key))).toEqual([]);
  expect(known.filter((key) => isOfTheWay(key) && !keys.includes(key))).toEqual([]);
});

/** The others say who the device is, and are told on the page of inventories alone. */
const isOfTheWay = (key: string): boolean =>
  !/^(?:name|device_type|platform|conn_timeout|read_timeout_override|encoding|context)$/.test(key);
