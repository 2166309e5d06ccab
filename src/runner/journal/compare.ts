import type { Status } from '../result.js';
import type { JsonValue } from '../tasks/json-value.js';
import type { JournalRecord } from './format.js';
import type { ReadJournal } from './read-journal.js';

/** Which of two runs has something; `changed` is what both have, and not the same. */
export type Change = 'changed' | 'only_in_first' | 'only_in_second';

/** What is not the same of a command that a device was sent; `(task)` is what its task returned. */
export interface CommandDifference {
  readonly command: string;
  readonly change: Change;
  /** A unified diff of the two answers; null where there is only one, or they are too different to be compared in time. */
  readonly diff: string | null;
}

/** What is not the same of a device. */
export interface DeviceDifference {
  readonly device: string;
  readonly change: Change;
  /** Its status in the first and in the second run; null where it has none. */
  readonly statuses: readonly [Status | null, Status | null];
  readonly commands: readonly CommandDifference[];
}

export interface CompareOptions {
  /** Lines that one of these fits are taken out of both answers first. */
  readonly ignore?: readonly RegExp[] | undefined;
}

/** Two answers that have nothing in common take long: after that a diff is given up. */
const DIFF_MS = 5_000;
const CONTEXT_LINES = 3;

/** Goes through the devices of two runs that are not the same in both, in the order of the first run. */
export async function* compareRuns(
  first: ReadJournal,
  second: ReadJournal,
  { ignore = [] }: CompareOptions = {},
): AsyncGenerator<DeviceDifference, void, undefined> {
  const unified = await unifiedDiff();
  const names = new Set([...first.names, ...first.statuses.keys(), ...second.names, ...second.statuses.keys()]);
  for (const device of names) {
    const [one, other] = [first.record(device), second.record(device)];
    if (one === undefined && other === undefined) continue;
    const statuses = [one?.status ?? null, other?.status ?? null] as const;
    if (one === undefined || other === undefined) {
      yield { device, change: one === undefined ? 'only_in_second' : 'only_in_first', statuses, commands: [] };
      continue;
    }
    const commands = [...compareCommands(one, other, { ignore, unified })];
    if (statuses[0] !== statuses[1] || commands.length > 0) yield { device, change: 'changed', statuses, commands };
  }
}

type Unified = (before: string, after: string) => string | null;

/** The library is loaded only by those who compare. */
async function unifiedDiff(): Promise<Unified> {
  const { createTwoFilesPatch, OMIT_HEADERS } = await import('diff');
  return (before, after) =>
    createTwoFilesPatch('', '', before, after, undefined, undefined, {
      context: CONTEXT_LINES,
      timeout: DIFF_MS,
      headerOptions: OMIT_HEADERS,
    }) ?? null;
}

function* compareCommands(
  one: JournalRecord,
  other: JournalRecord,
  { ignore, unified }: { readonly ignore: readonly RegExp[]; readonly unified: Unified },
): Generator<CommandDifference> {
  const [before, after] = [answersOf(one, ignore), answersOf(other, ignore)];
  // What a device did not get to is told by its status.
  const [wholeBefore, wholeAfter] = [isWhole(one), isWhole(other)];
  for (const [key, { command, text }] of before) {
    const answer = after.get(key);
    if (answer === undefined) {
      if (wholeAfter) yield { command, change: 'only_in_first', diff: null };
    } else if (answer.text !== text) yield { command, change: 'changed', diff: unified(text, answer.text) };
  }
  for (const [key, { command }] of after) {
    if (!before.has(key) && wholeBefore) yield { command, change: 'only_in_second', diff: null };
  }
}

/** Whether each of its commands was sent. */
const isWhole = ({ status }: JournalRecord): boolean => status === 'ok' || status === 'rejected';

interface Answer {
  readonly command: string;
  readonly text: string;
}

/** The answers by their commands; the second answer to the same command has a key of its own. */
function answersOf({ responses = [], value = null }: JournalRecord, ignore: readonly RegExp[]) {
  const answers = new Map<string, Answer>();
  const times = new Map<string, number>();
  for (const { command, output, stderr = '' } of responses) {
    const time = (times.get(command) ?? 0) + 1;
    times.set(command, time);
    answers.set(`${time} ${command}`, { command, text: linesOf(`${output}${stderr}`, ignore) });
  }
  if (value !== null) answers.set('task', { command: '(task)', text: linesOf(textOf(value), ignore) });
  return answers;
}

/** A line for each value, so that a diff shows which one it is; the order of keys is no difference. */
const textOf = (value: JsonValue): string => JSON.stringify(value, inOrder, 2);

const inOrder = (_key: string, value: JsonValue): JsonValue =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

function linesOf(text: string, ignore: readonly RegExp[]): string {
  const lines = text.replace(/\n$/, '').split('\n');
  const kept = ignore.length === 0 ? lines : lines.filter((line) => !ignore.some((pattern) => pattern.test(line)));
  return kept.length === 0 || text === '' ? '' : `${kept.join('\n')}\n`;
}
