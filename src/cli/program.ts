import { Command } from 'commander';
import { clean } from './output/clean.js';
import { addAgent } from './program/agent.js';
import { addConnect } from './program/connect.js';
import { addDiff } from './program/diff.js';
import { addInventory } from './program/inventory.js';
import { addLab } from './program/lab.js';
import { addPing } from './program/ping.js';
import { addPlatforms } from './program/platforms.js';
import { addReplay } from './program/replay.js';
import { addRerun, addResume } from './program/resume.js';
import { addRun } from './program/run.js';
import { addRuns } from './program/runs.js';
import { addSecret } from './program/secret.js';
import { helpHint } from './program/shared.js';
import { addGet, addPut } from './program/transfer.js';

import type { TransferFlags } from './transfer-command.js';

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
            // What was given to a flag that there is not may be a password.
            .replace(/unknown option '(--[^=']+)=[\s\S]*?'$/m, "unknown option '$1'")
            .split('\n')
            .map(clean)
            .join('\n'),
        ),
    })
    .exitOverride();
  const run = addRun(program, async (args, flags, typed) =>
    done(await (await import('./run-command.js')).runCommand(args, flags, { typed, exit })),
  );
  addResume(program, run, async (id, flags) =>
    done(await (await import('./resume-command.js')).resumeCommand(id, { ...flags, exit })),
  );
  addRerun(program, run, async (id, flags) =>
    done(await (await import('./resume-command.js')).rerunCommand(id, { ...flags, exit })),
  );
  addRuns(program, done);
  addDiff(program, async (ids, flags) => done(await (await import('./diff-command.js')).diffCommand(ids, flags)));
  const transfer = async (direction: 'put' | 'get', paths: string[], flags: TransferFlags): Promise<void> =>
    done(await (await import('./transfer-command.js')).transferCommand(direction, paths, flags, exit));
  addPut(program, (paths, flags) => transfer('put', paths, flags));
  addGet(program, (paths, flags) => transfer('get', paths, flags));
  addPing(program, async (args, flags) =>
    done(await (await import('./ping-command.js')).pingCommand(args, flags, exit)),
  );
  addConnect(program, async (device, flags) =>
    done(await (await import('./connect-command.js')).connectCommand(device, flags, exit)),
  );
  addLab(program, async (flags) => done(await (await import('./lab-command.js')).labCommand(flags)));
  addReplay(program, async (file, flags) =>
    done(await (await import('./replay-command.js')).replayCommand(file, flags)),
  );
  addAgent(program, done, exit);
  addInventory(program, done);
  addPlatforms(program, done);
  addSecret(program, done);
  return program;
}
