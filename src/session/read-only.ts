import { RollcallError } from '../base/index.js';
import { type Platform, readOnlyProblem } from '../platforms/index.js';
import { isConfiguration } from './modes/mode-graph.js';
import { platformOf, type SessionOptions } from './options.js';

const refused = (says: string, phase: 'command' | 'configure' | 'transfer'): RollcallError =>
  new RollcallError('read_only', says, { phase });

/** Keeps a session from everything that could change the device, where it is opened for reading only. */
export class ReadOnly {
  readonly #platform: Platform;
  readonly #on: boolean;

  constructor(platform: Platform, on = false) {
    this.#platform = platform;
    this.#on = on;
  }

  /** @throws RollcallError (`read_only`) for a command that is not known to be harmless, or a mode to configure in. */
  command(command: string, mode?: string): void {
    if (!this.#on) return;
    if (mode !== undefined) this.mode(mode);
    const problem = readOnlyProblem(this.#platform, command);
    if (problem !== undefined) throw refused(problem, 'command');
  }

  /** @throws RollcallError (`read_only`). */
  mode(mode: string): void {
    if (this.#on && isConfiguration(mode)) throw this.#never(`the mode '${mode}'`, 'configure');
  }

  /** What changes the device, or may: nobody can tell what an answer to a question does. @throws RollcallError (`read_only`). */
  never(what: string, phase: 'command' | 'configure' | 'transfer'): void {
    if (this.#on) throw this.#never(what, phase);
  }

  #never(what: string, phase: 'command' | 'configure' | 'transfer'): RollcallError {
    return refused(`read-only: ${what} is for changes, and this session was opened for reading only (readOnly)`, phase);
  }
}

/**
 * Checks commands for read-only mode before anything is connected. `platforms` are the caller's own, as in
 * `SessionOptions`.
 * @throws RollcallError (`read_only`) for the first that is not known to be harmless; (`unknown_platform`).
 */
export function checkReadOnly(
  commands: readonly string[],
  platformName: string,
  platforms: SessionOptions['platforms'] = [],
): void {
  const readOnly = new ReadOnly(platformOf(platformName, { platforms }), true);
  for (const command of commands) readOnly.command(command);
}
