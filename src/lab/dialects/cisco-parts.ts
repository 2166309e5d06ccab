import type { CommandData } from '../dialect/command-data.js';
import type { ExampleData } from '../dialect/example-data.js';
import type { RefusalData } from '../dialect/terminal-data.js';

/** IOS's words for a line that it does not take, which several of Cisco's systems share. */
export const iosWords: RefusalData = {
  unknown: ['{marker}', "% Invalid input detected at '^' marker.", ''],
  incomplete: ['% Incomplete command.', ''],
  ambiguous: '% Ambiguous command:  "{line}"',
};

/** What sets the length and the width of a page. */
export const terminalCommands: readonly CommandData[] = [
  { line: 'terminal length {n:0-512}', does: { pageLength: '{n}' } },
  { line: 'terminal width {n:0-512}', does: { width: '{n}' } },
];

/** An answer that is longer than a page. */
export const longInterfaces: CommandData = {
  line: 'show interfaces',
  prints: [{ repeat: 90, line: 'Ethernet1/{i} is up, line protocol is up' }, 'Loopback0 is up, line protocol is up'],
};
export const longExample = {
  send: 'show interfaces',
  first: 'Ethernet1/1 is up',
  last: 'Loopback0 is up',
} as const satisfies ExampleData['long'];

/** The ways out of a mode whose lines count at once. */
export const leavingAtOnce: readonly CommandData[] = [
  { line: 'end', does: 'rest' },
  { line: 'exit', does: 'up' },
  { line: 'no {statement...}', does: 'delete' },
];
