import type { Command } from 'commander';
import type { LabFlags } from '../lab-command.js';
import { milliseconds, wholeNumber } from '../values.js';
import { helpHint } from './shared.js';

const EXAMPLES = `
Examples:
  rollcall lab --devices 50                             (then: rollcall run "show clock" -i lab.yaml)
  rollcall lab --platform juniper_junos --port 0 --inventory-out junos.yaml`;

export function addLab(program: Command, action: (flags: LabFlags) => Promise<void>): void {
  program
    .command('lab')
    .showHelpAfterError(helpHint('lab'))
    .summary('serve simulated devices on this machine')
    .description('Serves simulated devices on loopback until stopped, and writes an inventory of them.')
    .addHelpText('after', EXAMPLES)
    .option('--devices <n>', 'how many', wholeNumber(1, 60_000), 3)
    .option(
      '--platform <name>',
      'what they are, as cisco_ios or juniper_junos_telnet; docs/lab.md has all',
      'cisco_ios',
    )
    .option(
      '--port <p>',
      'the port of the first; the next ones follow (0: any free ports)',
      wholeNumber(0, 65_535),
      2201,
    )
    .option('--latency-ms <ms>', 'round trip of the line, both ways and connect included', milliseconds, 0)
    .option('--command-ms <ms>', "the device's own time for each command", milliseconds, 0)
    .option(
      '--lock-after <n>',
      "lock the devices' account, which is one for all, after n refused logins in a row",
      wholeNumber(1, 1000),
    )
    .option('--inventory-out <file>', 'where the inventory is written', 'lab.yaml')
    .action(action);
}
