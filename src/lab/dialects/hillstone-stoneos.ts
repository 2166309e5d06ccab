import { iosFamily, MARKED, MORE } from './ios-family.js';

/** Hillstone StoneOS: privileged from the beginning, `configure` alone, `save all` asks. */
export const hillstoneStoneos = iosFamily({
  name: 'hillstone_stoneos',
  title: 'Hillstone StoneOS',
  sources: [
    'netmiko hillstone.py (configure, save all and its answer)',
    'oxidized model stoneos (login, pager, width)',
  ],
  withoutExec: true,
  prompts: { privileged: '{host}# ', config: '{host}(config)# ', inside: '{host}(config-{section})# ' },
  login: { username: 'login: ', password: 'Password: ', failure: 'Login incorrect' },
  refusals: MARKED,
  pager: MORE,
  terminal: [
    { line: 'terminal length {n:0-256}', does: { pageLength: '{n}' } },
    { line: 'terminal width {n:64-512}', does: { width: '{n}' } },
  ],
  pagingOff: 'terminal length 0',
  configure: 'configure',
  version: ['Hillstone Networks StoneOS software, Version 5.5', 'Product name: SG-6000-E1700'],
  versionHolds: 'StoneOS software, Version 5.5',
  save: {
    command: {
      line: ['save all', 'save'],
      asks: [
        {
          asks: 'Save configuration for all VSYS, are you sure? [y]/n: ',
          answers: { '': {}, y: {}, n: { stops: true } },
        },
      ],
      does: 'save',
      prints: 'Building configuration.. Saving configuration is finished',
    },
    send: ['save all', 'y'],
    holds: 'finished',
  },
  unknownHolds: '% Invalid input detected',
});
