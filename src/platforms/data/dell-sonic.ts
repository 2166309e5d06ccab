import type { Platform } from '../platform.js';
import { commonLogin } from './common.js';
import { iosConfigure, iosEnd, iosHost, iosQuestions, iosRefusals, iosRenames } from './ios-like.js';
import { showReadOnly } from './read-only-like.js';
import { shellPagers, shellQuestions, shellRefusals, sudoShell } from './shell-like.js';

const AT_HOST = String.raw`(?<user>[\w.-]+)@(?<host>[A-Za-z0-9_][\w.-]{0,62}):[^\s$#]{1,200}`;

export const dellSonic: Platform = {
  name: 'dell_sonic',
  title: "Enterprise SONiC by Dell: a Linux shell, with the management framework's sonic-cli on it",
  verified: [],
  sources: [
    'sonic-net/sonic-mgmt-framework (sonic-cli) and its issues; sonic-net/SONiC issue 781 (prompts of sonic-cli)',
    'netmiko 4.8 dell/dell_sonic_ssh.py (sonic-cli, write memory) and its pull request 3831',
    'scrapli 2 dell_enterprisesonic.yaml (modes, error texts)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    // After login; the ways back are only taken where they are asked for.
    shell: { prompt: String.raw`^${AT_HOST}\$$`, enter: [{ from: 'privileged', send: 'exit', refusals: [] }] },
    'root-shell': { prompt: `^${AT_HOST}#$`, enter: [sudoShell] },
    privileged: {
      prompt: `^${iosHost.replace(String.raw`[^\s#>()]`, String.raw`[^\s#>()@]`)}#$`,
      enter: [{ from: 'shell', send: 'sonic-cli', refusals: ['^Error: ', ...shellRefusals] }],
    },
    config: {
      prompt: String.raw`^${iosHost}\(conf(?:ig)?[^()]*\)#$`,
      enter: [{ ...iosConfigure, refusals: ['^% ?Error'] }],
      leave: iosEnd,
    },
  },
  login: commonLogin,
  prepare: [{ send: 'terminal length 0', in: ['privileged', 'config'] }],
  pager: [{ prompt: '^ ?--more-- ?$', answer: ' ' }, ...shellPagers.slice(1)],
  questions: [...iosQuestions, ...shellQuestions],
  refusals: [...iosRefusals, '^% ?Error: ', '^Syntax error: ', ...shellRefusals],
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  unendedAnswers: true,
  ahead: [String.raw`^(?:no )?ip(?:v6)? route \S`, String.raw`^\s*(?:no )?(?:seq \d+ )?(?:permit|deny) \S`],
  save: { send: 'write memory', in: 'privileged' },
  // Every SONiC greets so; the command tells the vendors apart.
  detect: {
    banner: '^-- Software for Open Networking in the Cloud --',
    probe: { send: 'show version', answer: '^SONiC Software Version: SONiC-OS-.{1,40}-Enterprise' },
  },
  readOnly: showReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      shell: ['admin@sonic:~$ ', 'admin@sw-1:/etc/sonic$ '],
      'root-shell': ['root@sonic:/home/admin# ', 'root@sw-1:~#'],
      privileged: ['sonic# ', 'sonic-switch1#', 'leaf.example.net#', `${'h'.repeat(63)}#`],
      config: ['sonic(config)# ', 'sonic(conf-if-Ethernet4)# ', 'sonic(config-router-bgp)#', 'sw_1(conf-if-Vlan10)#'],
    },
    noPrompts: ['sonic', '', '#', '$', 'admin@sonic', 'sonic(boot)#', 'admin@sonic#', 'Password: ', '--more--'],
    refused: [
      {
        answer: ['               ^', "% Error: Invalid input detected at '^' marker."],
        line: "% Error: Invalid input detected at '^' marker.",
      },
      { answer: ['%Error: validation failed'], line: '%Error: validation failed' },
      { answer: ['Syntax error: Illegal parameter'], line: 'Syntax error: Illegal parameter' },
      { answer: ['-bash: nonesuch: command not found'], line: '-bash: nonesuch: command not found' },
    ],
    notRefused: [['Interface   Oper', '---', '%Error: x'], ['Warning: Idle timeout is disabled'], ['Total errors: 0']],
    pagers: ['--more--', ':', '(END)'],
    questions: ['[sudo] password for admin: ', 'Do you want to continue? [y/N]: ', 'Password: '],
    renames: { 'hostname leaf-3': 'leaf-3' },
    transcripts: [
      {
        title: 'a line that the framework refuses',
        before: 'sonic(conf-if-Ethernet0)# ',
        command: 'ip address 192.168.1.1/24',
        received: 'ip address 192.168.1.1/24\r\n%Error: validation failed\r\nsonic(conf-if-Ethernet0)# ',
        output: '%Error: validation failed',
        mode: 'config',
        refusal: '%Error: validation failed',
      },
    ],
  },
};
