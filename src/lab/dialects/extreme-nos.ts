import type { Dialect } from '../dialect/index.js';
import { extremeSlx } from './extreme-slx.js';

/** Network OS on VDX: what SLX-OS is with another version. */
export const extremeNos: Dialect = {
  ...extremeSlx,
  name: 'extreme_nos',
  title: 'Extreme Network OS (VDX)',
  sources: ['Ansible terminal plugin nos (prompts and errors, which are those of slxos)'],
};
