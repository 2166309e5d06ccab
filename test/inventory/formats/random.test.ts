import fc from 'fast-check';
import { InventoryError, type InventoryFormat, parseInventory } from 'rollcall/inventory';
import { describe, expect, test } from 'vitest';

const PASSWORD = 'Zx9-hidden';
const platforms = { names: ['cisco_ios'] };

/** What it says of a text: problems or warnings. Anything else that is thrown is a failure. */
function said(text: string, format: InventoryFormat, file: string): string {
  try {
    return parseInventory(text, { file, format, platforms }).warnings.join('\n');
  } catch (error) {
    if (error instanceof InventoryError) return error.problems.map(({ message }) => message).join('\n');
    throw error;
  }
}

const KINDS: readonly (readonly [format: InventoryFormat, file: string, good: string])[] = [
  ['netmiko', '.netmiko.yml', `r1:\n  device_type: cisco_ios\n  host: a\n  password: ${PASSWORD}\ncore: [r1]\n`],
  [
    'nornir',
    'hosts.yaml',
    `r1:\n  hostname: a\n  platform: ios\n  password: ${PASSWORD}\n  connection_options:\n    netmiko: { extras: { secret: ${PASSWORD} } }\n`,
  ],
  [
    'ansible',
    'hosts.ini',
    `[core]\nr[1:2] ansible_host=a ansible_network_os=ios ansible_password=${PASSWORD}\n[core:vars]\nansible_become_password='${PASSWORD}'\n`,
  ],
  [
    'ansible',
    'hosts.yml',
    `core:\n  hosts:\n    r1: { ansible_network_os: ios, ansible_password: ${PASSWORD} }\n  vars:\n    ansible_become_password: ${PASSWORD}\n`,
  ],
  [
    'ansible',
    'hosts.json',
    `{"core": {"hosts": ["r1"]}, "_meta": {"hostvars": {"r1": {"ansible_network_os": "ios", "ansible_password": "${PASSWORD}"}}}}`,
  ],
  ['csv', 'd.csv', `host,platform,password,groups,site\na,ios,${PASSWORD},core,x\nb,ios,"${PASSWORD}",core edge,y\n`],
];

const CHARACTERS = '{}[]"\':;,=|>&*#%!?-\\\n\r\t $()@`~<.0aé\u0085\ufeff';
const change = fc.record({
  at: fc.nat(),
  remove: fc.nat({ max: 3 }),
  insert: fc.string({ unit: fc.constantFrom(...CHARACTERS), maxLength: 3 }),
});

function changed(text: string, changes: readonly { at: number; remove: number; insert: string }[]): string {
  let result = text;
  for (const { at, remove, insert } of changes) {
    // The password itself stays whole, so that it can be found.
    const position = at % (result.length + 1);
    const from = result.indexOf(PASSWORD, Math.max(0, position - PASSWORD.length - 3));
    if (from !== -1 && position + remove > from && position < from + PASSWORD.length) continue;
    result = result.slice(0, position) + insert + result.slice(position + remove);
  }
  return result;
}

describe.each(KINDS)('%s (%s)', (format, file, good) => {
  test('the file as it is has nothing wrong', () => {
    expect(said(good, format, file)).toBe('');
    expect(said(good, 'auto', file)).toBe('');
  });

  test('a changed file never crashes its reader, and no message shows a password', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 2 }), (changes) => {
        const text = changed(good, changes);
        expect(said(text, format, file)).not.toContain(PASSWORD);
      }),
      { numRuns: 150 },
    );
  });

  test('any text at all', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...CHARACTERS, 'r1', 'all', 'hosts', '[a:b]', '1:9'), maxLength: 40 }),
        (text) => {
          expect(typeof said(text, format, file)).toBe('string');
          expect(typeof said(text, 'auto', 'hosts')).toBe('string');
        },
      ),
      { numRuns: 150 },
    );
  });
});
