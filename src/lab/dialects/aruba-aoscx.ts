import { iosFamily } from './ios-family.js';

/** AOS-CX: no width, no secret at enable, a line that turns while the configuration is written. */
export const arubaAoscx = iosFamily({
  name: 'aruba_aoscx',
  title: 'HPE Aruba AOS-CX',
  sources: [
    'HPE, ArubaOS-CX Command-Line Interface Guide 10.03: Command contexts, page, configure terminal, end',
    'Cray HPE System Management documentation (write memory); NOC profile Aruba.AOS-CX (pager)',
  ],
  withoutExec: true,
  prompts: { privileged: '{host}# ', config: '{host}(config)# ', inside: '{host}(config-{section})# ' },
  login: { username: 'login: ', password: 'Password: ', failure: 'Login incorrect' },
  refusals: {
    unknown: 'Invalid input: {rest}',
    incomplete: '% Command incomplete.',
    ambiguous: '% Ambiguous command.',
  },
  pager: { prompt: '-- MORE --, next page: Space, next line: Enter, quit: q', erase: '\r\x1b[K' },
  terminal: [
    { line: 'no page', does: { pageLength: 0 } },
    { line: 'page {n:2-1000}', does: { pageLength: '{n}' } },
  ],
  pagingOff: 'no page',
  version: [
    '-----------------',
    'ArubaOS-CX',
    '(c) Copyright 2017-2026 Hewlett Packard Enterprise',
    'Version      : FL.10.13.1000',
  ],
  versionHolds: 'FL.10.13.1000',
  save: {
    command: {
      line: 'write memory',
      does: 'save',
      prints:
        'Copying configuration: [|] \rCopying configuration: [/] \rCopying configuration: [-] \rCopying configuration: [Success]',
    },
    send: ['write memory'],
    holds: 'Copying configuration: [Success]',
  },
  refused: { send: 'snmp-sever contact noc', holds: 'Invalid input: snmp-sever' },
  unknownHolds: 'Invalid input: shwo',
});
