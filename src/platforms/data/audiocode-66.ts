import type { Platform } from '../platform.js';
import { audiocode72 } from './audiocode-72.js';

/** The release before 7.2: netmiko tells them apart by the lines that turn the pager off, of which neither is sent. */
export const audiocode66: Platform = {
  ...audiocode72,
  name: 'audiocode_66',
  title: 'AudioCodes Mediant 6.6',
  sources: ['netmiko audiocode_ssh.py (prompts, enable, the star, one mode of configuration for each part, write)'],
};
