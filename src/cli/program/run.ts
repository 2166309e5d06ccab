import type { Command } from 'commander';
import type { TypedFlags } from '../journaling/run-job.js';
import type { RunFlags } from '../run-command.js';
import { milliseconds, seconds } from '../values.js';
import { withClocks, withExecutor, withLogin } from './fleet.js';
import { inventoryFormatOption, inventoryOption } from './inventory-options.js';
import { typedFlags, withJournal } from './journal.js';
import { withManners } from './manners.js';
import { EXIT_CODES, formatOption, helpHint, orderOption, platformFileOption, whereOption } from './shared.js';

const RUN_EXAMPLES = `
Examples:
  rollcall run "show clock" -i devices.yaml
  rollcall run "show version" "show ip interface brief" -i devices.yaml --format ndjson
  rollcall run "show clock" --where 'site=msk & !role=core'
  rollcall run --exec 'df -h' -i linux-hosts.yaml
  rollcall run --commands-from audit.txt -i devices.yaml --output-dir answers --workers 3
  rollcall run --commands-map commands.yaml -i devices.yaml
  rollcall run --task ./audit.mjs --input '{"mtu": 9000}' -i devices.yaml
${EXIT_CODES}`;

export function addRun(
  program: Command,
  action: (args: string[], flags: RunFlags, typed: TypedFlags) => Promise<void>,
): Command {
  const command = program
    .command('run')
    .showHelpAfterError(helpHint('run'))
    .summary('run commands on every device of an inventory')
    .description('Runs the commands, in order, in one session per device.')
    .argument('[command...]', 'commands, each in quotes')
    .optionsGroup('Devices:')
    .addOption(inventoryOption())
    .addOption(inventoryFormatOption())
    .addOption(whereOption())
    .addOption(platformFileOption())
    .optionsGroup('Commands:')
    .option('--commands-from <file>', 'commands, one a line; # begins a comment')
    .option(
      '--commands-map <file>',
      'a YAML file with commands for each device (a name, or an expression as for --where)',
    )
    .option(
      '--task <file>',
      'in place of commands: run the task of a JavaScript or TypeScript module, FILE or FILE#NAME',
    )
    .option('--input <json>', 'what the task gets beside its device: JSON, or @FILE')
    .option('--exec', 'run each command in an SSH channel of its own, without a shell and its prompt')
    .option('--read-only', 'refuse every command that is not known to be harmless, before anything is connected')
    .option('--stop-on-error', "stop a device's commands at the first that it refuses")
    .option('--no-agent', "open sessions of the run's own, also where a rollcall agent runs");
  withManners(withExecutor(command));
  withClocks(command)
    .option('--timeout <s>', 'seconds for a device in all, from its turn on (default: no limit)', seconds)
    .option(
      '--settle-ms <ms>',
      'take a prompt for the end of an answer only when nothing follows it for so long (default: 0)',
      milliseconds,
    );
  withLogin(command)
    .optionsGroup('Results:')
    .addOption(orderOption())
    .addOption(formatOption())
    .option('-o, --output <file>', 'results into one file, which is replaced as a whole')
    .option('--output-dir <dir>', 'results into one file per device and command')
    .option('--record <dir>', 'write each session down into a file of its own, DEVICE.rec, without its secrets')
    .option('--log', 'log the start and end of each device on standard error')
    .option('--log-steps', 'log each step of each device on standard error, secrets in commands blanked')
    .option('-q, --quiet', 'no progress and no closing line');
  withJournal(command)
    .optionsGroup('Help:')
    .helpOption('-h, --help', 'display help for command')
    .addHelpText('after', RUN_EXAMPLES)
    .action((args: string[], flags: RunFlags) => action(args, flags, typedFlags(command)));
  return command;
}
