import type { Dialect } from '../dialect/index.js';

/** D-Link DxS: the level behind the name, the command repeated above the answer, help instead of an error. */
export const dlinkDs: Dialect = {
  name: 'dlink_ds',
  title: 'D-Link DES and DGS (DxS)',
  sources: ['NOC profile DLink.DxS (prompts, pagers, errors)', 'oxidized model dlink (login, logout)'],
  login: { username: 'UserName:', password: 'PassWord:', mask: '*', failure: 'Fail!' },
  start: 'privileged',
  modes: {
    privileged: {
      prompt: '{host}:admin#',
      statements: true,
      commands: [
        {
          line: 'disable clipaging',
          does: { pageLength: 0 },
          prints: ['Command: disable clipaging', '', 'Success.', ''],
        },
        {
          line: 'show switch',
          prints: [
            'Command: show switch',
            '',
            'Device Type       : DGS-3627 Gigabit Ethernet Switch',
            'Firmware Version  : Build 3.00.B38',
            '',
          ],
        },
        {
          line: 'show fdb',
          prints: [
            'Command: show fdb',
            '',
            { repeat: 90, line: '1    default    00-00-00-00-00-{i}  Dynamic' },
            'Total Entries: 90',
            '',
          ],
        },
        { line: 'show config current_config', prints: '{running}' },
        {
          line: 'save',
          does: 'save',
          prints: ['Command: save', '', 'Saving all configurations to NV-RAM... Done.', ''],
        },
        { line: 'logout', does: 'logout' },
      ],
    },
  },
  refusals: {
    unknown: [
      'Available commands:',
      '..                  ?                   clear               config',
      'create              delete              show',
      '',
    ],
    unexpected: ['Next possible completions:', 'command_prompt      snmp', ''],
    incomplete: ['Next possible completions:', '<username 15>', ''],
    ambiguous: ['Ambiguous token:', '{word}', ''],
  },
  pager: {
    prompt: 'CTRL+C ESC q Quit SPACE n Next Page ENTER Next Entry a All ',
    erase: '\r\x1b[K',
    page: [' ', 'n'],
    all: ['a'],
    quit: ['q', '\x1b', '\x03'],
  },
  configuration: {
    render: { style: 'indented' },
    statements: [
      'config command_prompt {host}',
      'config snmp system_contact {text...}',
      { line: 'create vlan {name} tag {tag:2-4094}', many: true },
    ],
    initial: ['config command_prompt {host}'],
  },
  examples: {
    prompt: 'edge-1:admin#',
    show: { send: 'show switch', holds: 'Build 3.00.B38' },
    long: { send: 'show fdb', first: 'Command: show fdb', last: 'Total Entries: 90' },
    pagingOff: ['disable clipaging'],
    unknown: { send: 'shwo switch', holds: 'Available commands:' },
    configure: {
      enter: [],
      prompt: 'edge-1:admin#',
      lines: ['create vlan red tag 10', 'config snmp system_contact noc'],
      refused: { send: 'config snmpp system_contact noc', holds: 'Next possible completions:' },
      show: { send: 'show config current_config', holds: ['create vlan red tag 10', 'system_contact noc'] },
      leave: [],
      save: { send: ['save'], holds: 'Done.' },
    },
    exit: ['logout'],
  },
};
