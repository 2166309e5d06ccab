/** Flags that say what the program itself runs, with those of them that take a value in the next argument. */
const PROGRAM_FLAGS = /^(?:-e|-p|-pe|-c|-i|--eval|--print|--check|--interactive|--input-type|--test|--watch)(?:=|$)/;
const WITH_VALUE = new Set(['-e', '-p', '-pe', '--eval', '--print', '--input-type']);

/** Returns the flags of Node that a worker of this program takes over: all but those that name a program. */
export function workerFlags(flags: readonly string[] = process.execArgv): string[] {
  const kept: string[] = [];
  for (let at = 0; at < flags.length; at++) {
    const flag = flags[at] ?? '';
    if (!PROGRAM_FLAGS.test(flag)) kept.push(flag);
    else if (WITH_VALUE.has(flag)) at += 1;
  }
  return kept;
}
