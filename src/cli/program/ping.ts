import type { Command } from 'commander';
import type { PingFlags } from '../ping-command.js';
import { seconds, wholeNumber } from '../values.js';
import { inventoryFormatOption, inventoryOption } from './inventory-options.js';
import { EXIT_CODES, formatOption, helpHint, orderOption, platformFileOption, whereOption } from './shared.js';

const EXAMPLES = `
Examples:
  rollcall ping 192.0.2.1 r2.example.net
  rollcall ping -i devices.yaml --where 'site=msk' --tcp 22
${EXIT_CODES}`;

export function addPing(program: Command, action: (args: string[], flags: PingFlags) => Promise<void>): void {
  program
    .command('ping')
    .showHelpAfterError(helpHint('ping'))
    .summary('tell reachable addresses from unreachable ones')
    .description("Pings many addresses at once with the system's ping, or with TCP connections.")
    .argument('[address...]', 'names or addresses')
    .addOption(inventoryOption('the devices of an inventory; - for standard input (default: ./devices.yaml)'))
    .addOption(inventoryFormatOption())
    .addOption(whereOption())
    .addOption(platformFileOption())
    .option('--tcp <port>', 'open a TCP connection to this port instead of ICMP', wholeNumber(1, 65_535))
    .option('--count <n>', 'echo requests for each address', wholeNumber(1, 100), 1)
    .option('--timeout <s>', 'seconds to wait for an answer (default: 2)', seconds)
    .option('--workers <n>', 'addresses at once', wholeNumber(1, 10_000), 20)
    .addOption(orderOption())
    .addOption(formatOption())
    .option('-o, --output <file>', 'results into one file, which is replaced as a whole')
    .option('-q, --quiet', 'no progress and no closing line')
    .addHelpText('after', EXAMPLES)
    .action(action);
}
