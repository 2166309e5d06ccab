import type { Command } from 'commander';
import type { PlatformFlags } from '../platform-files.js';
import type { ListFlags } from '../platforms-command.js';
import { helpHint, platformFileOption } from './shared.js';

const PLATFORM_EXAMPLES = `
Examples:
  rollcall platforms list
  rollcall platforms show cisco_ios > my_ios.yaml
  rollcall platforms check my_ios.yaml

Exit codes: 0, or 2 for wrong usage and for a platform file that is wrong.`;

export function addPlatforms(program: Command, done: (code: number) => void): void {
  const commands = async () => import('../platforms-command.js');
  const group = program
    .command('platforms')
    .showHelpAfterError(helpHint('platforms'))
    .summary('what is known of network operating systems, and checks of your own files')
    .description('Lists and prints the platforms, and checks files with platforms of your own.')
    .addHelpText('afterAll', PLATFORM_EXAMPLES);
  group
    .command('list')
    .showHelpAfterError(helpHint('platforms', 'list'))
    .summary('every name that device_type may have, and what covers it')
    .description('Lists every name that device_type may have, what covers it, and what that was verified on.')
    .addOption(platformFileOption())
    .option('--json', 'an array, with what each was verified on')
    .action(async (flags: ListFlags) => done((await commands()).listPlatforms(flags)));
  group
    .command('show')
    .showHelpAfterError(helpHint('platforms', 'show'))
    .summary('print a platform as YAML')
    .description('Prints a platform as YAML that a file of your own may hold.')
    .argument('<name>', 'one of the names of `rollcall platforms list`')
    .addOption(platformFileOption())
    .action(async (name: string, flags: PlatformFlags) => done((await commands()).showPlatform(name, flags)));
  group
    .command('check')
    .showHelpAfterError(helpHint('platforms', 'check'))
    .summary('check platform files of your own')
    .description('Checks platform files, and runs the cases that they hold.')
    .argument('<path...>', 'files, or folders of them')
    .action(async (paths: string[]) => done(await (await commands()).checkPlatformFiles(paths)));
}
