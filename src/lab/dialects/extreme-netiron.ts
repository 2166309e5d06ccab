import type { Dialect } from '../dialect/index.js';
import { type IosFamilyData, iosFamily } from './ios-family.js';

const data: IosFamilyData = {
  name: 'extreme_netiron',
  title: 'Extreme NetIron',
  sources: [
    'Ansible terminal plugin ironware (errors)',
    'oxidized model ironware (login, prompts)',
    'NOC profile Brocade.CER-ADV',
  ],
  login: {
    username: 'Please Enter Login Name: ',
    password: 'Please Enter Password: ',
    failure: 'Invalid login name or password',
  },
  secretPrompt: 'Password:',
  wrongSecret: 'Error - Incorrect username or password.',
  refusals: {
    unknown: ['Invalid input -> {rest}', 'Type ? for a list'],
    incomplete: 'Incomplete command.',
    ambiguous: ['Ambiguous input -> {rest}', 'Type ? for a list'],
  },
  pager: {
    prompt: '--More--, next page: Space, next line: Return key, quit: Control-c',
    erase: `${'\b'.repeat(66)}${' '.repeat(66)}${'\b'.repeat(66)}`,
    quit: ['\x03', 'q'],
  },
  terminal: [
    { line: 'skip-page-display', does: { pageLength: 0 }, prints: 'Disable page display mode' },
    { line: 'page-display', does: { pageLength: 24 }, prints: 'Enable page display mode' },
  ],
  terminalIn: 'privileged',
  version: ['System: NetIron MLX (Serial #: Not Exist,  Part #: 31524-100A)', 'IronWare : Version 6.3.0fT163'],
  versionHolds: 'Version 6.3.0fT163',
  save: {
    command: {
      line: 'write memory',
      does: 'save',
      prints: ['Write startup-config in progress.', '.Write startup-config done.'],
    },
    send: ['write memory'],
    holds: 'Write startup-config done',
  },
  unknownHolds: 'Invalid input -> ',
};

const named = iosFamily({
  ...data,
  prompts: {
    exec: 'SSH@{host}>',
    privileged: 'SSH@{host}#',
    config: 'SSH@{host}(config)#',
    inside: 'SSH@{host}(config-{section})#',
  },
  seen: { exec: 'SSH@edge-1>', privileged: 'SSH@edge-1#', config: 'SSH@edge-1(config)#' },
});

/** NetIron on its console; the variant names the way of login in the prompt, as it does over SSH. */
export const extremeNetiron: Dialect = {
  ...iosFamily(data),
  variants: { 'way of login': { modes: named.modes, examples: named.examples } },
};
