import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseInventory } from 'rollcall/inventory';
import { expect, test } from 'vitest';
import { DEVICE_KEYS, SERIAL_KEY, SERIAL_KEYS, WITHOUT_EFFECT } from '#dist/inventory/keys.js';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'inventory.md'), 'utf8');

test('the page names every key, and no others as being without effect', () => {
  const keys = [...Object.keys(DEVICE_KEYS), SERIAL_KEY, ...Object.keys(SERIAL_KEYS), ...WITHOUT_EFFECT.keys()];
  expect(keys.filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
  const [, listed = ''] = /names those that it has:\n([\s\S]*?)\. Host keys/.exec(page) ?? [];
  expect([...listed.matchAll(/`(\w+)`/g)].map(([, key]) => key)).toEqual([...WITHOUT_EFFECT.keys()]);
});

test('the examples of the page load', () => {
  const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => parseInventory(text));
  expect(examples.map(({ devices }) => devices.map(({ name }) => name))).toEqual([
    ['192.0.2.1', 'r2.example.net'],
    ['192.0.2.1', 'core-2'],
  ]);
});
