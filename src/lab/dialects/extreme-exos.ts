import type { Dialect } from '../dialect/index.js';

/** ExtremeXOS: a counter in the prompt, a star for what is not saved, no mode of configuration. */
export const extremeExos: Dialect = {
  name: 'extreme_exos',
  title: 'Extreme Networks ExtremeXOS',
  sources: [
    'Control::CLI::Extreme 1.04, CPAN: prompt, pager and errors of ExtremeXOS',
    'oxidized model xos (parts of the prompt, disable clipaging session)',
  ],
  login: { username: 'login: ', password: 'password: ', failure: 'Login incorrect' },
  start: 'privileged',
  modes: {
    privileged: {
      prompt: '{unsaved}{host}.{counter} # ',
      statements: true,
      commands: [
        { line: 'disable clipaging session', does: { pageLength: 0 } },
        {
          line: 'show version',
          prints: [
            'Switch      : 800549-00-02 1543G-00266 Rev 02 BootROM: 1.0.2.1',
            'Image   : ExtremeXOS version 22.6.1.4',
          ],
        },
        {
          line: 'show ports',
          prints: [{ repeat: 90, line: '{i}    A    1000  Error: not counted' }, 'Flags: (l) load sharing'],
        },
        { line: 'show configuration', prints: '{running}' },
        {
          line: 'save configuration [primary]',
          asks: [
            {
              asks: 'Do you want to save configuration to primary.cfg and overwrite it? (y/N) ',
              key: true,
              hidden: true,
              answers: { y: { says: 'Yes' }, '*': { says: 'No', stops: true } },
            },
          ],
          does: 'save',
          prints: ['Saving configuration on master .... done!', 'Configuration saved to primary.cfg successfully.'],
        },
        { line: ['exit', 'quit', 'logout'], does: 'logout' },
      ],
    },
  },
  refusals: {
    unknown: ['{marker}', "%% Invalid input detected at '^' marker."],
    incomplete: '%% Incomplete command',
    ambiguous: '%% Ambiguous command',
  },
  marks: { unsaved: ['', '* '] },
  pager: { prompt: '\x1b[7mPress <SPACE> to continue or <Q> to quit:\x1b[m', erase: '\r\x1b[K', quit: ['q', 'Q'] },
  configuration: {
    render: { style: 'indented' },
    statements: [
      'configure snmp sysName {host}',
      'configure snmp sysContact {text...}',
      { line: 'create vlan {name}', many: true },
      { line: 'configure iproute add {network:ip} {netmask:mask} {gateway:ip}', many: true },
    ],
    initial: ['configure snmp sysName {host}'],
  },
  examples: {
    prompt: '…edge-1.… #',
    show: { send: 'show version', holds: 'ExtremeXOS version 22.6.1.4' },
    long: { send: 'show ports', first: '1    A    1000', last: 'Flags: (l) load sharing' },
    pagingOff: ['disable clipaging session'],
    unknown: { send: 'shwo version', holds: '%% Invalid input detected' },
    configure: {
      enter: [],
      prompt: '…edge-1.… #',
      lines: ['create vlan red', 'configure snmp sysContact noc'],
      refused: { send: 'create vlann red', holds: '%% Invalid input detected' },
      show: { send: 'show configuration', holds: ['create vlan red', 'sysContact noc'] },
      leave: [],
      save: { send: ['save configuration', 'y'], holds: 'Configuration saved to primary.cfg successfully.' },
    },
    exit: ['exit'],
  },
};
