import { type Command, Option } from 'commander';
import type { TransferFlags } from '../transfer-command.js';
import { withClocks, withExecutor, withLogin } from './fleet.js';
import { inventoryFormatOption, inventoryOption } from './inventory-options.js';
import { withManners } from './manners.js';
import { EXIT_CODES, formatOption, helpHint, orderOption, platformFileOption, whereOption } from './shared.js';

type Action = (paths: string[], flags: TransferFlags) => Promise<void>;

const PUT_EXAMPLES = `
Examples:
  rollcall put c1900.bin -i devices.yaml
  rollcall put banner.txt flash:banner.txt -i devices.yaml --force --format ndjson
${EXIT_CODES}`;

const GET_EXAMPLES = `
Examples:
  rollcall get flash:vlan.dat -i devices.yaml
  rollcall get /etc/hostname 'copies/{device}.txt' -i devices.yaml
${EXIT_CODES}`;

export function addPut(program: Command, action: Action): void {
  const command = program
    .command('put')
    .showHelpAfterError(helpHint('put'))
    .summary('send a file to every device of an inventory')
    .description('Sends a file by SFTP or SCP, after a look at the room there, and compares it by its checksum.')
    .argument('<local>', 'the file here')
    .argument('[remote]', "the file there; a bare name is on the platform's own file system (default: the same name)");
  finish(command, PUT_EXAMPLES, action);
}

export function addGet(program: Command, action: Action): void {
  const command = program
    .command('get')
    .showHelpAfterError(helpHint('get'))
    .summary('fetch a file from every device of an inventory')
    .description('Fetches a file by SFTP or SCP, compares it by its checksum, and gives it its name when it is whole.')
    .argument('<remote>', 'the file there')
    .argument(
      '[local]',
      'the file here, {device} for the name of the device; a folder gets DIR/{device}/NAME (default: {device}/NAME)',
    );
  finish(command, GET_EXAMPLES, action);
}

function finish(command: Command, examples: string, action: Action): void {
  command
    .optionsGroup('Devices:')
    .addOption(inventoryOption())
    .addOption(inventoryFormatOption())
    .addOption(whereOption())
    .addOption(platformFileOption())
    .optionsGroup('The transfer:')
    .addOption(
      new Option('--protocol <protocol>', "which one; auto takes what the platform's data name, and the next")
        .choices(['auto', 'sftp', 'scp'])
        .default('auto'),
    )
    .option('-f, --force', 'replace a file that is there and is another one')
    .option('--no-resume', 'begin at the beginning, also where SFTP could go on with what a break has left')
    .addOption(
      new Option(
        '--verify <how>',
        "compare by the device's own checksum, else read all of it back over SFTP, or not at all",
      )
        .choices(['device', 'read-back', 'none'])
        .default('device'),
    );
  withLogin(withClocks(withManners(withExecutor(command))))
    .optionsGroup('Results:')
    .addOption(orderOption())
    .addOption(formatOption())
    .option('-o, --output <file>', 'results into one file, which is replaced as a whole')
    .option('--log', 'log the start and end of each device on standard error')
    .option('-q, --quiet', 'no progress and no closing line')
    .optionsGroup('Help:')
    .helpOption('-h, --help', 'display help for command')
    .addHelpText('after', examples)
    .action((first: string, second: string | undefined, flags: TransferFlags) =>
      action(second === undefined ? [first] : [first, second], flags),
    );
}
