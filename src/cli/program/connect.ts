import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ConnectFlags } from '../connect-command.js';
import { seconds } from '../values.js';
import { inventoryFormatOption, inventoryOption } from './inventory-options.js';
import { helpHint, platformFileOption } from './shared.js';

const AFTER = `
At the beginning of a line ~. closes the connection, ~~ types ~, ~? prints this.

Examples:
  rollcall connect R1 -i devices.yaml
  rollcall connect 192.0.2.1 -i devices.yaml --record R1.rec

Exit codes: 0 when either side has closed the connection, 1 the device could not be reached or the connection broke,
            2 wrong usage or inventory, 3 rollcall itself failed, 130 stopped with Ctrl-C before the prompt.`;

export function addConnect(program: Command, action: (device: string, flags: ConnectFlags) => Promise<void>): void {
  program
    .command('connect')
    .showHelpAfterError(helpHint('connect'))
    .summary('an interactive terminal on one device')
    .description("Logs in to a device with the inventory's credentials and leaves its command line to you.")
    .argument('<device>', 'its name in the inventory, or its address')
    .addOption(inventoryOption('devices (default: ./devices.yaml)'))
    .addOption(inventoryFormatOption())
    .addOption(platformFileOption())
    .option('--record <file>', 'write the session down, without its secrets')
    .option('--no-login', 'leave the login on the command line to me (SSH itself still authenticates)')
    .option('--no-enable', 'stay in the mode of the login, also where the inventory has an enable secret')
    .option('--escape <character>', 'what begins a command to rollcall itself, or none', character, '~')
    .option('--connect-timeout <s>', 'seconds until logged in (default: 30)', seconds)
    .option('-u, --username <name>', 'for a device without one in the inventory (or ROLLCALL_USERNAME)')
    .option(
      '--ask-password',
      'ask for the password of a device without one (or ROLLCALL_PASSWORD; enable: ROLLCALL_SECRET)',
    )
    .addOption(
      new Option('--host-keys <policy>', 'SSH host keys: learn new ones, accept only known ones, or do not look')
        .choices(['accept-new', 'strict', 'off'])
        .default('accept-new'),
    )
    .option('--known-hosts <file>', 'where new host keys are learned (default: in the state directory)')
    .addHelpText('after', AFTER)
    .action(action);
}

function character(text: string): string {
  if (text === 'none' || /^[!-~]$/.test(text)) return text;
  throw new InvalidArgumentError('Expected one printable character, or none.');
}
