import { parseInventory } from 'rollcall/inventory';
import { loadPlatform, platformCatalogue, platformNames } from 'rollcall/platforms';
import { describe, expect, test } from 'vitest';
import { FAMILIES, NO_SYSTEM } from '#dist/platforms/names.js';
import { NETMIKO_NAMES } from './netmiko-names.ts';

const entries = platformCatalogue();
const SUFFIX = /_(ssh|telnet|serial)$/;

describe("netmiko's device types", () => {
  test('are 363, and no two alike', () => {
    expect([NETMIKO_NAMES.length, new Set(NETMIKO_NAMES).size]).toEqual([363, 363]);
  });

  test('each gives a platform, the same with and without the suffix for the transport', () => {
    for (const name of NETMIKO_NAMES) {
      expect(loadPlatform(name)).toBe(loadPlatform(name.replace(SUFFIX, '')));
      expect(platformNames()).toContain(name.replace(SUFFIX, ''));
    }
  });

  test('each is taken in an inventory, where the suffix chooses the transport', () => {
    const text = NETMIKO_NAMES.map(
      (name, at) => `- { device_type: ${name}, host: 192.0.2.1, name: d${at}, serial_settings: { port: /dev/ttyS0 } }`,
    ).join('\n');
    const { devices } = parseInventory(text, { platforms: { names: platformNames() } });
    expect(devices.map(({ platform, transport }) => [platform, transport])).toEqual(
      NETMIKO_NAMES.map((name) => [name.replace(SUFFIX, ''), SUFFIX.exec(name)?.[1] ?? 'ssh']),
    );
  });
});

describe('the catalogue', () => {
  test('has each name once, sorted', () => {
    const names = entries.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)].sort());
    expect(platformNames()).toEqual(names);
  });

  test('calls a name covered only where a platform file holds its facts, or those of the same system', () => {
    const generic = loadPlatform('generic');
    for (const { name, covered, platform, because } of entries) {
      if (covered === 'own file') expect([name, platform.name, because]).toEqual([name, name, undefined]);
      if (covered === 'same system') {
        expect([name, platform.name]).not.toEqual([name, name]);
        expect([name, because?.length ?? 0]).toEqual([name, expect.toSatisfy((length: number) => length > 20)]);
      }
      const { name: _name, title: _title, ...rules } = platform;
      const { name: _generic, title: _any, ...genericRules } = generic;
      expect([name, JSON.stringify(rules) === JSON.stringify(genericRules)]).toEqual([
        name,
        covered === 'generic rules',
      ]);
    }
  });

  test('loads the generic rules under the name that was asked for', () => {
    for (const { name, platform, covered } of entries) {
      if (covered === 'generic rules') expect(platform.name).toBe(name);
    }
  });

  test.each([...NO_SYSTEM])('%s is no system: generic rules', (name) => {
    expect(entries.find((entry) => entry.name === name)?.covered).toBe('generic rules');
  });

  test('has each name of a family in that one alone, and one platform for the family unless a name has its own file', () => {
    const all = FAMILIES.flatMap(({ names }) => names);
    expect(all).toEqual([...new Set(all)]);
    for (const { names } of FAMILIES) {
      const own = names.filter((name) => entries.find((entry) => entry.name === name)?.covered === 'own file');
      const others = names.filter((name) => !own.includes(name));
      for (const name of others) {
        const { platform, covered } = entries.find((entry) => entry.name === name) ?? {};
        expect([name, covered]).toEqual([name, own.length > 0 ? 'same system' : 'generic rules']);
        if (own.length > 0) expect(own).toContain(platform?.name);
      }
    }
  });

  test('is plain data throughout', () => {
    for (const { platform } of entries) expect(JSON.parse(JSON.stringify(platform))).toEqual(platform);
  });
});
