import { checkChoice, checkKind, checkMs, checkNames } from '../../base/index.js';
import { COMMIT_OPTIONS } from '../configuration/commit.js';

/** What every operation that types something takes. */
export interface OperationOptions {
  /** Without a byte while the answer is due; default that of the session. */
  readonly idleMs?: number | undefined;
  /** For the operation in all, with every line of it, from when its turn has come; default: no limit. */
  readonly totalMs?: number | undefined;
  /** The virtual device that it is typed in (VDOM, context, vsys, logical system); default that of the target. */
  readonly context?: string | undefined;
}

export interface CommandOptions extends OperationOptions {
  /** The mode in which it is typed, one of the platform's; afterwards the session goes back. Default: where it is. */
  readonly mode?: string | undefined;
  /** `ignore` takes whatever the device says for an answer, also what looks like a refusal; default `report`. */
  readonly refusals?: 'report' | 'ignore' | undefined;
}

export interface UntilOptions {
  /** Ends the answer as well: a text, or a pattern, in one line of it. What is left of the answer is not waited for. */
  readonly until?: string | RegExp | undefined;
}

export interface TimingOptions {
  /** How long nothing may come for the answer to be over; default 2,000. */
  readonly quietMs?: number | undefined;
}

const CLOCKS = ['idleMs', 'totalMs'];
const PLACED = [...CLOCKS, 'context'];
const COMMAND = [...PLACED, 'mode', 'refusals'];

/** The options of each method of a session. */
const NAMES = {
  enterMode: CLOCKS,
  leaveMode: CLOCKS,
  sendCommand: [...COMMAND, 'until'],
  sendCommandTiming: [...COMMAND, 'quietMs'],
  sendInteractive: COMMAND,
  readUntil: PLACED,
  sendConfig: [...COMMAND, 'onRefusal', 'window', 'commit'],
  commit: [...PLACED, ...COMMIT_OPTIONS],
  confirmCommit: PLACED,
  discard: PLACED,
  save: PLACED,
  exec: [...CLOCKS, 'refusals'],
} as const;

export type OperationName = keyof typeof NAMES;

/** Checks what the operations have in common. @throws OptionError. */
export function checkOperation(name: OperationName, options: CommandOptions): void {
  checkNames(name, options, NAMES[name]);
  checkMs('idleMs', options.idleMs, { minimum: 1 });
  checkMs('totalMs', options.totalMs, { minimum: 1 });
  checkKind('context', options.context, 'string');
  checkKind('mode', options.mode, 'string');
  checkChoice('refusals', options.refusals, ['report', 'ignore']);
}
