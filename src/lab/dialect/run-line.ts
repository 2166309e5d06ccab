import { type Doing, type Failure, perform } from './actions.js';
import { ask } from './ask.js';
import type { Action, CommandData } from './command-data.js';
import { typedStatement } from './edits.js';
import type { Fit } from './match.js';
import { piped, splitPipe } from './pipe.js';
import { refusal } from './refuse.js';
import type { Screen } from './screen.js';
import type { State } from './state.js';

/** What a line came to: an answer to print, and whether the session is over. */
export interface Outcome {
  readonly lines: readonly string[];
  readonly paged: CommandData['paged'];
  readonly over: boolean;
  readonly takesMs: number;
}

/** Where a line is run. */
export interface Running {
  readonly state: State;
  readonly screen: Screen;
}

const said = (lines: readonly string[] = [], over = false): Outcome => ({ lines, paged: undefined, over, takesMs: 0 });

/** Runs one typed line, in the mode in which the conversation is. */
export async function runLine(whole: string, running: Running): Promise<Outcome> {
  const outcome = await understand(whole, running);
  const { state, screen } = running;
  for (const action of state.due.splice(0)) perform(action, { state, screen, values: {}, over: false });
  return outcome;
}

async function understand(whole: string, { state, screen }: Running): Promise<Outcome> {
  const { device } = state;
  const prefixed = Object.entries(state.mode.escapes ?? {}).find(([word]) => whole.trimStart().startsWith(`${word} `));
  const typed = prefixed === undefined ? whole : whole.trimStart().slice(prefixed[0].length + 1);
  const { line, filter } = splitPipe(typed, device.dialect.pipes);
  const found = device.grammar(prefixed?.[1] ?? state.modeName).read(line, (condition) => state.holds(condition));
  if (found.kind === 'fits') {
    const outcome = await runCommand(found, { state, screen, line });
    return filter === undefined ? outcome : { ...outcome, ...piped(outcome, filter) };
  }
  if (prefixed === undefined && state.mode.statements) {
    const failure = typedStatement(state, whole);
    // What is neither is refused as the one of the two that it was more like.
    if (failure === undefined || found.word === 0 || found.kind === 'ambiguous') return said(failure);
  }
  return said(refusal(state, found, { line: whole, before: whole.length - typed.length }));
}

async function runCommand(
  { of: command, values: given }: Fit<CommandData>,
  { state, screen, line }: Running & { line: string },
): Promise<Outcome> {
  const values: Record<string, string> = { ...given, line };
  const doing: Doing = { state, screen, values, over: false };
  const all = (does: Action | readonly Action[]): Failure => {
    for (const action of [does].flat()) {
      const failure = perform(action, doing);
      if (failure !== undefined) return failure;
    }
    return undefined;
  };
  if (command.says !== undefined) screen.print(state.say(command.says, values));
  for (const question of command.asks ?? []) {
    let failure: Failure;
    const answered = (does: Action | readonly Action[]): void => {
      failure = all(does);
    };
    const asked = await ask(question, { state, screen, values, perform: answered });
    if (failure !== undefined) return said(failure, doing.over);
    if (asked.kind === 'over') return said([], doing.over);
  }
  // Said in the place where the conversation was when the command was typed.
  const failure = all(command.does ?? []);
  if (failure !== undefined) return said(failure, doing.over);
  const lines = command.prints === undefined ? [] : state.say(command.prints, values);
  return { lines, paged: command.paged, over: doing.over, takesMs: command.takesMs ?? 0 };
}
