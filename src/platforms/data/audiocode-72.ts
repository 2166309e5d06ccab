import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { iosLogin, iosMore, iosQuestions } from './ios-like.js';
import { iosModes } from './ios-modes.js';

const cases: PlatformCases = {
  prompts: {
    exec: ['Mediant 800> ', 'SBC_1>'],
    privileged: ['Mediant 800# ', 'SBC_1*#', 'M'.repeat(60).concat('#')],
    config: ['Mediant 800(config-system)# ', 'SBC_1(config-voip)*#', 'SBC_1(cli-settings)#', 'SBC_1(network-if-0)#'],
  },
  noPrompts: [' --MORE--', '#', '## VoIP Configuration'],
  refused: [
    { answer: ['Invalid command'], line: 'Invalid command' },
    { answer: ['% Unknown command'], line: '% Unknown command' },
  ],
  notRefused: [['Version info: --------------', 'a', 'b', 'c', 'Invalid command']],
  pagers: ['--MORE--', ' --MORE--'],
  questions: ['Username: ', 'Password: '],
  transcripts: [
    {
      title: 'a star marks what is not saved',
      before: 'SBC_1# ',
      command: 'configure system',
      received: 'configure system\r\nSBC_1(config-system)*# ',
      output: '',
      mode: 'config',
    },
  ],
};

export const audiocode72: Platform = {
  name: 'audiocode_72',
  title: 'AudioCodes Mediant 7.2',
  verified: [],
  sources: [
    'netmiko audiocode_ssh.py (enable, the star, one mode of configuration for each part, write)',
    'oxidized model audiocodes (prompts with blanks, login, pager)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: iosModes({
    host: String.raw`(?<host>[A-Za-z][\w.-]{0,62}(?: [\w.-]{1,20}){0,2})`,
    mark: String.raw`\*?`,
    submode: '[a-z][^()]{0,60}',
    // The other parts (`configure voip`, `configure network`) are entered by their own line.
    configure: 'configure system',
    leave: { send: 'exit' },
  }),
  login: { ...iosLogin, username: '^(?:login as|username|login): ?$' },
  // `window-height 0` is a line of the configuration, so the pager is answered instead.
  prepare: [],
  pager: [iosMore],
  questions: iosQuestions,
  // Not written down by the vendor's users; anchored, so that they raise no false alarm.
  refusals: ['^(?:% ?)?(?:Invalid|Unknown|Incomplete|Ambiguous) (?:command|input)'],
  beforeRefusal: [],
  renames: [],
  helpKey: '?',
  save: { send: 'write', in: 'privileged' },
  exit: 'exit',
  cases,
};
