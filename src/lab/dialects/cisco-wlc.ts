import type { Dialect } from '../dialect/index.js';

/** AireOS: a login inside the shell, a pager of its own, settings that count at once. */
export const ciscoWlc: Dialect = {
  name: 'cisco_wlc',
  title: 'Cisco AireOS (Wireless LAN Controller)',
  sources: [
    'Cisco Wireless LAN Controller Configuration Guides 6 and 7.4: `(Cisco controller) >`, save config',
    'netmiko 4 cisco_wlc and unicon.plugins aireos: login, paging, questions, errors; The NOC Project, Cisco.WLC (pager)',
  ],
  login: {
    banner: '\n({host}) \n',
    username: 'User: ',
    password: 'Password:',
    mask: '*',
    failure: 'Access denied',
    ssh: { ident: 'CISCO_WLC', asksInShell: true },
  },
  start: 'exec',
  modes: {
    exec: {
      prompt: '({host}) >',
      commands: [
        {
          line: 'show sysinfo',
          prints: [
            "Manufacturer's Name.............................. Cisco Systems Inc.",
            'Product Name..................................... Cisco Controller',
            'Product Version.................................. 8.10.151.0',
            'System Name...................................... {host}',
          ],
        },
        { line: 'show inventory', prints: 'NAME: "Chassis"    , DESCR: "Cisco 3504 Wireless LAN Controller"' },
        {
          line: 'show ap summary',
          prints: [
            'AP Name             Slots  AP Model',
            { repeat: 60, line: 'ap-{i}               2     AIR-AP2802I-B-K9' },
            'Number of APs.................................... 60',
          ],
        },
        { line: 'show run-config commands', prints: '{running}' },
        {
          line: 'show run-config',
          asks: [{ asks: '\nPress Enter to continue...', as: 'key' }],
          prints: ['System Inventory', '{running}'],
        },
        { line: 'config paging disable', does: { pageLength: 0 } },
        { line: 'config paging enable', does: { pageLength: 24 } },
        { line: 'config', does: { enter: 'config' } },
        { line: 'config {statement...}', does: 'set' },
        {
          line: 'save config',
          asks: [
            { asks: '\nAre you sure you want to save? (y/n) ', key: true, answers: { y: {}, '*': { stops: true } } },
          ],
          does: 'save',
          prints: ['', '', 'Configuration Saved!'],
        },
        {
          line: 'logout',
          when: 'unsaved',
          asks: [
            {
              asks: 'The system has unsaved changes.\nWould you like to save them now? (y/N) ',
              key: true,
              answers: { y: { does: 'save' }, '*': {} },
            },
          ],
          does: 'logout',
        },
        { line: 'logout', does: 'logout' },
      ],
    },
    config: {
      prompt: '({host}) config>',
      commands: [
        { line: 'paging disable', does: { pageLength: 0 } },
        { line: 'exit|end', does: 'leave' },
      ],
      statements: true,
    },
  },
  refusals: {
    unknown: "Incorrect usage.  Use the '?' or <TAB> key to list commands.",
    value: 'Incorrect input! Value is out of range.',
    incomplete: "Incorrect usage.  Use the '?' or <TAB> key to list commands.",
  },
  pager: { prompt: '--More-- or (q)uit', erase: '\r                  \r' },
  help: { key: '?', row: '{word}', none: '<cr>' },
  configuration: {
    render: { style: 'set', verb: 'config' },
    statements: [
      'sysname {host}',
      { line: 'wlan create {id:1-512} {name} {ssid}', many: true },
      { line: 'snmp community create {name}', many: true },
      'snmp syscontact {text}',
      'time timezone {n:0-25}',
    ],
    initial: ['sysname {host}', 'wlan create 1 corp corp'],
  },
  syslog: '*apfMsConnTask_1: {month} {date} {hours}:{minutes}:{seconds}.{ms}: %APF-6-RADIUS_OVERRIDE_DISABLED',
  examples: {
    prompt: '(edge-1) >',
    show: { send: 'show sysinfo', holds: 'Product Version.................................. 8.10.151.0' },
    long: { send: 'show ap summary', first: 'AP Name', last: 'Number of APs' },
    unknown: { send: 'shwo sysinfo', holds: 'Incorrect usage.' },
    configure: {
      enter: ['config'],
      prompt: '(edge-1) config>',
      lines: ['wlan create 2 guest guest', 'snmp syscontact noc'],
      refused: { send: 'time timezone 99', holds: 'Incorrect input!' },
      show: {
        send: 'show run-config commands',
        holds: ['config wlan create 2 guest guest', 'config snmp syscontact noc'],
        from: 'rest',
      },
      leave: ['exit'],
      save: { send: ['save config', 'y'], holds: 'Configuration Saved!' },
    },
    exit: ['logout'],
  },
};
