import { type Command, Option } from 'commander';
import { EXECUTORS } from '../executors.js';
import { seconds, wholeNumber } from '../values.js';

/** Where sessions run, and how many at once. */
export const withExecutor = (command: Command): Command =>
  command
    .optionsGroup('How many at once:')
    .addOption(new Option('--executor <kind>', 'where sessions run').choices(EXECUTORS).default('loop'))
    .option(
      '--workers <n>',
      'sessions at once; for threads and processes the workers (default: 20; the processors)',
      wholeNumber(1, 100_000),
    )
    .option('--per-worker <m>', 'sessions at once in each thread or process', wholeNumber(1, 100_000), 1);

/** How long a device may take. */
export const withClocks = (command: Command): Command =>
  command
    .optionsGroup('Time limits:')
    .option('--connect-timeout <s>', 'seconds until logged in (default: 30)', seconds)
    .option('--idle-timeout <s>', 'seconds without a byte while an answer is due (default: 30)', seconds);

/** Who logs in, and which server is trusted. */
export const withLogin = (command: Command): Command =>
  command
    .optionsGroup('Login:')
    .option('-u, --username <name>', 'for devices without one in the inventory (or ROLLCALL_USERNAME)')
    .option(
      '--ask-password',
      'ask for the password of devices without one (or ROLLCALL_PASSWORD; enable: ROLLCALL_SECRET)',
    )
    .option(
      '--no-canary',
      'log in everywhere at once, also with a credential that more than 5 devices share: a wrong one may lock its account',
    )
    .option('--no-enable', 'stay in the mode of the login, also where the inventory has an enable secret')
    .addOption(
      new Option('--host-keys <policy>', 'SSH host keys: learn new ones, accept only known ones, or do not look')
        .choices(['accept-new', 'strict', 'off'])
        .default('accept-new'),
    )
    .option('--known-hosts <file>', 'where new host keys are learned (default: in the state directory)');
