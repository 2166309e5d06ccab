import type { PlatformCases } from '../cases.js';

export const ciscoIosCases: PlatformCases = {
  prompts: {
    exec: [
      ...['R1>', 'core-sw.example.net>', 'R_1>', `${'a'.repeat(63)}>`, 'Router>', 'R1> ', 'SW-stby>', 'VSS(standby)>'],
      '3850-1>',
    ],
    privileged: [
      ...['R1#', 'DC1-RTR-01#', 'R1.lab#', 'R1# ', 'edge1-rt#', '2960l#', 'VSS(recovery-mode)#', 'R1-sdby#'],
      `${'A'.repeat(63)}#`,
    ],
    config: [
      ...['R1(config)#', 'R1(config-if)#', 'R1(config-router-af)#', 'R1(cfg-acl)#', 'R1(ca-trustpoint)#'],
      ...['R1(config-std-nacl)#', 'R1(dhcp-config)#', 'R1(config-service)#', 'R1(ipsec-profile)#', 'R1(vlan)#'],
      ...['R1(gkm-local-server)#', 'R1(cs-server)#', 'R1(isakmp-group)#', 'a-name-cut-at-twenty(config-if-srv)#'],
      'R.1(config-subif)# ',
    ],
    tcl: ['R1(tcl)#', 'DC1-RTR.01(tcl)# '],
  },
  noPrompts: [
    ...[
      'R1',
      '',
      '#',
      '>',
      'R1#show',
      'R1 #',
      'R1(boot)#',
      'R1(diag)#',
      '(config)#',
      'Password:',
      `${'a'.repeat(64)}#`,
    ],
    ...['R1(config)>', '##', '+>', '+>(tcl)#', 'R1(config)(if)#', '--More--', '% R1#', 'rommon 1 >'],
  ],
  refused: [
    {
      answer: ['      ^', "% Invalid input detected at '^' marker.", ''],
      line: "% Invalid input detected at '^' marker.",
    },
    { answer: ['% Incomplete command.', ''], line: '% Incomplete command.' },
    { answer: ['% Ambiguous command:  "s"'], line: '% Ambiguous command:  "s"' },
    {
      answer: ['Translating "bogus"', '', '% Unknown command or computer name, or unable to find computer address'],
      line: '% Unknown command or computer name, or unable to find computer address',
    },
    { answer: ['Command authorization failed.'], line: 'Command authorization failed.' },
    { answer: ['', 'Line has invalid autocommand "tclsh"'], line: 'Line has invalid autocommand "tclsh"' },
    {
      answer: ['some output first', '   ^', "% Invalid input detected at '^' marker."],
      line: "% Invalid input detected at '^' marker.",
    },
    { answer: ['%Inconsistent address and mask'], line: '%Inconsistent address and mask' },
    {
      answer: ['Command rejected: Bad VLAN allowed list.'],
      line: 'Command rejected: Bad VLAN allowed list.',
    },
  ],
  notRefused: [
    ['% BGP: session is idle'],
    ['Log Buffer (4096 bytes):', '', "% Invalid input detected at '^' marker."],
    ['1', '2', '3', '4', '% Incomplete command.'],
    ['*Mar  1: %SYS-5-CONFIG_I: Configured', '% Ambiguous command:  "s"'],
    ['  % Invalid input in the middle of a line that begins with blanks'],
    ['The text % Invalid input stands later on the line'],
    ['', '', '', '', '% Incomplete command.'],
    ['%IPv4 CEF not running'],
    ['%No inline power card on switch'],
    ['%Warning: portfast should only be enabled on ports connected to a single host.'],
  ],
  pagers: [' --More-- ', '--More--'],
  questions: [
    ...['Username: ', 'Password: ', 'Proceed with reload? [confirm]', 'Destination filename [startup-config]? '],
    ...['Address or name of remote host []? ', 'How many bits in the modulus [512]: ', '+>'],
    ...[
      'Would you like to enter the initial configuration dialog? [yes/no]: ',
      '% Do you accept this certificate? [yes/no]: ',
    ],
    ...['Press RETURN to get started.', 'Overwrite the previous NVRAM configuration?[confirm]'],
  ],
  renames: { 'hostname R9': 'R9', ' hostname core-1.example.net ': 'core-1.example.net', 'host R2': 'R2', 'ho X': 'X' },
  transcripts: [
    {
      title: 'an error with its marker',
      before: '\r\nR1#',
      command: 'show bogus',
      received: "show bogus\r\n          ^\r\n% Invalid input detected at '^' marker.\r\n\r\nR1#",
      output: "          ^\n% Invalid input detected at '^' marker.\n",
      mode: 'privileged',
      refusal: "% Invalid input detected at '^' marker.",
    },
    {
      title: 'pages, each rubbed out by the next',
      before: '\r\nR1>',
      command: 'show clock',
      received:
        'show clock\r\n*10:00:00.000 UTC\r\n --More-- \b\b\b\b\b\b\b\b\b        \b\b\b\b\b\b\b\b\bTime source is NTP\r\nR1>',
      output: '*10:00:00.000 UTC\nTime source is NTP',
      mode: 'exec',
    },
  ],
};
