import { Command, Option } from 'commander';
import { EXECUTORS } from './executors.js';
import type { LabFlags } from './lab-command.js';
import { clean } from './output/clean.js';
import { FORMATS } from './output/format.js';
import type { PingFlags } from './ping-command.js';
import type { PlatformFlags } from './platform-files.js';
import type { ListFlags } from './platforms-command.js';
import type { RunFlags } from './run-command.js';
import { milliseconds, seconds, wholeNumber } from './values.js';

const EXIT_CODES = `
Exit codes: 0 every device is ok, 1 some are not, 2 wrong usage or inventory (nothing was connected),
            3 rollcall itself failed, 130 stopped with Ctrl-C.`;

const RUN_EXAMPLES = `
Examples:
  rollcall run "show clock" -i devices.yaml
  rollcall run "show version" "show ip interface brief" -i devices.yaml --format ndjson
  rollcall run --commands-from audit.txt -i devices.yaml --output-dir answers --workers 3
${EXIT_CODES}`;

const PLATFORM_EXAMPLES = `
Examples:
  rollcall platforms list
  rollcall platforms show cisco_ios > my_ios.yaml
  rollcall platforms check my_ios.yaml

Exit codes: 0, or 2 for wrong usage and for a platform file that is wrong.`;

/** What the program needs from the process around it. */
export interface Surroundings {
  readonly version: string;
  /** Ends the program at once. */
  readonly exit: (code: number) => void;
  /** Told of the exit code when a command is done. */
  readonly done: (code: number) => void;
}

/** Returns the command line: what it takes, and which file does the work, loaded only when it is called for. */
export function makeProgram({ version, exit, done }: Surroundings): Command {
  const program = new Command('rollcall')
    .description('Runs commands on many network devices at once, and accounts for every answer.')
    .version(version, '-V, --version')
    .showSuggestionAfterError()
    .showHelpAfterError(helpHint())
    .configureOutput({
      outputError: (text, write) =>
        write(
          text
            .replace(/^error: /, 'rollcall: ')
            .split('\n')
            .map(clean)
            .join('\n'),
        ),
    })
    .exitOverride();
  addRun(program, async (args, flags) => done(await (await import('./run-command.js')).runCommand(args, flags, exit)));
  addPing(program, async (args, flags) =>
    done(await (await import('./ping-command.js')).pingCommand(args, flags, exit)),
  );
  addLab(program, async (flags) => done(await (await import('./lab-command.js')).labCommand(flags)));
  addPlatforms(program, done);
  return program;
}

const helpHint = (...command: string[]): string => `(${['rollcall', ...command].join(' ')} --help tells what there is)`;

function addRun(program: Command, action: (args: string[], flags: RunFlags) => Promise<void>): void {
  program
    .command('run')
    .showHelpAfterError(helpHint('run'))
    .summary('run commands on every device of an inventory')
    .description('Runs the commands, in order, in one session per device.')
    .argument('[command...]', 'commands, each in quotes')
    .option('-i, --inventory <file>', 'devices; - for standard input (default: ./devices.yaml)')
    .option('--commands-from <file>', 'commands, one a line; # begins a comment')
    .addOption(platformFileOption())
    .addOption(new Option('--executor <kind>', 'where sessions run').choices(EXECUTORS).default('loop'))
    .option(
      '--workers <n>',
      'sessions at once; for threads and processes the workers (default: 20; the processors)',
      wholeNumber(1, 100_000),
    )
    .option('--per-worker <m>', 'sessions at once in each thread or process', wholeNumber(1, 100_000), 1)
    .addOption(orderOption())
    .addOption(formatOption())
    .option('-o, --output <file>', 'results into one file, which is replaced as a whole')
    .option('--output-dir <dir>', 'results into one file per device and command')
    .option('--connect-timeout <s>', 'seconds until logged in (default: 30)', seconds)
    .option('--idle-timeout <s>', 'seconds without a byte while an answer is due (default: 30)', seconds)
    .option('--timeout <s>', 'seconds for a device in all, from its turn on (default: no limit)', seconds)
    .option(
      '--settle-ms <ms>',
      'take a prompt for the end of an answer only when nothing follows it for so long (default: 0)',
      milliseconds,
    )
    .option('-u, --username <name>', 'for devices without one in the inventory (or ROLLCALL_USERNAME)')
    .option(
      '--ask-password',
      'ask for the password of devices without one (or ROLLCALL_PASSWORD; enable: ROLLCALL_SECRET)',
    )
    .option('--no-enable', 'stay in the mode of the login, also where the inventory has an enable secret')
    .addOption(
      new Option('--host-keys <policy>', 'SSH host keys: learn new ones, accept only known ones, or do not look')
        .choices(['accept-new', 'strict', 'off'])
        .default('accept-new'),
    )
    .option('--known-hosts <file>', 'where new host keys are learned (default: in the state directory)')
    .option('--stop-on-error', "stop a device's commands at the first that it refuses")
    .option('--log', 'log the start and end of each device on standard error')
    .option('-q, --quiet', 'no progress and no closing line')
    .addHelpText('after', RUN_EXAMPLES)
    .action(action);
}

function addPing(program: Command, action: (args: string[], flags: PingFlags) => Promise<void>): void {
  program
    .command('ping')
    .showHelpAfterError(helpHint('ping'))
    .summary('tell reachable addresses from unreachable ones')
    .description("Pings many addresses at once with the system's ping, or with TCP connections.")
    .argument('[address...]', 'names or addresses')
    .option('-i, --inventory <file>', 'the devices of an inventory; - for standard input (default: ./devices.yaml)')
    .addOption(platformFileOption())
    .option('--tcp <port>', 'open a TCP connection to this port instead of ICMP', wholeNumber(1, 65_535))
    .option('--count <n>', 'echo requests for each address', wholeNumber(1, 100), 1)
    .option('--timeout <s>', 'seconds to wait for an answer (default: 2)', seconds)
    .option('--workers <n>', 'addresses at once', wholeNumber(1, 10_000), 20)
    .addOption(orderOption())
    .addOption(formatOption())
    .option('-o, --output <file>', 'results into one file, which is replaced as a whole')
    .option('-q, --quiet', 'no progress and no closing line')
    .addHelpText('after', EXIT_CODES)
    .action(action);
}

function addLab(program: Command, action: (flags: LabFlags) => Promise<void>): void {
  program
    .command('lab')
    .showHelpAfterError(helpHint('lab'))
    .summary('serve simulated devices on this machine')
    .description('Serves simulated devices on loopback until stopped, and writes an inventory of them.')
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
    .option('--inventory-out <file>', 'where the inventory is written', 'lab.yaml')
    .action(action);
}

const platformFileOption = (): Option =>
  new Option(
    '--platform-file <path>',
    'platforms of your own: a file or folder; may be repeated (or ROLLCALL_PLATFORMS)',
  )
    // Not `<path...>`, which would take the commands behind it for files.
    .argParser((path: string, before: readonly string[] = []) => [...before, path]);

function addPlatforms(program: Command, done: Surroundings['done']): void {
  const commands = async () => import('./platforms-command.js');
  const group = program
    .command('platforms')
    .showHelpAfterError(helpHint('platforms'))
    .summary('what is known of network operating systems, and checks of your own files')
    .description('Lists and prints the platforms, and checks files with platforms of your own.')
    .addHelpText('after', PLATFORM_EXAMPLES);
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

const orderOption = (): Option =>
  new Option(
    '--order <order>',
    'order of the results (default: completed on a terminal and for ndjson, else input)',
  ).choices(['input', 'completed']);

const formatOption = (): Option =>
  new Option('--format <format>', 'json and ndjson leave nothing else on standard output')
    .choices(FORMATS)
    .default('text');
