import type { Dialect } from '../dialect/index.js';
import { ciscoS300 } from './cisco-s300.js';

/** The smaller switches: no setting of the terminal, another pager. */
export const ciscoS200: Dialect = {
  ...ciscoS300,
  name: 'cisco_s200',
  title: 'Cisco Small Business 200 and 220',
  sources: ['netmiko 4 cisco_s200: the login, and that the SG220 has no terminal width and no terminal datadump'],
  login: {
    ...ciscoS300.login,
    banner: 'Welcome to Layer 2 Managed Switch',
    username: 'Username: ',
    password: 'Password: ',
  },
  pager: { prompt: '--More--', erase: '\r        \r' },
};
