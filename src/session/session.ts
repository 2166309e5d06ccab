import { AbortedError, checkMs, RollcallError, reword } from '../base/index.js';
import type { Connection } from '../transport/index.js';
import type { Conversation } from './exchange.js';
import { addressOf, type SessionTarget, type Timeouts } from './options.js';
import { enterMode } from './privilege.js';
import { RawInput } from './raw-input.js';
import type { SessionResponse } from './response.js';
import { sendCommand } from './send-command.js';
import { type ConfigOptions, type ConfigResponse, sendConfig } from './send-config.js';

interface SessionParts {
  readonly target: SessionTarget;
  readonly connection: Connection;
  readonly conversation: Conversation;
  readonly timeouts: Timeouts;
}

export interface CommandOptions {
  /** Without a byte while the answer is due; default that of the session. */
  readonly idleMs?: number | undefined;
}

export interface UntilOptions {
  /** Ends the answer as well: a text, or a pattern, in one line of it. What is left of the answer is not waited for. */
  readonly until?: string | RegExp | undefined;
}

export interface TimingOptions {
  /** How long nothing may come for the answer to be over; default 2,000. */
  readonly quietMs?: number | undefined;
}

const DEFAULT_QUIET_MS = 2_000;

/**
 * A logged-in conversation with one device. One input is under way at a time: calls wait for each other in order. After
 * an error that leaves the conversation in doubt the connection is dropped, and every further call says so.
 */
export class Session {
  readonly target: SessionTarget;
  readonly #connection: Connection;
  readonly #conversation: Conversation;
  readonly #timeouts: Timeouts;
  readonly #raw: RawInput;
  #turn: Promise<unknown> = Promise.resolve();
  #over: Error | 'closed' | undefined;

  constructor({ target, connection, conversation, timeouts }: SessionParts) {
    this.target = target;
    this.#connection = connection;
    this.#conversation = conversation;
    this.#raw = new RawInput(conversation);
    this.#timeouts = timeouts;
  }

  /** What the device calls itself; undefined where its prompt holds no name. */
  get hostname(): string | undefined {
    return this.#conversation.prompt.host;
  }

  /** The name of the mode that the device is in, one of its platform's. */
  get mode(): string {
    return this.#conversation.prompt.mode;
  }

  /** Returns the prompt as the device last showed it; nothing is sent for that. */
  findPrompt(): string {
    const { prompt, channel } = this.#conversation;
    return prompt.recognise(channel.line, channel.above) ? channel.line : prompt.text;
  }

  /**
   * Goes to privileged mode with the target's secret; does nothing where it is there already.
   * @throws AuthenticationError (`enable_secret`), ConversationError (`enable_refused`), RollcallError
   * (`no_such_mode`), and what `sendCommand` throws.
   */
  enable(): Promise<void> {
    const { idleMs } = this.#timeouts;
    const { secret } = this.target;
    return this.#inTurn(async () => {
      await enterMode(this.#conversation, 'privileged', { phase: 'enable', idleMs, secret });
    });
  }

  /**
   * Sends one command and returns the answer, also when the device refused it (`ok` is false then).
   * @throws ConversationError (`bad_command`, `unexpected_question`, `echo_missing`, `output_too_large`),
   * DeviceTimeoutError, ConnectionClosedError, AbortedError; RollcallError (`session_closed`).
   */
  sendCommand(command: string, options: CommandOptions & UntilOptions = {}): Promise<SessionResponse> {
    const { until } = options;
    return this.#inTurn(() => sendCommand(this.#conversation, command, { idleMs: this.#idleMs(options), until }));
  }

  /**
   * Sends one command, and takes for its answer what came until the device was silent for `quietMs`: a guess, for what
   * ends in no prompt. Questions are not answered, and refused by nobody.
   * @throws what `sendCommand` throws.
   */
  sendCommandTiming(command: string, options: CommandOptions & TimingOptions = {}): Promise<SessionResponse> {
    return this.#inTurn(() => {
      const quietMs = checkMs('quietMs', options.quietMs, { minimum: 1 }) ?? DEFAULT_QUIET_MS;
      return sendCommand(this.#conversation, command, { idleMs: this.#idleMs(options), quietMs });
    });
  }

  /**
   * Writes the text as it is, Enter and all; nothing is proved about what comes of it. The next command waits for the
   * prompt first. @throws ConversationError (`bad_command`); RollcallError (`session_closed`).
   */
  write(text: string): Promise<void> {
    return this.#inTurn(async () => this.#raw.write(text));
  }

  /**
   * Waits for a text, or a pattern, in one line of what the device says, and returns what it has said since the last
   * read, that line at the end; pagers and questions are the caller's.
   * @throws what `sendCommand` throws.
   */
  readUntil(pattern: string | RegExp, options: CommandOptions = {}): Promise<string> {
    return this.#inTurn(() => this.#raw.readUntil(pattern, this.#idleMs(options)));
  }

  /**
   * Enters configuration mode, sends the lines, and leaves the mode; stops at the first line that the device refuses
   * unless told to go on.
   * @throws what `sendCommand` throws, and RollcallError (`no_such_mode`).
   */
  sendConfig(lines: readonly string[], options: ConfigOptions & CommandOptions = {}): Promise<ConfigResponse> {
    const { onRefusal } = options;
    const { secret } = this.target;
    return this.#inTurn(() => {
      const idleMs = this.#idleMs(options);
      return sendConfig(this.#conversation, lines, { phase: 'configure', idleMs, secret, onRefusal });
    });
  }

  /** Logs out and closes the connection; does nothing when it is closed already, and never throws. */
  async close(): Promise<void> {
    if (this.#over === undefined) {
      this.#over = 'closed';
      this.#sayGoodbye();
    }
    await this.#connection.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #idleMs({ idleMs }: CommandOptions): number {
    return checkMs('idleMs', idleMs, { minimum: 1 }) ?? this.#timeouts.idleMs;
  }

  /** Its answer is not awaited: the close that follows tells the same, one round trip earlier. */
  #sayGoodbye(): void {
    const { platform, prompt, channel } = this.#conversation;
    if (channel.closed || !prompt.recognise(channel.line, channel.above)) return;
    const leave = platform.modes[prompt.mode]?.leave;
    if (leave !== undefined) channel.send(leave.send);
    channel.send(platform.exit);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(async () => {
      if (this.#over !== undefined) throw this.#overError();
      try {
        return await work();
      } catch (error) {
        // Closed in the middle of an answer: it was not the device that hung up.
        if (this.#over === 'closed') throw this.#overError();
        if (error instanceof RollcallError) reword(error, `${addressOf(this.target)}: ${error.message}`);
        if (!isHarmless(error)) await this.#drop(error);
        throw error;
      }
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #drop(error: unknown): Promise<void> {
    this.#over ??= error instanceof Error ? error : new Error(String(error));
    // Who was told to stop takes leave in order; a conversation in doubt gets not one byte more.
    if (error instanceof AbortedError) await this.#connection.close();
    else this.#connection.destroy();
  }

  #overError(): RollcallError {
    const over = this.#over;
    if (over instanceof Error) {
      return new RollcallError('session_closed', `the session was dropped: ${over.message}`, { cause: over });
    }
    return new RollcallError('session_closed', 'the session is closed');
  }
}

/** Errors that come before anything was sent, so that the conversation is as it was. */
function isHarmless(error: unknown): boolean {
  return error instanceof RollcallError && ['bad_command', 'bad_option', 'no_such_mode'].includes(error.code);
}
