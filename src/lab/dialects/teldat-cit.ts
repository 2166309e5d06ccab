import type { Dialect } from '../dialect/index.js';

/**
 * Teldat CIT: processes that are entered by number. Ctrl-P leads back from them: no dialect can say that of a key yet, so
 * that the suites stay in the first process.
 */
export const teldatCit: Dialect = {
  name: 'teldat_cit',
  title: 'Teldat CIT',
  sources: ['netmiko teldat_cit.py (processes, prompts, logout and its question)'],
  login: { username: 'Username:', password: 'Password:', mask: '*', failure: 'Access denied' },
  start: 'exec',
  modes: {
    exec: {
      prompt: '{host} *',
      commands: [
        { line: ['status', 'show version'], prints: ['Teldat Atlas-60  (c) 1996-2026', 'CIT Version 11.01.09'] },
        { line: ['process 3', 'p 3'], does: { enter: 'monitor' } },
        { line: ['process 4', 'p 4'], does: { enter: 'config' } },
        {
          line: 'logout',
          asks: [
            {
              asks: 'Do you wish to end telnet connection (Yes/No)(N)? ',
              answers: { yes: {}, y: {}, '*': { stops: true } },
            },
          ],
          does: 'logout',
        },
      ],
    },
    monitor: { prompt: '{host} +', commands: [{ line: 'exit', does: 'leave' }] },
    config: { prompt: '{host} Config>', commands: [{ line: 'exit', does: 'leave' }] },
  },
  refusals: {
    unknown: 'CLI Error: Unrecognized command or invalid value',
    incomplete: 'CLI Error: Incomplete command',
  },
  examples: {
    prompt: 'edge-1 *',
    show: { send: 'show version', holds: 'CIT Version 11.01.09' },
    unknown: { send: 'shwo version', holds: 'CLI Error: Unrecognized command' },
    exit: ['logout', 'yes'],
  },
};
