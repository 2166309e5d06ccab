import type { Platform } from '../platform.js';
import { commonLogin } from './common.js';
import { confdCommit, confdEnd, confdMarker, confdQuestions, confdRefusals } from './confd-like.js';
import { iosHost, iosMore } from './ios-like.js';
import { showReadOnly } from './read-only-like.js';

export const ciscoViptela: Platform = {
  name: 'cisco_viptela',
  title: 'Cisco Viptela OS (vEdge, vSmart, vBond, vManage)',
  verified: [],
  sources: [
    'netmiko 4 cisco_viptela (paginate false, commit, the question on leaving), ssh_autodetect',
    'unicon.plugins sdwan/viptela and confd (prompts, vshell, autowizard, screen-width, error texts, reboot question)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    privileged: { prompt: `^${iosHost}#$`, enter: [] },
    config: {
      prompt: String.raw`^${iosHost}\(config[^()#>]{0,80}\)#$`,
      enter: [{ from: 'privileged', send: 'config terminal', refusals: [] }],
      leave: confdEnd,
    },
    shell: {
      prompt: String.raw`^(?<host>[\w.-]{1,63}):[^\s$#]{1,200}\$$`,
      enter: [{ from: 'privileged', send: 'vshell', refusals: [] }],
      leave: { send: 'exit' },
    },
  },
  login: commonLogin,
  prepare: [{ send: 'paginate false' }, { send: 'screen-width 511' }, { send: 'autowizard false' }],
  pager: [iosMore],
  questions: confdQuestions,
  refusals: confdRefusals,
  beforeRefusal: confdMarker,
  renames: [String.raw`^\s*(?:system\s+)?host-name\s+(?<host>\S+)\s*$`],
  helpKey: '?',
  commit: confdCommit,
  // The version alone on its line is the whole answer.
  detect: { probe: { send: 'show version', answer: String.raw`^\d\d\.\d{1,2}\.\d{1,2}(?:\.\d{1,2})?$` } },
  readOnly: showReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      privileged: ['vedge#', 'vEdge-1.site# ', `${'v'.repeat(63)}#`, 'vsmart_1#'],
      config: [
        'vedge(config)#',
        'vedge(config-system)# ',
        'vEdge-1.site(config-interface-ge0/2.101)#',
        'vm9(config-vpn-0)#',
      ],
      shell: ['vedge:~$', 'vedge:/tmp$ ', 'vm9.lab:~$'],
    },
    noPrompts: ['', '#', '$', 'vedge', 'vedge login: ', '--More--', 'vedge(boot)#', '[yes/no/CANCEL]'],
    refused: [
      { answer: ['-----------^', 'syntax error: unknown command'], line: 'syntax error: unknown command' },
      {
        answer: ['syntax error: "console" is not a valid value.'],
        line: 'syntax error: "console" is not a valid value.',
      },
      { answer: ['Aborted: by user'], line: 'Aborted: by user' },
    ],
    notRefused: [['% No modifications to commit.'], ['log: ', '', '', '', 'syntax error: in a log far below']],
    pagers: ['--More--'],
    questions: [
      ...['vedge login: ', 'Password: ', 'Are you sure you want to reboot? [yes,NO] ', 'Proceed? [yes,no] '],
      'Uncommitted changes found, commit them? [yes/no/CANCEL] ',
    ],
    renames: { 'system host-name e1': 'e1', ' host-name e2.lab': 'e2.lab' },
    transcripts: [
      {
        title: 'an error under its marker of dashes',
        before: '\r\nvedge# ',
        command: 'show bogus',
        received: 'show bogus\r\n------------^\r\nsyntax error: unknown command\r\nvedge# ',
        output: '------------^\nsyntax error: unknown command',
        mode: 'privileged',
        refusal: 'syntax error: unknown command',
      },
    ],
  },
};
