import { type Command, Option } from 'commander';
import type { TypedFlags } from '../journaling/run-job.js';

/** What `rollcall run` knows of what a journal keeps; the runner checks it again. */
const OUTPUTS = ['redacted', 'none', 'full'] as const;

/** Where the journals are, for a command that looks at them. */
export const withJournalFolder = (command: Command): Command =>
  command
    .optionsGroup('Journal:')
    .option('--journal <dir>', "the folder of the runs' journals (default: runs in the state directory)");

/** Whether and how a run is written down as it goes. */
export const withJournal = (command: Command): Command =>
  withJournalFolder(command)
    .option('--no-journal', 'write no journal; the run cannot be resumed')
    .addOption(
      new Option(
        '--journal-outputs <what>',
        'what the journal keeps of the answers: without secrets, nothing, or all (default: redacted)',
      ).choices(OUTPUTS),
    );

/** Returns the flags that were typed, without defaults. */
export function typedFlags(command: Command): TypedFlags {
  const names = new Set(command.options.map((option) => option.attributeName()));
  const typed = [...names].filter((name) => command.getOptionValueSource(name) === 'cli');
  return Object.fromEntries(typed.map((name) => [name, command.getOptionValue(name)]));
}
