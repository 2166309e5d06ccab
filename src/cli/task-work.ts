import { readFileSync } from 'node:fs';
import { EventLoopExecutor } from '../futures/index.js';
import {
  findTaskFile,
  runTaskFile,
  type TaskFileInput,
  type TaskOutput,
  type TaskRecord,
  taskRecordOf,
} from '../runner/index.js';
import { EXIT, UsageError } from './exit-codes.js';
import { clean } from './output/clean.js';
import { taskText } from './output/task-text.js';
import { marked } from './read-only.js';
import type { RunFlags } from './run-command.js';
import type { RunUnderWay, RunWork } from './run-work.js';
import { endStubborn } from './stubborn.js';
import { hearConsole, hearStrayFailures, prepareWorker } from './task-console.js';

/** The work of `rollcall run --task FILE`. @throws UsageError, OptionError for a module that has no such task. */
export async function taskWork(
  where: string,
  args: readonly string[],
  flags: RunFlags,
): Promise<RunWork<TaskFileInput, TaskOutput, TaskRecord>> {
  refuseOthers(args, flags);
  const input = flags.input === undefined ? undefined : readInput(flags.input);
  const task = await findTaskFile(where);
  return {
    task: runTaskFile,
    check() {},
    input: () => ({ task, input }),
    record: marked(flags, taskRecordOf),
    text: taskText,
    initializer: prepareWorker,
    begin: (running) => {
      const { tell } = running;
      const ends = [
        hearConsole(tell),
        hearStrayFailures((line) => tell(clean(line))),
        tellExit(running),
        endStubborn(running),
      ];
      return () => {
        for (const end of ends) end();
      };
    },
  };
}

/** What is about commands means nothing to a task, and is not passed over in silence. */
function refuseOthers(args: readonly string[], flags: RunFlags): void {
  const { commandsFrom, commandsMap, exec, stopOnError, outputDir } = flags;
  const others = {
    'commands on the command line': args.length > 0,
    '--commands-from': commandsFrom !== undefined,
    '--commands-map': commandsMap !== undefined,
    '--exec': exec === true,
    '--stop-on-error': stopOnError === true,
    '--output-dir': outputDir !== undefined,
  };
  const [name] = Object.entries(others).find(([, given]) => given) ?? [];
  if (name === '--output-dir')
    throw new UsageError('--output-dir keeps the answers of commands; with --task use -o FILE');
  if (name !== undefined)
    throw new UsageError(`--task and ${name} do not go together: the task itself sends what it needs`);
}

/** `JSON`, or `@FILE` that holds it. */
function readInput(given: string): unknown {
  const file = given.startsWith('@') ? given.slice(1) : undefined;
  let text = given;
  if (file !== undefined) {
    try {
      text = readFileSync(file, 'utf8').replace(/^\ufeff/, '');
    } catch (error) {
      throw new UsageError(`--input: cannot read ${file}: ${(error as Error).message}`);
    }
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // Node's message shows a piece of the text, which may hold a secret.
    const at = Number(/position (\d+)/.exec((error as Error).message)?.[1] ?? Number.NaN);
    const before = text.slice(0, at).split('\n');
    const place = Number.isNaN(at) ? '' : `, line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
    const hint = file === undefined ? `; a text is written '"text"', and @FILE reads a file` : '';
    throw new UsageError(`--input: ${file ?? 'this'} is not valid JSON${place}${hint}`);
  }
}

/** A task that ends the program would end the run without a word, and with its exit code for all devices. */
function tellExit({ executor, signal, tell }: RunUnderWay): () => void {
  const heard = (code: number): void => {
    // Who stops the run, and what fails in rollcall, says so itself.
    if (signal.aborted || code === EXIT.failed) return;
    process.exitCode = EXIT.failed;
    const all = executor instanceof EventLoopExecutor ? '; with --executor processes only its device is lost' : '';
    tell(`rollcall: the task has ended the program (process.exit), and the run with it: see rollcall resume${all}`);
  };
  process.on('exit', heard);
  return () => process.removeListener('exit', heard);
}
