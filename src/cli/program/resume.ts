import type { Command } from 'commander';
import type { AgainFlags, RerunFlags } from '../resume-command.js';
import type { RunFlags } from '../run-command.js';
import { seconds } from '../values.js';
import { withClocks, withExecutor, withLogin } from './fleet.js';
import { inventoryFormatOption, inventoryOption } from './inventory-options.js';
import { typedFlags, withJournal, withJournalFolder } from './journal.js';
import { withManners } from './manners.js';
import { EXIT_CODES, formatOption, helpHint, orderOption } from './shared.js';

type Given<F extends AgainFlags> = Omit<F, 'exit'>;

const RESUME_EXAMPLES = `
The flags and commands are those of the run; what is typed here goes before them.
Secrets are not in a journal: set ROLLCALL_PASSWORD again, or be asked again.

Examples:
  rollcall resume
  rollcall resume 20261121T2005 --workers 5
${EXIT_CODES}
            They tell of the devices that were run now.`;

const RERUN_EXAMPLES = `
Examples:
  rollcall rerun --failed latest
  rollcall rerun 20261121T200501Z-1a2b3c4d
${EXIT_CODES}`;

/** `run` is the command that both do again: what it takes where nothing is typed applies here too. */
export function addResume(
  program: Command,
  run: Command,
  action: (id: string | undefined, flags: Given<AgainFlags>) => Promise<void>,
): void {
  const command = program
    .command('resume')
    .showHelpAfterError(helpHint('resume'))
    .summary('run the devices that a killed or interrupted run has not got to')
    .description('Goes on with a run: only devices without a result, cancelled or skipped ones are called.')
    .argument('[id]', 'the run, by the beginning of its id, or latest (default: the newest that has not ended)');
  withJournalFolder(again(command))
    .optionsGroup('Help:')
    .helpOption('-h, --help', 'display help for command')
    .addHelpText('after', RESUME_EXAMPLES)
    .action((id?: string) => action(id, { typed: typedFlags(command), defaults: run.opts<RunFlags>() }));
}

export function addRerun(
  program: Command,
  run: Command,
  action: (id: string, flags: Given<RerunFlags>) => Promise<void>,
): void {
  const command = program
    .command('rerun')
    .showHelpAfterError(helpHint('rerun'))
    .summary('do a run once more, as a new one')
    .description('Does what an earlier run did once more, on the same devices, as a run with an id of its own.')
    .argument('<id>', 'the run, by the beginning of its id, or latest')
    .optionsGroup('Devices and commands:')
    .option('--failed', 'only on the devices that are not ok, or have no result');
  withJournal(again(command))
    .optionsGroup('Help:')
    .helpOption('-h, --help', 'display help for command')
    .addHelpText('after', RERUN_EXAMPLES)
    .action((id: string) => {
      const { failed, ...typed } = typedFlags(command) as ReturnType<typeof typedFlags> & { failed?: boolean };
      return action(id, { typed, failed, defaults: run.opts<RunFlags>() });
    });
}

/** What may be given anew. */
function again(command: Command): Command {
  command
    .optionsGroup('Devices and commands:')
    .addOption(inventoryOption('devices, in place of the inventory of the run; - for standard input'))
    .addOption(inventoryFormatOption())
    .option('--commands-from <file>', 'the commands of the run, where the journal must not hold them');
  withManners(withExecutor(command));
  withClocks(command).option('--timeout <s>', 'seconds for a device in all, from its turn on', seconds);
  return withLogin(command)
    .optionsGroup('Results:')
    .addOption(orderOption())
    .addOption(formatOption())
    .option('-o, --output <file>', 'results into one file, which is replaced as a whole')
    .option('--output-dir <dir>', 'results into one file per device and command')
    .option('--record <dir>', 'write each session down into a file of its own')
    .option('--log', 'log the start and end of each device on standard error')
    .option('-q, --quiet', 'no progress and no closing line');
}
