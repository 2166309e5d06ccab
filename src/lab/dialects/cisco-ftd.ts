import type { CommandData } from '../dialect/command-data.js';
import type { Dialect } from '../dialect/index.js';

const notFound = '-bash: {word}: command not found';

const VERSION: CommandData = {
  line: 'show version',
  prints: [
    '-------------------[ {host} ]--------------------',
    'Model                     : Cisco Firepower Threat Defense for VMware (75) Version 7.2.0 (Build 82)',
    'UUID                      : 6c9b2a3e-1111-2222-3333-444455556666',
    '----------------------------------------------------',
    '',
  ],
};

/** FTD's own command line, the shell below it and the engine beside it. */
export const ciscoFtd: Dialect = {
  name: 'cisco_ftd',
  title: 'Cisco Secure Firewall Threat Defense (FTD)',
  sources: [
    'Cisco, Decode Secure Firewall Terminology (222238): the command lines of FTD and the ways between them',
    'Cisco Secure Firewall Management Center documentation, CLI Access: expert',
  ],
  login: {
    username: '{host} login: ',
    password: 'Password: ',
    failure: 'Login incorrect',
    welcome: [
      '',
      'Cisco Fire Linux OS v7.2.0 (build 40)',
      'Cisco Firepower Threat Defense for VMware v7.2.0 (build 82)',
      '',
    ],
  },
  start: 'exec',
  modes: {
    exec: {
      prompt: '> ',
      commands: [
        VERSION,
        {
          line: 'show interface ip brief',
          prints: [
            { repeat: 60, line: 'GigabitEthernet0/{i}       10.0.{i}.1        YES manual up     up  ' },
            'Management0/0              10.1.1.1        YES manual up     up  ',
          ],
        },
        { line: 'expert', does: { enter: 'shell' } },
        {
          line: 'system support diagnostic-cli',
          does: { enter: 'diagnostic' },
          prints: [
            "Attaching to Diagnostic CLI ... Press 'Ctrl+a then d' to detach.",
            "Type help or '?' for a list of available commands.",
          ],
        },
        {
          line: 'reboot',
          asks: [
            {
              asks: "This command will reboot the system.  Continue?\nPlease enter 'YES' or 'NO': ",
              answers: { yes: {}, '*': { stops: true } },
            },
          ],
          does: 'logout',
        },
        { line: 'exit|logout', does: 'logout' },
      ],
    },
    shell: {
      prompt: '{user}@{host}:~$ ',
      commands: [
        { line: 'pwd', prints: '/home/{user}' },
        {
          line: 'sudo su -',
          asks: [{ asks: 'Password: ', hidden: true, takes: 'password', wrong: 'Sorry, try again.' }],
          does: { enter: 'root-shell' },
        },
        { line: 'exit', does: 'leave', prints: 'logout' },
      ],
      refusals: { unknown: notFound, incomplete: notFound },
    },
    'root-shell': {
      prompt: 'root@{host}:~# ',
      commands: [
        { line: 'pwd', prints: '/root' },
        { line: 'exit', does: 'leave', prints: 'logout' },
      ],
      refusals: { unknown: notFound, incomplete: notFound },
    },
    diagnostic: {
      prompt: '{host}> ',
      commands: [
        { line: 'enable', asks: [{ asks: 'Password: ', hidden: true }], does: { enter: 'diagnostic-privileged' } },
        { line: 'exit', does: 'leave', prints: 'Console connection detached.' },
      ],
      refusals: { unknown: ['{marker}', "ERROR: % Invalid input detected at '^' marker."] },
    },
    'diagnostic-privileged': {
      prompt: '{host}# ',
      commands: [
        { line: 'show clock', prints: '{hours}:{minutes}:{seconds}.{ms} UTC {day} {month} {date} {year}' },
        { line: 'disable|exit', does: 'leave' },
      ],
      refusals: { unknown: ['{marker}', "ERROR: % Invalid input detected at '^' marker."] },
    },
  },
  refusals: { unknown: 'Syntax error: Illegal command line', incomplete: 'Syntax error: The command is not completed' },
  pager: { prompt: '<--- More --->', erase: '\r              \r' },
  examples: {
    prompt: '>',
    show: { send: 'show version', holds: 'Firepower Threat Defense for VMware' },
    long: { send: 'show interface ip brief', first: 'GigabitEthernet0/1 ', last: 'Management0/0' },
    unknown: { send: 'shwo version', holds: 'Syntax error: ' },
    exit: ['exit'],
  },
};
