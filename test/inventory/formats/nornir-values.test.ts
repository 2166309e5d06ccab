import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadInventory } from 'rollcall/inventory';
import { expect, onTestFinished, test } from 'vitest';

test('null hides no value of a group, and a mapping of data counts as a whole, as in nornir', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-nornir-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string) => writeFileSync(join(folder, name), text);
  file('hosts.yaml', 'r1: { hostname: a, username: null, groups: [core], data: { ntp: { a: 1 }, none: null } }\n');
  file('groups.yaml', 'core: { platform: ios, username: ops, data: { ntp: { b: 2 }, none: 1 } }\n');
  const [device] = (await loadInventory(join(folder, 'hosts.yaml'))).devices;
  expect(device).toMatchObject({ name: 'r1', username: 'ops', groups: ['core'] });
  expect(device?.data).toEqual({ ntp: { a: 1 }, none: null });
});
