import { readFileSync } from 'node:fs';
import { UsageError } from './exit-codes.js';

/** Words that begin a command but are none by themselves: alone they would do harm or nothing. */
const OPENING_WORDS =
  /^(?:sh|sho|show|dis|disp|display|clear|debug|undebug|conf|config|configure|set|get|delete|request|ip|ipv6|no|ping|traceroute|terminal|term|copy|write|interface|router|reload|test|run)$/i;

/** Returns the commands of the command line and of the file, in this order; there may be none. @throws UsageError. */
export function gatherCommands(args: readonly string[], file: string | undefined): readonly string[] {
  const commands = [...args, ...(file === undefined ? [] : readCommands(file))];
  refuseUnquoted(args);
  for (const command of commands) {
    if (command.trim() === '') throw new UsageError('a command is empty');
  }
  return commands;
}

/** `rollcall run show clock` would send two commands, `show` and `clock`: nobody means that. */
function refuseUnquoted(args: readonly string[]): void {
  const [first = ''] = args;
  if (args.length < 2 || args.some((word) => /\s/.test(word)) || !OPENING_WORDS.test(first)) return;
  const words = args.join(' ');
  throw new UsageError(
    `'${words}' looks like one command, and would be sent as ${args.length}; put it in quotes: rollcall run "${words}"`,
  );
}

/** One command a line; empty lines and those that begin with `#` or `!` are passed over. */
function readCommands(file: string): readonly string[] {
  const name = file === '-' ? 'standard input' : file;
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read the commands of ${name}: ${(error as Error).message}`);
  }
  const commands = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '' && !/^\s*[#!]/.test(line));
  if (commands.length === 0) throw new UsageError(`${name} holds no command; expected one a line`);
  return commands;
}
