import type { ExampleData } from '../dialect/example-data.js';
import type { Dialect } from '../dialect/index.js';

const examples = (prompt: string): ExampleData => ({
  prompt,
  show: { send: 'show system', holds: 'OS6450' },
  unknown: { send: 'set ip routing enable', holds: 'ERROR: Invalid entry: "set"' },
  exit: ['exit'],
});

/** AOS as the OmniSwitch Switch Management Guides show it. */
export const alcatelAos: Dialect = {
  name: 'alcatel_aos',
  title: 'Alcatel-Lucent Enterprise OmniSwitch AOS',
  sources: [
    'Alcatel-Lucent, OmniSwitch 6600 and 6450 Switch Management Guides: Using the CLI (prompt, Syntax Checking)',
    'oxidized aos.rb (login)',
  ],
  login: {
    username: 'login : ',
    password: 'password : ',
    failure: ['', 'Authentication failure', ''],
    welcome: ['', 'Welcome to the Alcatel-Lucent OmniSwitch 6450', ''],
    ssh: { ident: 'OpenSSH_5.0' },
  },
  start: 'cli',
  modes: {
    cli: {
      prompt: '{name}-> ',
      commands: [
        {
          line: 'show system',
          prints: [
            'System:',
            '  Description:  Alcatel-Lucent OS6450-24 6.7.2.119.R07 Service Release, November 06, 2019.,',
            '  Name:         {host},',
            '',
          ],
        },
        {
          line: 'show microcode',
          prints: [
            '   Package           Release       Size     Description',
            '   KFbase.img        6.7.2.119.R07 18059551 Alcatel-Lucent Base Software',
          ],
        },
        { line: 'show configuration snapshot', prints: ['! Configuration:', '{running}', ''] },
        { line: 'write memory', does: 'save', prints: ['File /flash/working/boot.cfg replaced.', ''] },
        { line: ['system {words...}', 'vlan {words...}', 'session {words...}'] },
        { line: 'exit', does: 'logout' },
      ],
    },
  },
  variables: { name: '' },
  refusals: {
    unknown: ['{marker}', 'ERROR: Invalid entry: "{word}"', ''],
    incomplete: ['{marker}', 'ERROR: Incomplete command', ''],
  },
  configuration: { render: { style: 'indented' }, statements: ['system name {host}'], initial: ['system name {host}'] },
  examples: examples('->'),
  variants: { 'its name in the prompt': { variables: { name: 'OS6450' }, examples: examples('OS6450->') } },
};
