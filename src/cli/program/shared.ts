import { Option } from 'commander';
import { FORMATS } from '../output/format.js';

export const EXIT_CODES = `
Exit codes: 0 every device is ok, 1 some are not, 2 wrong usage or inventory (nothing was connected),
            3 rollcall itself failed, 130 stopped with Ctrl-C.`;

/** What stands behind a message of wrong usage. */
export const helpHint = (...command: string[]): string =>
  `(${['rollcall', ...command].join(' ')} --help tells what there is)`;

export const platformFileOption = (): Option =>
  new Option(
    '--platform-file <path>',
    'platforms of your own: a file or folder; may be repeated (or ROLLCALL_PLATFORMS)',
  )
    // Not `<path...>`, which would take the commands behind it for files.
    .argParser((path: string, before: readonly string[] = []) => [...before, path]);

export const whereOption = (): Option =>
  new Option(
    '--where <expression>',
    "only devices that fit, such as 'site=msk & !role=core'; may be repeated, and all have to fit",
  ).argParser((expression: string, before: readonly string[] = []) => [...before, expression]);

export const orderOption = (): Option =>
  new Option(
    '--order <order>',
    'order of the results (default: completed on a terminal and for ndjson, else input)',
  ).choices(['input', 'completed']);

export const formatOption = (): Option =>
  new Option('--format <format>', 'json and ndjson leave nothing else on standard output')
    .choices(FORMATS)
    .default('text');
