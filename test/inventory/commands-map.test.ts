import { type InventoryError, parseCommandsMap, parseInventory } from 'rollcall/inventory';
import { describe, expect, test } from 'vitest';

const { devices } = parseInventory(`
- { name: R1, host: 192.0.2.1, device_type: cisco_ios }
- { name: R2, host: 192.0.2.2, device_type: cisco_ios }
- { name: 'core:1', host: 192.0.2.3, device_type: juniper_junos }
`);
const commandsOf = (text: string) => Object.fromEntries(parseCommandsMap(text, devices));
const problems = (text: string): readonly string[] => {
  try {
    parseCommandsMap(text, devices, { file: 'map.yaml' });
  } catch (error) {
    return (error as InventoryError).problems.map(({ line, message }) => `${line}: ${message.split('\n')[0]}`);
  }
  return [];
};

describe('a map of commands', () => {
  test('has names, globs and expressions for keys, and a command, a list or a block for values', () => {
    expect(commandsOf('R1: show clock')).toEqual({ R1: ['show clock'] });
    expect(commandsOf("'core:1': [show version, show system uptime]")).toEqual({
      'core:1': ['show version', 'show system uptime'],
    });
    expect(commandsOf('"R[12]": |\n  show clock\n  show users\n')).toEqual({
      R1: ['show clock', 'show users'],
      R2: ['show clock', 'show users'],
    });
    expect(commandsOf('"platform=cisco_ios & !R1": show clock')).toEqual({ R2: ['show clock'] });
  });

  test('gives a device the commands of every key that it fits, in the order of the file', () => {
    const commands = commandsOf('R2: first\n"*": [second, third]\nR1: fourth\n');
    expect(commands).toEqual({
      R1: ['second', 'third', 'fourth'],
      R2: ['first', 'second', 'third'],
      'core:1': ['second', 'third'],
    });
  });

  test('may have a hundred thousand names', () => {
    const many = Array.from({ length: 100_000 }, (_, at) => ({ ...devices[0], name: `D${at}` }) as (typeof devices)[0]);
    const text = `{${many.map(({ name }) => `"${name}": "show ${name}"`).join(',')}}`;
    const commands = parseCommandsMap(text, many);
    expect([commands.size, commands.get('D99999')]).toEqual([100_000, ['show D99999']]);
  });

  test('of other devices than those is told soon, however many there are of both', () => {
    const many = Array.from(
      { length: 50_000 },
      (_, at) => ({ ...devices[0], name: `site-${at}` }) as (typeof devices)[0],
    );
    const text = Array.from({ length: 1000 }, (_, at) => `"cite-${at}": show clock`).join('\n');
    const problem = 'no device fits "cite-0"; did you mean \'site-0\'';
    expect(() => parseCommandsMap(text, many)).toThrow(problem);
  }, 30_000);

  test.each([
    ['R1: show clock\nR9: show clock\n', ["2: no device fits \"R9\"; did you mean 'R1' or 'R2'?"]],
    ['R1: show clock\n"site=(": x\n', [expect.stringMatching(/^2: where: expected a value behind =/)]],
    [
      'R1: { a: b }\nR2:\n',
      ['1: the commands of "R1" are a text, or a list of texts', '2: no command stands behind "R2"'],
    ],
    ['R1: [show clock, [x]]\n', ['1: the commands of "R1" are a text, or a list of texts']],
    ['R1: "a\\tb"\n', ['1: a command must not hold a control character']],
    ['R1: a\nR1: b\n', ["2: 'R1' stands twice here, first on line 1"]],
    ['- R1\n', [expect.stringMatching(/^1: expected a mapping of devices to commands.*; got a list$/)]],
    ['', [expect.stringMatching(/got nothing$/)]],
    ['a: b: c\n', [expect.stringMatching(/^1: not valid YAML/)]],
  ])('%j is wrong, with the line', (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });
});

test("a device's commands are a list, or one text", () => {
  const inventory = (commands: string) =>
    parseInventory(`- host: 192.0.2.1\n  device_type: cisco_ios\n  commands: ${commands}\n`).devices[0]?.commands;
  expect(inventory('[show clock, show version]')).toEqual(['show clock', 'show version']);
  expect(inventory('show clock')).toEqual(['show clock']);
  expect(() => inventory('{ a: b }')).toThrow('2:3: commands must be a list of texts'.slice(4));
});
