import { AuthenticationError, ConversationError, DeviceTimeoutError, type Secret } from '../../base/index.js';
import type { AnswerData } from '../../platforms/index.js';
import type { WaitOptions } from '../line/channel-options.js';
import type { Conversation } from '../line/exchange.js';
import { anyOf, fits } from '../line/patterns.js';
import { backAtServer, type Passed, refusedByServer } from './terminal-server.js';

export interface Credentials {
  readonly username?: string | undefined;
  readonly password?: Secret | undefined;
}

export interface LoginOptions extends WaitOptions {
  /** Whether the line is a console, which may have to be woken; on others the device speaks first. */
  readonly console?: boolean;
  /** The terminal server that the line leads through, where it does. */
  readonly passed?: Passed | undefined;
}

/** How long a line must have been silent before the platform's wake key is sent, where it has one. */
const WAKE_AFTER_MS = 2_000;

type Seen = 'prompt' | 'username' | 'password' | 'refused' | AnswerData;

const refused = (says: string): AuthenticationError =>
  new AuthenticationError('authentication', says, { phase: 'login', details: { refused: true } });

/**
 * Waits for the first prompt of a shell that is logged in already (SSH), and learns it; what the platform declares is
 * answered on the way.
 * @throws ConversationError (`unexpected_question`) for what is asked twice; what Channel.wait throws.
 */
export async function awaitPrompt(conversation: Conversation, options: WaitOptions): Promise<void> {
  await new Login(conversation, undefined, options).run();
}

/**
 * Logs in on the command line itself (telnet, serial): answers each question of the dialogue once, and only when it
 * was asked. Returns whether a name or a password was asked for.
 * @throws AuthenticationError when it is refused or a credential is missing; what `awaitPrompt` throws.
 */
export async function logIn(
  conversation: Conversation,
  credentials: Credentials,
  options: LoginOptions,
): Promise<boolean> {
  return new Login(conversation, credentials, options).run();
}

class Login {
  readonly #conversation: Conversation;
  /** Undefined where nobody has to log in any more. */
  readonly #credentials: Credentials | undefined;
  readonly #options: LoginOptions;
  readonly #sent = new Set<Seen>();
  /** Right after an answer its question is still there; what is looked at next must be a new one. */
  #answered = '';
  #woken = false;

  constructor(conversation: Conversation, credentials: Credentials | undefined, options: LoginOptions) {
    this.#conversation = conversation;
    this.#credentials = credentials;
    this.#options = options;
  }

  async run(): Promise<boolean> {
    for (let seen = await this.#first(); seen !== 'prompt'; seen = await this.#next(this.#options)) this.#heed(seen);
    return this.#hasAnswered;
  }

  get #hasAnswered(): boolean {
    return this.#sent.has('username') || this.#sent.has('password');
  }

  #next(options: WaitOptions): Promise<Seen> {
    return this.#conversation.channel.wait(
      () => this.#look(),
      options,
      () => this.#lookWhenQuiet(),
    );
  }

  /** A console that is silent shows its prompt when somebody presses a key: sent once, and only where it is declared. */
  async #first(): Promise<Seen> {
    const { channel, platform } = this.#conversation;
    const { wake } = platform.login;
    if (wake === undefined || this.#options.console !== true) return this.#next(this.#options);
    try {
      return await this.#next({ ...this.#options, idleMs: Math.min(WAKE_AFTER_MS, this.#options.idleMs) });
    } catch (error) {
      if (!(error instanceof DeviceTimeoutError) || error.code !== 'idle_timeout') throw error;
      // What was said before the line was the device's is none of its words.
      const { passed } = this.#options;
      const isSilent = passed !== undefined || channel.lines.every((line) => line.trim() === '');
      if (channel.line.trim() === '' && isSilent) this.#wakeUp(wake);
      return this.#next(this.#options);
    }
  }

  #wakeUp(key: string): void {
    this.#woken = true;
    this.#conversation.channel.sendRaw(key);
  }

  #look(): Seen | undefined {
    const { channel, prompt, platform } = this.#conversation;
    this.#heedServer();
    const loggingIn = this.#credentials !== undefined && this.#sent.size > 0;
    if (loggingIn && channel.lines.some((one) => fits(anyOf(platform.login.refusals), one))) return 'refused';
    if (this.#isAnswered()) return undefined;
    const question = this.#asked();
    // Asked again, the login was refused; but these words may also begin a line of what is printed after a login.
    if (question !== undefined) return this.#sent.has('password') ? undefined : question;
    if (this.#declared(channel.line) !== undefined) return undefined;
    return prompt.learn(channel.line, channel.above) ? 'prompt' : undefined;
  }

  /** Before the device has got a credential: what the terminal server says itself is none of the device's questions. */
  #heedServer(): void {
    const { channel } = this.#conversation;
    const { passed } = this.#options;
    if (passed === undefined) return;
    if (passed.isPrompt(channel.line, channel.above)) throw backAtServer(channel, passed, this.#options.expected);
    if (this.#hasAnswered) return;
    const again = !this.#woken && passed.asked.includes(channel.line.trim());
    if (again || channel.lines.some(passed.isRefusal)) throw refusedByServer(passed);
  }

  /**
   * Answered is only what the device really waits at: a console may say how to wake it, and go on by itself. One that
   * waits for a key may leave the cursor below the line that says so.
   */
  #lookWhenQuiet(): Seen | undefined {
    const { channel } = this.#conversation;
    if (!this.#isAnswered() && this.#asked() !== undefined) return 'refused';
    if (this.#isAnswered()) return undefined;
    if (channel.line.trim() !== '') return this.#declared(channel.line);
    const declared = this.#declared(channel.lines.findLast((line) => line.trim() !== '') ?? '');
    return declared !== undefined && !this.#sent.has(declared) ? declared : undefined;
  }

  #isAnswered(): boolean {
    const { channel } = this.#conversation;
    return this.#answered !== '' && channel.lines.length === 0 && channel.line.trimEnd().startsWith(this.#answered);
  }

  #asked(): 'username' | 'password' | undefined {
    if (this.#credentials === undefined) return undefined;
    const { platform, channel } = this.#conversation;
    if (anyOf([platform.login.username]).test(channel.line)) return 'username';
    return anyOf([platform.login.password]).test(channel.line) ? 'password' : undefined;
  }

  #declared(line: string): AnswerData | undefined {
    const { answers = [] } = this.#conversation.platform.login;
    return line === '' ? undefined : answers.find(({ prompt }) => fits(anyOf([prompt]), line));
  }

  #heed(seen: Exclude<Seen, 'prompt'>): void {
    const { username, password } = this.#credentials ?? {};
    const sent = this.#sent;
    if (seen === 'refused' && sent.has('password')) {
      const whom = sent.has('username') ? `user '${username ?? ''}'` : 'the password';
      throw refused(`the device refused ${whom} (login on the command line)`);
    }
    if (typeof seen === 'object' && sent.has(seen)) throw this.#askedAgain();
    if (seen === 'refused' || sent.has(seen)) throw refused(`the device refused user '${username ?? ''}'`);
    sent.add(seen);
    if (seen === 'username') this.#answer(seen, username);
    else if (seen === 'password') this.#answer(seen, password?.reveal());
    else this.#send(seen.answer);
  }

  #answer(question: 'username' | 'password', text: string | undefined): void {
    if (text === undefined) {
      const says = `the device asks for a ${question}, and none is given`;
      throw new AuthenticationError('authentication', says, { phase: 'login' });
    }
    this.#send(text + this.#conversation.platform.terminal.newline);
  }

  #send(keys: string): void {
    const { channel } = this.#conversation;
    this.#answered = channel.line.trimEnd();
    channel.mark();
    channel.sendRaw(keys);
  }

  #askedAgain(): ConversationError {
    const { channel } = this.#conversation;
    const { phase, expected } = this.#options;
    const shown = channel.redact(channel.line.trim());
    const says = `the device asks '${shown}' again, though it was answered; the connection was dropped`;
    return new ConversationError('unexpected_question', says, { phase, details: channel.details(expected) });
  }
}
