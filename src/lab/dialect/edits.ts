import type { Misfit } from './match.js';
import { refusal } from './refuse.js';
import type { State } from './state.js';
import { put, remove } from './tree.js';

type Values = Readonly<Record<string, string>>;

/** What a statement's refusal is counted from: the line that was typed, and what of it came before the statement. */
function refused(state: State, misfit: Misfit, { statement, line = statement }: { statement: string; line?: string }) {
  return refusal(state, misfit, { line, before: line.length - statement.length });
}

/** Puts a statement into the configuration. */
export function setStatement(state: State, statement: string, { line }: Values): readonly string[] | undefined {
  const read = state.device.statements?.read(state.section.path, statement);
  if (read === undefined || !('levels' in read)) {
    return refused(state, read ?? { kind: 'unknown', word: 0 }, { statement, ...(line === undefined ? {} : { line }) });
  }
  put(state.tree, read.levels);
  const does = read.levels.at(-1)?.does;
  if (does !== undefined) state.due.push(does);
  return undefined;
}

/** Takes a statement out, and everything that begins with it. */
export function takeOut(state: State, statement: string, { line }: Values): readonly string[] | undefined {
  const read = state.device.statements?.readBeginning(state.section.path, statement);
  if (read === undefined || !Array.isArray(read)) {
    const misfit = (read ?? { kind: 'unknown', word: 0 }) as Misfit;
    return refused(state, misfit, { statement, ...(line === undefined ? {} : { line }) });
  }
  const { nothingToDelete } = state.device.dialect.configuration ?? {};
  if (remove(state.tree, read) || nothingToDelete === undefined) return undefined;
  return state.say(nothingToDelete, { statement });
}

/** Enters a section, which is there from then on. */
export function editSection(state: State, statement: string, { line }: Values): readonly string[] | undefined {
  const read = state.device.statements?.read(state.section.path, statement);
  if (read === undefined || !('levels' in read) || !read.section) {
    const misfit = read !== undefined && 'kind' in read ? read : ({ kind: 'unexpected', word: 0 } as const);
    return refused(state, misfit, { statement, ...(line === undefined ? {} : { line }) });
  }
  put(state.tree, read.levels);
  state.sections = [...state.sections, { path: read.levels.map(({ text }) => text), labels: read.labels }];
  return undefined;
}

/**
 * Takes a line of a mode whose lines are statements: a section is entered, anything else put in. A line that is none here
 * may be one further out, where the dialect says so; the inner sections are left then.
 */
export function typedStatement(state: State, line: string): readonly string[] | undefined {
  const { statements, dialect } = state.device;
  const all = state.sections;
  for (let depth = all.length; depth >= 0; depth--) {
    const read = statements?.read(all[depth - 1]?.path ?? [], line);
    if (read !== undefined && 'levels' in read) {
      state.sections = all.slice(0, depth);
      return read.section ? editSection(state, line, {}) : setStatement(state, line, {});
    }
    if (dialect.configuration?.fallsBack !== true) break;
  }
  return setStatement(state, line, { line });
}
