import { openJournal } from '../../runner/index.js';
import type { RunFlags } from '../run-command.js';
import { commandText } from './command-text.js';
import { journalPlace } from './journal-flags.js';
import type { Keeping } from './kept-run.js';
import { jobOf, type TypedFlags } from './run-job.js';

export interface NewRun {
  readonly flags: RunFlags;
  readonly typed: TypedFlags;
  readonly only?: readonly string[];
  readonly rerunOf?: string;
}

/** How a run with a journal of its own is kept. @throws UsageError. */
export function newRun({ flags, typed, only, rerunOf }: NewRun): Keeping {
  const place = journalPlace(flags);
  return {
    only,
    place,
    begin: async ({ devices, platforms }, { commands = [], record }, onLost) =>
      place &&
      openJournal({
        directory: place.directory,
        devices,
        platforms,
        command: commandText(process.argv.slice(2)),
        outputs: flags.journalOutputs,
        job: jobOf(commands, typed),
        rerunOf,
        record,
        onLost,
      }),
  };
}
