import type { Dialect } from '../dialect/index.js';

/** Fabric OS: a restricted shell that names the account in its prompt; the variant has virtual fabrics. */
export const brocadeFos: Dialect = {
  name: 'brocade_fos',
  title: 'Brocade Fabric OS',
  sources: ['oxidized model fabricos (prompt)', 'netmiko brocade_fos_ssh.py'],
  login: { username: 'login: ', password: 'Password: ', failure: 'Login incorrect' },
  start: 'exec',
  modes: {
    exec: {
      prompt: '{host}:{fabric}{user}> ',
      commands: [
        {
          line: 'version',
          prints: ['Kernel:     4.1.35rt41', 'Fabric OS:  v9.0.1b', 'Made on:    Tue Jan 6 10:00:00 2026'],
        },
        {
          line: 'switchshow',
          prints: ['switchName:\t{host}', 'switchState:\tOnline', 'rbash: not an error'],
          paged: 'never',
        },
        {
          line: 'errshow',
          paged: 'always',
          prints: [{ repeat: 60, line: '2026/01/06-10:00:00, [SEC-3077], {i}, INFO, Error: none' }, 'Last message'],
        },
        { line: ['exit', 'logout'], does: 'logout' },
      ],
    },
  },
  abbreviations: false,
  refusals: { unknown: 'rbash: {word}: command not found', incomplete: 'rbash: {word}: command not found' },
  variables: { fabric: '' },
  pager: {
    prompt: 'Type <CR> to continue, Q<CR> to stop: ',
    erase: '\r\n',
    page: ['\r'],
    line: ['n'],
    quit: ['q', 'Q'],
  },
  examples: {
    prompt: 'edge-1:cisco>',
    show: { send: 'version', holds: 'Fabric OS:  v9.0.1b' },
    long: { send: 'errshow', first: '[SEC-3077], 1,', last: 'Last message' },
    unknown: { send: 'verison', holds: 'rbash: verison: command not found' },
    exit: ['exit'],
  },
  variants: {
    'virtual fabric': {
      variables: { fabric: 'FID128:' },
      examples: {
        prompt: 'edge-1:FID128:cisco>',
        show: { send: 'version', holds: 'Fabric OS:  v9.0.1b' },
        unknown: { send: 'verison', holds: 'rbash: verison: command not found' },
        exit: ['exit'],
      },
    },
  },
};
