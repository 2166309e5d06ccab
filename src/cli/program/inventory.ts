import { type Command, Option } from 'commander';
import type { CheckFlags } from '../inventory/check-command.js';
import type { ConvertFlags } from '../inventory/convert-command.js';
import type { ListFlags } from '../inventory/list-command.js';
import type { ShowFlags } from '../inventory/show-command.js';
import { inventoryFormatOption, inventoryOption } from './inventory-options.js';
import { helpHint, platformFileOption, whereOption } from './shared.js';

const EXAMPLES = `
Examples:
  rollcall inventory list -i network.yaml --where 'site=msk' --columns name,host,rack.unit
  rollcall inventory show R1 -i network.yaml
  rollcall inventory check -i network.yaml
  rollcall inventory convert -i devices.yaml --output network.yaml
  rollcall inventory schema > inventory.schema.json

Exit codes: 0, or 2 for wrong usage and for an inventory that is wrong.`;

/** `rollcall inventory`, and its commands. */
export function addInventory(program: Command, done: (code: number) => void): void {
  const group = program
    .command('inventory')
    .showHelpAfterError(helpHint('inventory'))
    .summary('list, explain, check and convert an inventory')
    .description('Shows what an inventory says of the devices, checks it, and writes it in the native form.')
    .addHelpText('afterAll', EXAMPLES);
  const command = (name: string, summary: string): Command =>
    group
      .command(name)
      .showHelpAfterError(helpHint('inventory', name))
      .summary(summary)
      .addOption(inventoryOption())
      .addOption(inventoryFormatOption())
      .addOption(whereOption())
      .addOption(platformFileOption());
  const format = (choices: readonly string[]): Option =>
    new Option('--format <format>', 'what is printed').choices(choices).default('text');

  command('list', 'the devices, one a line')
    .description('Prints the devices that --where selects, one a line; never a secret.')
    .option('--columns <names>', 'keys and data, with commas: name,host,site,rack.unit (text and csv)')
    .addOption(format(['text', 'json', 'ndjson', 'csv']))
    .action(async (flags: ListFlags) =>
      done(await (await import('../inventory/list-command.js')).listInventory(flags)),
    );
  command('show', 'one device in full, and where each value is from')
    .description('Prints one device with all of its values, each with the file, line and group that it is from.')
    .argument('<name>', 'one of the names of `rollcall inventory list`')
    .addOption(format(['text', 'json']))
    .action(async (name: string, flags: ShowFlags) =>
      done(await (await import('../inventory/show-command.js')).showDevice(name, flags)),
    );
  command('check', 'every problem of an inventory, with its line')
    .description('Loads an inventory, and prints every problem, or how many devices there are and what looks odd.')
    .addOption(format(['text', 'json']))
    .action(async (flags: CheckFlags) =>
      done(await (await import('../inventory/check-command.js')).checkInventory(flags)),
    );
  command('convert', 'write an inventory in the native form, with its groups')
    .description('Writes an inventory of any form as native YAML or JSON with its groups, or as a table without them.')
    .addOption(
      new Option('--to <form>', 'native (YAML), the same as json, or csv')
        .choices(['native', 'json', 'csv'])
        .default('native'),
    )
    .option('-o, --output <file>', 'into a new file that only you may read (default: standard output)')
    .option('--with-secrets', 'secrets as they are; only into a file (default: left out, references are kept)')
    .action(async (flags: ConvertFlags) =>
      done(await (await import('../inventory/convert-command.js')).convertInventory(flags)),
    );
  group
    .command('schema')
    .showHelpAfterError(helpHint('inventory', 'schema'))
    .summary('the JSON schema by which editors complete one')
    .description('Prints the JSON schema by which editors complete and check an inventory.')
    .action(async () => done((await import('../inventory/schema-command.js')).printSchema()));
}
