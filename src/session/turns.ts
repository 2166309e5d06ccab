import { AbortedError, type ErrorCode, RollcallError, reword } from '../base/index.js';
import type { Connection } from '../transport/index.js';
import type { Interruption } from './configuration/interruption.js';
import type { SessionSecrets } from './line/secrets.js';

interface TurnsParts {
  /** The device's address, for errors. */
  readonly where: string;
  readonly connection: Pick<Connection, 'close' | 'destroy'>;
  readonly interruption: Interruption;
  readonly secrets: SessionSecrets;
  /** Logs out where the end of the connection does not. */
  readonly leaveConsole?: (() => Promise<void>) | undefined;
}

const HARMLESS: readonly ErrorCode[] = [
  'read_only',
  'bad_command',
  'bad_option',
  'no_such_mode',
  'not_supported',
  'enable_refused',
];

/**
 * One input at a time: calls wait for each other in order. After an error that leaves the conversation in doubt the
 * connection is dropped, and every further call says so.
 */
export class Turns {
  readonly #parts: TurnsParts;
  #turn: Promise<unknown> = Promise.resolve();
  #underWay = false;
  #over: Error | 'closed' | undefined;

  constructor(parts: TurnsParts) {
    this.#parts = parts;
  }

  /** Whether it was closed, or dropped after an error. */
  get over(): boolean {
    return this.#over !== undefined;
  }

  /** Does the work when its turn comes. @throws RollcallError (`session_closed`), AbortedError, what the work throws. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const { where, interruption, secrets } = this.#parts;
    const turn = this.#turn.then(async () => {
      if (this.#over !== undefined) throw this.#overError();
      try {
        if (interruption.requested) throw new AbortedError('cancelled before anything was sent', { phase: 'command' });
        this.#underWay = true;
        return await work();
      } catch (error) {
        secrets.redactError(error);
        // Closed in the middle of an answer: it was not the device that hung up.
        if (this.#over === 'closed') throw this.#overError(error);
        if (error instanceof RollcallError) reword(error, `${where}: ${error.message}`);
        if (!isHarmless(error)) await this.#drop(error);
        throw error;
      } finally {
        this.#underWay = false;
      }
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /**
   * Closes the connection, after what is there to say; a second time, or after an error, only the connection. What is
   * under way is called off as by an abort, and nothing is typed into it; what waits for its turn does not get it.
   */
  async close(sayGoodbye: () => Promise<void>): Promise<void> {
    const { connection, interruption } = this.#parts;
    if (this.#over === undefined) {
      this.#over = 'closed';
      const underWay = this.#underWay;
      // Either has the time that a call-off gives, and no more.
      await interruption.hold(async () => {
        interruption.callOff();
        await (underWay ? undefined : sayGoodbye());
      });
      await this.#turn;
    }
    interruption.dispose();
    await connection.close();
  }

  async #drop(error: unknown): Promise<void> {
    const { connection, interruption, leaveConsole } = this.#parts;
    this.#over ??= error instanceof Error ? error : new Error(String(error));
    if (error instanceof AbortedError) await leaveConsole?.();
    interruption.dispose();
    // Who was told to stop takes leave in order; a conversation in doubt gets not one byte more.
    if (error instanceof AbortedError) await connection.close();
    else connection.destroy();
  }

  #overError(thrown?: unknown): RollcallError {
    const over = this.#over;
    if (over instanceof Error) {
      return new RollcallError('session_closed', `the session was dropped: ${over.message}`, { cause: over });
    }
    if (!(thrown instanceof RollcallError)) return new RollcallError('session_closed', 'the session is closed');
    const { phase, details, message } = thrown;
    const says = `the session was closed in the middle: ${message}`;
    return new RollcallError('session_closed', says, { phase, details, cause: thrown });
  }
}

/** Errors that come before anything was sent, or at the prompt, so that the conversation is as it was. */
export function isHarmless(error: unknown): boolean {
  return error instanceof RollcallError && HARMLESS.includes(error.code);
}
