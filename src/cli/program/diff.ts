import type { Command } from 'commander';
import type { DiffFlags } from '../diff-command.js';
import { withJournalFolder } from './journal.js';
import { formatOption, helpHint } from './shared.js';

const EXAMPLES = `
Examples:
  rollcall diff 20261120T0200 latest
  rollcall diff 20261120T0200 latest --ignore 'uptime is' --ignore '^\\*?\\d+:\\d+:\\d+'

Exit codes: 0 the same, 1 not the same, 2 wrong usage, or a run that is not there.`;

export function addDiff(program: Command, action: (ids: [string, string], flags: DiffFlags) => Promise<void>): void {
  const command = program
    .command('diff')
    .showHelpAfterError(helpHint('diff'))
    .summary('what two runs got from the same devices, compared')
    .description('Compares two runs: statuses, and the answers to each command as unified diffs.')
    .argument('<first>', 'a run, by the beginning of its id, or latest')
    .argument('<second>', 'the other one')
    .option(
      '--ignore <regex>',
      'pass over lines that fit; may be repeated',
      (regex: string, before: readonly string[] = []) => [...before, regex],
    )
    .addOption(formatOption());
  withJournalFolder(command)
    .addHelpText('after', EXAMPLES)
    .action((first: string, second: string, flags: DiffFlags) => action([first, second], flags));
}
