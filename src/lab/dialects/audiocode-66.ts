import type { Dialect } from '../dialect/index.js';
import { audiocode72 } from './audiocode-72.js';

/** AudioCodes Mediant before 7.2: the same to a person, but for the names of some sections. */
export const audiocode66: Dialect = {
  ...audiocode72,
  name: 'audiocode_66',
  title: 'AudioCodes Mediant 6.6',
  sources: ['netmiko audiocode_ssh.py (one driver for both but for the lines of the pager)'],
};
