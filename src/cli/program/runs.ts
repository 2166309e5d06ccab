import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Status } from '../../runner/index.js';
import { FORMATS } from '../output/format.js';
import type { ListRunsFlags, PruneFlags, ShowRunFlags } from '../runs-command.js';
import { wholeNumber } from '../values.js';
import { withJournalFolder } from './journal.js';
import { helpHint } from './shared.js';

const EXAMPLES = `
A run is named by its id, by the beginning of one, or as latest.

Examples:
  rollcall runs --limit 10
  rollcall runs show latest --status failed,timeout
  rollcall runs show 20261121T2005 --format ndjson
  rollcall runs prune --keep 50 --older-than 30d --dry-run

Exit codes: 0, or 2 for wrong usage and for a run that is not there.`;

export function addRuns(program: Command, done: (code: number) => void): void {
  const commands = async () => import('../runs-command.js');
  const group = program
    .command('runs')
    .showHelpAfterError(helpHint('runs'))
    .summary('the runs that were journaled, and what came of them')
    .description('Lists the journaled runs, the newest first; show and prune do more with them.')
    // Only so that a word which is no command is told as one.
    .argument('[command]')
    .usage('[options] [command]')
    .addHelpText('afterAll', EXAMPLES)
    .option('--limit <n>', 'only the newest so many', wholeNumber(1, 1_000_000_000))
    .addOption(formatted());
  // Its value belongs to the commands below as well, wherever it stands.
  withJournalFolder(group).action(async (unknown: string | undefined, flags: ListRunsFlags, command: Command) => {
    if (unknown !== undefined) command.error(`error: unknown command '${unknown}'; for one run: rollcall runs show ID`);
    done(await (await commands()).listRunsCommand(flags));
  });
  const show = group
    .command('show')
    .showHelpAfterError(helpHint('runs', 'show'))
    .summary('print what a run has printed')
    .description('Prints the results of a run as its journal has them: each device once, in the order of the run.')
    .argument('<id>', 'the run, by the beginning of its id, or latest')
    .option('--status <list>', 'only devices of these statuses, as failed,timeout', statuses)
    .addOption(formatted());
  withJournalFolder(show).action(async (id: string, _flags: ShowRunFlags, command: Command) =>
    done(await (await commands()).showRunCommand(id, command.optsWithGlobals())),
  );
  const prune = group
    .command('prune')
    .showHelpAfterError(helpHint('runs', 'prune'))
    .summary('remove the journals of old runs')
    .description('Removes the journals of runs: those that are beyond --keep and older than --older-than.')
    .option('--keep <n>', 'the newest so many stay', wholeNumber(0, 1_000_000_000))
    .option('--older-than <age>', 'only older ones, as 30d, 12h or 90m', age)
    .option('--dry-run', 'only tell which ones');
  withJournalFolder(prune).action(async (_flags: PruneFlags, command: Command) =>
    done(await (await commands()).pruneRunsCommand(command.optsWithGlobals())),
  );
}

const formatted = (): Option =>
  new Option('--format <format>', 'json and ndjson leave nothing else on standard output')
    .choices(FORMATS)
    .default('text');

const STATUSES: readonly string[] = [
  ...(['ok', 'rejected', 'failed', 'unreachable', 'authentication', 'host_key'] as const),
  ...(['timeout', 'cancelled', 'skipped', 'unknown'] as const),
] satisfies Status[];

function statuses(text: string): readonly string[] {
  const list = text.split(',').map((one) => one.trim());
  if (list.every((one) => STATUSES.includes(one))) return list;
  throw new InvalidArgumentError(`Expected statuses with commas between them, out of: ${STATUSES.join(', ')}.`);
}

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

function age(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const ms = Number(count) * (UNIT_MS[unit] ?? Number.NaN);
  if (!Number.isNaN(ms)) return ms;
  throw new InvalidArgumentError('Expected a number with m, h or d behind it: 90m, 12h, 30d.');
}
