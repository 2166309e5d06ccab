import { checkKind, checkMs } from '../base/index.js';
import type { PrepareData } from '../platforms/index.js';
import type { ChannelTimes, Connection } from '../transport/index.js';
import type { CommandOptions, OperationOptions, TimingOptions, UntilOptions } from './commands/operation-options.js';
import type { Response, SessionResponse } from './commands/response.js';
import { sendCommand } from './commands/send-command.js';
import { type InteractiveStep, interactiveTurns, sendInteractive } from './commands/send-interactive.js';
import { type CommitOptions, commit, confirmCommit, discard } from './configuration/commit.js';
import type { ConfigSource } from './configuration/config-lines.js';
import type { Interruption } from './configuration/interruption.js';
import { save } from './configuration/save.js';
import { type ConfigOptions, type ConfigResponse, sendConfig } from './configuration/send-config.js';
import { Files } from './files/files.js';
import { leaveConsole, leaveDevice } from './goodbye.js';
import { type Conversation, checkLine } from './line/exchange.js';
import { RawInput } from './line/raw-input.js';
import type { LoginAttempt } from './login/credentials.js';
import { prepare } from './login/prepare.js';
import { enterMode, leaveMode } from './modes/privilege.js';
import { Operations, phaseOf } from './operations.js';
import { addressOf, type ResolvedTarget, type Timeouts } from './options.js';
import { ReadOnly } from './read-only.js';
import { Turns } from './turns.js';

interface SessionParts {
  readonly target: ResolvedTarget;
  readonly connection: Connection;
  readonly conversation: Conversation;
  readonly timeouts: Timeouts;
  readonly interruption: Interruption;
  /** Opens one more connection to the device; without it files go over the session's own. */
  readonly another?: ((times: ChannelTimes) => Promise<Connection>) | undefined;
  /** What waits for its mode. */
  readonly unprepared?: readonly PrepareData[] | undefined;
  readonly attempts?: readonly LoginAttempt[] | undefined;
  readonly readOnly?: boolean | undefined;
}

const DEFAULT_QUIET_MS = 2_000;

/**
 * A logged-in conversation with one device. One input is under way at a time: calls wait for each other in order. After
 * an error that leaves the conversation in doubt the connection is dropped, and every further call says so.
 */
export class Session {
  /** With the credentials that got in. */
  readonly target: ResolvedTarget;
  /** The files of the device. */
  readonly files: Files;
  /** The logins that it took: those that were refused, and the one that was accepted. */
  readonly attempts: readonly LoginAttempt[];
  /** What an SSH server said before the login (RFC 4252, section 5.4), word for word; often a notice that law demands. */
  readonly banner: string | undefined;
  readonly #conversation: Conversation;
  readonly #timeouts: Timeouts;
  readonly #interruption: Interruption;
  readonly #raw: RawInput;
  readonly #turns: Turns;
  readonly #operations: Operations;
  readonly #readOnly: ReadOnly;
  #unprepared: readonly PrepareData[];

  constructor({
    target,
    connection,
    conversation,
    timeouts,
    interruption,
    another,
    unprepared = [],
    attempts = [],
    readOnly,
  }: SessionParts) {
    this.target = target;
    this.attempts = attempts;
    this.banner = connection.facts.banner;
    const { signal } = interruption;
    const { platform, channel } = conversation;
    const { secrets } = channel;
    this.#readOnly = new ReadOnly(platform, readOnly);
    const typist = { mode: () => this.mode, send: this.#send.bind(this), readOnly: this.#readOnly };
    this.files = new Files({ typist, target, platform, connection, timeouts, signal, another, secrets });
    const leave = () => leaveConsole(conversation, target);
    const turns = new Turns({ where: addressOf(target), connection, interruption, secrets, leaveConsole: leave });
    this.#turns = turns;
    this.#operations = new Operations({ target, conversation, timeouts, interruption, turns });
    this.#conversation = conversation;
    this.#raw = new RawInput(conversation);
    this.#timeouts = timeouts;
    this.#interruption = interruption;
    this.#unprepared = unprepared;
  }

  /** What the device calls itself; undefined where its prompt holds no name. */
  get hostname(): string | undefined {
    return this.#conversation.prompt.host;
  }

  /** The name of its platform: the one that was found where the target's is `autodetect`. */
  get platform(): string {
    return this.#conversation.platform.name;
  }

  /** The name of the mode that the device is in, one of its platform's. */
  get mode(): string {
    return this.#conversation.prompt.mode;
  }

  /** False once it was closed or dropped, and when the device has hung up: nothing can be sent any more. */
  get isOpen(): boolean {
    return !this.#turns.over && !this.#conversation.channel.closed;
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
    return this.enterMode('privileged');
  }

  /**
   * Brings the device into a mode of its platform, by way of others where that is needed; does nothing where it is
   * there already.
   * @throws what `enable` throws; ConversationError (`unexpected_prompt`) when a mode on the way could not be left.
   */
  enterMode(mode: string, options: Omit<OperationOptions, 'context'> = {}): Promise<void> {
    return this.#operations.take('enterMode', options, async () => {
      checkKind('mode', mode ?? null, 'string');
      this.#readOnly.mode(mode);
      const how = this.#operations.modeOptions(options, phaseOf(mode));
      await enterMode(this.#conversation, mode, how);
      this.#unprepared = await prepare(this.#conversation, this.#unprepared, how.idleMs);
    });
  }

  /**
   * Leaves a mode that is none of rest, such as configuration or a shell; does nothing where the device rests already.
   * A candidate configuration that was not committed is dropped.
   * @throws ConversationError (`unexpected_prompt`) when the device stays where it was; what `sendCommand` throws.
   */
  leaveMode(options: Omit<OperationOptions, 'context'> = {}): Promise<void> {
    return this.#operations.take('leaveMode', options, async () => {
      await leaveMode(this.#conversation, this.#operations.modeOptions(options, phaseOf(this.mode)));
    });
  }

  /**
   * Sends one command and returns the answer, also when the device refused it (`ok` is false then).
   * @throws ConversationError (`bad_command`, `unexpected_question`, `echo_missing`, `output_too_large`),
   * DeviceTimeoutError, ConnectionClosedError, AbortedError; RollcallError (`session_closed`).
   */
  sendCommand(command: string, options: CommandOptions & UntilOptions = {}): Promise<SessionResponse> {
    return this.#send(command, options, { readOnly: this.#readOnly });
  }

  #send(
    command: string,
    options: CommandOptions & UntilOptions,
    { readOnly }: { readonly readOnly?: ReadOnly } = {},
  ): Promise<SessionResponse> {
    return this.#operations.take('sendCommand', options, () => {
      const { until } = options;
      checkLine(command, this.#conversation.platform);
      readOnly?.command(command, options.mode);
      return this.#operations.typing(options, (how) => sendCommand(this.#conversation, command, { ...how, until }));
    });
  }

  /**
   * Sends one command, and takes for its answer what came until the device was silent for `quietMs`: a guess, for what
   * ends in no prompt. Questions are not answered, and refused by nobody.
   * @throws what `sendCommand` throws.
   */
  sendCommandTiming(command: string, options: CommandOptions & TimingOptions = {}): Promise<SessionResponse> {
    return this.#operations.take('sendCommandTiming', options, () => {
      const quietMs = checkMs('quietMs', options.quietMs, { minimum: 1 }) ?? DEFAULT_QUIET_MS;
      checkLine(command, this.#conversation.platform);
      this.#readOnly.command(command, options.mode);
      return this.#operations.typing(options, (how) => sendCommand(this.#conversation, command, { ...how, quietMs }));
    });
  }

  /**
   * Writes the text as it is, Enter and all; nothing is proved about what comes of it. The next command waits for the
   * prompt first. @throws ConversationError (`bad_command`); RollcallError (`session_closed`).
   */
  write(text: string): Promise<void> {
    return this.#turns.take(async () => {
      this.#readOnly.never('write', 'command');
      return this.#raw.write(text);
    });
  }

  /**
   * Waits for a text, or a pattern, in one line of what the device says, and returns what it has said since the last
   * read, that line at the end; pagers and questions are the caller's.
   * @throws what `sendCommand` throws.
   */
  readUntil(pattern: string | RegExp, options: OperationOptions = {}): Promise<string> {
    return this.#operations.take('readUntil', options, () =>
      this.#raw.readUntil(pattern, this.#operations.modeOptions(options, 'enable').idleMs),
    );
  }

  /**
   * Sends a command that asks something, and answers each question once it was asked; as many commands and answers as
   * there are steps. A question that no step expects is an error; one that is not asked makes the response not ok, and
   * the steps behind it are not sent.
   * @throws what `sendCommand` throws; OptionError.
   */
  sendInteractive(steps: readonly InteractiveStep[], options: CommandOptions = {}): Promise<Response> {
    return this.#operations.take('sendInteractive', options, () => {
      this.#readOnly.never('sendInteractive', 'command');
      const turns = interactiveTurns(this.#conversation, steps);
      return this.#operations.typing(options, (how) => sendInteractive(this.#conversation, turns, how));
    });
  }

  /**
   * Enters configuration mode, sends the lines of a list, a text or a file, and leaves the mode; stops at the first line
   * that the device refuses unless told to go on. A candidate configuration waits for `commit` or `discard`, unless the
   * options say to commit. An abort lets the line under way come to its end, and leaves the mode in order.
   * @throws what `sendCommand` throws, OptionError, and RollcallError (`no_such_mode`, `not_supported`).
   */
  sendConfig(source: ConfigSource, options: ConfigOptions & OperationOptions = {}): Promise<ConfigResponse> {
    return this.#operations.take('sendConfig', options, () => {
      this.#readOnly.never('sendConfig', 'configure');
      const { onRefusal, mode, window, refusals, commit: wanted } = options;
      const interruption = this.#interruption;
      const what = { onRefusal, mode, window, refusals, commit: wanted, interruption };
      return this.#operations.configuring(options, (how) =>
        sendConfig(this.#conversation, source, { ...how, phase: 'configure', ...what }),
      );
    });
  }

  /**
   * Commits the candidate configuration. The response is not ok when the device refused it, or did not say that it was
   * done; the session then stays in configuration mode, as it does after a check and before a confirmation.
   * @throws what `sendCommand` throws, OptionError, and RollcallError (`not_supported`) where there is no such thing.
   */
  commit(options: CommitOptions & OperationOptions = {}): Promise<Response> {
    return this.#changing('commit', options, (how) => commit(this.#conversation, options, how));
  }

  /** Makes a commit with `confirmedSeconds` final. @throws what `commit` throws. */
  confirmCommit(options: OperationOptions = {}): Promise<Response> {
    return this.#changing('confirmCommit', options, (how) => confirmCommit(this.#conversation, how));
  }

  /** Drops the candidate configuration, and leaves configuration mode. @throws what `commit` throws. */
  discard(options: OperationOptions = {}): Promise<Response> {
    return this.#changing('discard', options, (how) => discard(this.#conversation, how));
  }

  /** Makes the running configuration the one that the device starts with. @throws what `commit` throws. */
  save(options: OperationOptions = {}): Promise<Response> {
    return this.#changing('save', options, (how) => save(this.#conversation, how));
  }

  async #changing(
    name: 'commit' | 'confirmCommit' | 'discard' | 'save',
    options: OperationOptions,
    work: Parameters<Operations['changing']>[2],
  ): Promise<Response> {
    this.#readOnly.never(name, 'configure');
    return this.#operations.changing(name, options, work);
  }

  /**
   * Logs out and closes the connection; does nothing when it is closed already, and never throws. What is under way then
   * is called off as by an abort, and fails: a configuration is left in order, for which it has 10 s.
   */
  async close(): Promise<void> {
    await this.#turns.close(() => leaveDevice(this.#conversation, this.target, this.#timeouts.idleMs));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
