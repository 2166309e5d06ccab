import { iosFamily, MORE } from './ios-family.js';

/** ZTE ZXROS: errors have numbers, and `exit` leads up by one mode. */
export const zteZxros = iosFamily({
  name: 'zte_zxros',
  title: 'ZTE ZXROS (ZXR10)',
  sources: ['NOC profile ZTE.ZXR10', "errors as tests of published tools for ZTE's C300 and C320 hold them"],
  refusals: {
    unknown: ['{marker}', "%Error 20200: Invalid input detected at '^' marker."],
    incomplete: '%Error 20203: Incomplete command.',
  },
  pager: MORE,
  terminal: [{ line: 'terminal length {n:0-512}', does: { pageLength: '{n}' } }],
  pagingOff: 'terminal length 0',
  leave: 'exit',
  version: ['ZXR10 Router Operating System Software, ZTE Corporation', 'ZXR10 ROS Version V4.08.24R2'],
  versionHolds: 'ROS Version V4.08.24R2',
  save: {
    command: { line: 'write', does: 'save', prints: ['Building configuration...', '.[OK]'] },
    send: ['write'],
    holds: '[OK]',
  },
  unknownHolds: '%Error 20200: Invalid input',
});
