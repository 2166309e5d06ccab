import type { Platform } from '../platform.js';
import { iosFiles, iosFilesCases } from './files-like.js';
import { iosCertificates, iosConfigure, iosEnable, iosEnd, iosLogin, iosQuestions, iosRenames } from './ios-like.js';
import { asaReadOnly } from './read-only-like.js';

const HOST = String.raw`(?<host>[A-Za-z0-9_][^\s#>()/]{0,62})`;
/** `prompt hostname context priority state`: the context belongs to the name, the two others change with a failover. */
const STATE = String.raw`(?:pri|sec|act|stby|actNoFailover|stbyNoFailover)`;
const NAME = String.raw`${HOST}(?:/(?!${STATE}[/#>(])(?<context>[^\s#>()/]{1,32}))?(?:/${STATE}){0,2}`;

// A device that was never told an enable password has an empty one: it is given as an empty secret.
// `terminal width` is a line of the configuration: it is not sent, and the device wraps at the width that it has.
export const ciscoAsa: Platform = {
  name: 'cisco_asa',
  title: 'Cisco ASA',
  verified: [
    {
      by: 'documentation',
      what: 'ASA 5500 Configuration Guide using the CLI, appendix A, Command Modes and Prompts: host, host/context, prompt keywords, (config)',
    },
    {
      by: 'documentation',
      what: 'Security Appliance Configuration Guide OL-6721-01, chapter 5: changeto context, changeto system',
    },
  ],
  sources: [
    'https://www.cisco.com/c/en/us/td/docs/security/asa/asa72/configuration/guide/conf_gd/cli.html',
    'https://www.cisco.com/c/en/us/td/docs/security/asa/asa84/configuration/guide/asa_84_cli_config/mode_contexts.html',
    'unicon.plugins asa (pri/act prompts, error reporting question, changeto errors)',
    'netmiko 4 cisco_asa, ssh_autodetect; scrapli_community cisco_asa; The NOC Project, Cisco.ASA profile (pager, errors)',
    'Files: netmiko 4, scp_handler.py; Cisco ASA General Operations CLI Configuration Guide: ssh scopy enable',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${NAME}>$`, enter: [] },
    privileged: {
      prompt: `^${NAME}#$`,
      enter: [{ ...iosEnable, refusals: [...iosEnable.refusals, String.raw`^(?:Invalid password|ERROR: )`] }],
    },
    config: {
      prompt: String.raw`^${NAME}\([a-z][^()#>]{0,62}\)#$`,
      enter: [
        {
          ...iosConfigure,
          // Asked when a new device is configured for the first time.
          answers: [
            {
              prompt: String.raw`^Would you like to enable anonymous error reporting .*|\[Y\]es, \[N\]o, \[A\]sk later:? ?$`,
              answer: 'A\r',
            },
          ],
        },
      ],
      leave: iosEnd,
    },
  },
  login: iosLogin,
  prepare: [{ send: 'terminal pager 0', in: ['privileged', 'config'] }],
  pager: [{ prompt: String.raw`^<--- More ---> ?$`, answer: ' ' }],
  questions: [
    ...iosQuestions,
    String.raw`\[Y\]es[,/] ?\[N\]o\b.{0,40}:? ?$`,
    // The first `enable` of a device that has no such password yet.
    String.raw`^(?:Enter|Repeat) {1,2}Password: ?$`,
  ],
  refusals: [
    String.raw`^ERROR: `,
    String.raw`^(?:% ?)?Command authorization failed`,
    String.raw`^% (?:Invalid input|Incomplete command|Ambiguous command)`,
  ],
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  ahead: [String.raw`^\s*(?:no\s+)?(?:access-list|route|ipv6\s+route)\s+\S.*$`],
  blocks: iosCertificates,
  save: { send: 'write memory', in: 'privileged', done: String.raw`^\[OK\] ?$` },
  context: {
    title: 'security context',
    enter: ['changeto context {name}'],
    leave: ['changeto system'],
    refusals: [String.raw`^ERROR: `],
  },
  detect: {
    // As IOS: the command tells them apart.
    ident: String.raw`\bCisco-1\.\d+`,
    banner: String.raw`^Type help or '\?' for a list of available commands\.`,
    probe: { send: 'show version', answer: String.raw`^Cisco Adaptive Security Appliance Software` },
  },
  files: { ...iosFiles, fileSystem: 'disk0:', switchOn: { scp: 'ssh scopy enable' } },
  readOnly: asaReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['ciscoasa>', 'ciscoasa> ', 'fw1/admin>', 'fw1/pri/act>', 'FW-1.example.net>'],
      privileged: [
        ...['ciscoasa#', 'fw1/admin# ', 'fw1/pri/act#', 'fw1/customer-a/sec/stby#', 'FW_1/act#', `${'f'.repeat(63)}#`],
        ...['fw1/primary#', 'fw1/pri/actNoFailover#', 'fw1/act2#'],
      ],
      config: [
        ...['ciscoasa(config)#', 'fw1/admin(config-if)# ', 'fw1/pri/act(config)#', 'fw1(config-network-object)#'],
        ...['fw1(config-ca-trustpoint)#', 'fw1/ctx.1(config-tunnel-ipsec)#', 'fw1(cfg-crypto-map)#'],
      ],
    },
    noPrompts: [
      '',
      '#',
      '>',
      'fw1/#',
      'fw1/a/b/c/d#',
      'a b#',
      '<--- More --->',
      'rommon #1>',
      'Password:',
      'fw1(config)>',
    ],
    refused: [
      {
        answer: ['           ^', "ERROR: % Invalid input detected at '^' marker."],
        line: "ERROR: % Invalid input detected at '^' marker.",
      },
      { answer: ['ERROR: % Incomplete command'], line: 'ERROR: % Incomplete command' },
      { answer: ["ERROR: 'GLOBAL' is not valid"], line: "ERROR: 'GLOBAL' is not valid" },
      { answer: ['Command authorization failed'], line: 'Command authorization failed' },
    ],
    notRefused: [
      ['WARNING: mask value 255.255.255.0 is not contiguous'],
      ['INFO: Security level for "inside" set to 100 by default.'],
      ['Interface GigabitEthernet0/0', ' 0 input errors', '', '', 'ERROR: printed far below'],
    ],
    pagers: ['<--- More --->', '<--- More ---> '],
    questions: [
      ...['Password: ', 'Username: ', 'Proceed with reload? [confirm]', 'Enter  Password: ', 'Repeat Password: '],
      'Would you like to enable anonymous error reporting to help improve the product? [Y]es, [N]o, [A]sk later: ',
      ...[
        'System config has been modified. Save? [Y]es/[N]o/[S]ave all/[C]ancel:',
        'Do you accept this certificate? [yes/no]: ',
      ],
    ],
    renames: { 'hostname fw2': 'fw2' },
    files: iosFilesCases,
    transcripts: [
      {
        title: 'an error with its marker',
        before: '\r\nciscoasa# ',
        command: 'show bogus',
        received: "show bogus\r\n              ^\r\nERROR: % Invalid input detected at '^' marker.\r\nciscoasa# ",
        output: "              ^\nERROR: % Invalid input detected at '^' marker.",
        mode: 'privileged',
        refusal: "ERROR: % Invalid input detected at '^' marker.",
      },
    ],
  },
};
