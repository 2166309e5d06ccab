import { checkMs, Deadline, RollcallError } from '../../base/index.js';
import type { Platform } from '../../platforms/index.js';
import type { Connection } from '../../transport/index.js';
import { checkOperation } from '../commands/operation-options.js';
import type { Interruption } from '../configuration/interruption.js';
import { checkLine } from '../line/exchange.js';
import type { SessionSecrets } from '../line/secrets.js';
import type { LoginAttempt } from '../login/credentials.js';
import { addressOf, encodingOf, type SessionTarget, type Timeouts } from '../options.js';
import type { ReadOnly } from '../read-only.js';
import { Turns } from '../turns.js';
import { type ExecResponse, execCommand } from './exec-command.js';

/** What one single command may have of its own. */
export interface ExecOptions {
  /** Without a byte while the command runs; default that of the session. */
  readonly idleMs?: number | undefined;
  /** For the command in all; default: no limit. */
  readonly totalMs?: number | undefined;
  /** `ignore` takes any exit status, and what looks like a refusal, for an answer; default `report`. */
  readonly refusals?: 'report' | 'ignore' | undefined;
}

interface ExecParts {
  readonly target: SessionTarget;
  readonly platform: Platform;
  /** Opens the connection, and logs in. */
  readonly open: () => Promise<Connection>;
  readonly timeouts: Timeouts;
  readonly maxOutputBytes: number;
  /** By when the device's whole turn must be over. */
  readonly deadline: Deadline;
  readonly interruption: Interruption;
  readonly attempts: readonly LoginAttempt[];
  readonly secrets: SessionSecrets;
  readonly readOnly: ReadOnly;
}

/**
 * A login at one device that runs commands in SSH channels of their own, one after the other, without a terminal. A
 * device that takes one command for each connection gets a new connection for each.
 */
export class ExecSession {
  /** With the credentials that got in. */
  readonly target: SessionTarget;
  /** The logins that the first connection took: those that were refused, and the one that was accepted. */
  readonly attempts: readonly LoginAttempt[];
  readonly #parts: ExecParts;
  readonly #turns: Turns;
  #connection: Connection | undefined;
  #used = false;

  /** `connection` is the first one that `open` has opened. */
  constructor(parts: ExecParts, connection: Connection) {
    this.target = parts.target;
    this.attempts = parts.attempts;
    this.#parts = parts;
    this.#connection = connection;
    const current = {
      close: async () => this.#connection?.close(),
      destroy: () => this.#connection?.destroy(),
    };
    this.#turns = new Turns({
      where: addressOf(parts.target),
      connection: current,
      interruption: parts.interruption,
      secrets: parts.secrets,
    });
  }

  /** The name of its platform. */
  get platform(): string {
    return this.#parts.platform.name;
  }

  /**
   * Runs one command and returns the answer, also when the device refused it (`ok` is false then): its exit status was
   * not 0, or it said so in words.
   * @throws ConversationError (`bad_command`, `output_too_large`), DeviceTimeoutError, ConnectionClosedError,
   * AbortedError, OptionError, what `connectExec` throws; RollcallError (`session_closed`).
   */
  exec(command: string, options: ExecOptions = {}): Promise<ExecResponse> {
    return this.#turns.take(async () => {
      checkOperation('exec', options);
      const { platform, timeouts, target, maxOutputBytes, interruption, secrets } = this.#parts;
      checkLine(command, platform);
      this.#parts.readOnly.command(command);
      const connection = await this.#free();
      const deadline = Deadline.after(options.totalMs).earlier(this.#parts.deadline);
      return execCommand(connection, command, {
        platform,
        encoding: encodingOf(target),
        secrets,
        maxOutputBytes,
        idleMs: checkMs('idleMs', options.idleMs, { minimum: 1 }) ?? timeouts.idleMs,
        openBy: Deadline.after(timeouts.connectMs).earlier(deadline),
        deadline,
        signal: interruption.signal,
        refusals: options.refusals,
      });
    });
  }

  /** Closes the connection; what is under way is called off. Does nothing when it is closed already, and never throws. */
  async close(): Promise<void> {
    await this.#turns.close(async () => {});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** A connection that takes one more command. */
  async #free(): Promise<Connection> {
    const { platform, open } = this.#parts;
    if (this.#used && platform.exec === 'one') {
      await this.#connection?.close();
      this.#connection = undefined;
    }
    this.#connection ??= await open();
    this.#used = true;
    return this.#connection;
  }
}

/** Checks that single commands can be run at a target at all. @throws RollcallError (`not_supported`). */
export function checkExec(
  {
    transport = 'ssh',
    terminalServer,
    console: isConsole,
  }: Pick<SessionTarget, 'transport' | 'terminalServer' | 'console'>,
  platform: Platform,
): void {
  if (terminalServer !== undefined || isConsole === true) {
    const says =
      'commands in channels of their own (exec) need SSH to the device itself, and this one is behind a console';
    throw new RollcallError('not_supported', says, { phase: 'open' });
  }
  if (transport !== 'ssh') {
    const says = `commands in channels of their own (exec) need SSH, and this device is reached by ${transport}`;
    throw new RollcallError('not_supported', says, { phase: 'open' });
  }
  if (platform.exec === undefined) {
    const says = `the platform '${platform.name}' is not known to run commands in channels of their own (exec): use its command line`;
    throw new RollcallError('not_supported', says, { phase: 'open' });
  }
}
