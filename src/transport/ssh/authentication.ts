import { AuthenticationError, redact, type Secret } from '../../base/index.js';
import type { ConnectionOptions } from '../connection.js';
import type { ConnectionTarget } from '../target.js';
import { loadKey, loadOwnKeys } from './keys.js';
import type { Ssh2AuthMethod, Ssh2Config, Ssh2Prompt } from './ssh2.js';

type Method = Exclude<Ssh2AuthMethod, { type: 'keyboard-interactive' } | { type: 'none' }>;

/** Where the user's agent listens: OpenSSH's convention, and its fixed pipe on Windows. */
function agentAddress(): string | undefined {
  if (process.env.SSH_AUTH_SOCK) return process.env.SSH_AUTH_SOCK;
  return process.platform === 'win32' ? '\\\\.\\pipe\\openssh-ssh-agent' : undefined;
}

/** Gathers what there is to log in with, in the order in which it is tried: keys, then the password. */
async function gather(target: ConnectionTarget, username: string): Promise<Method[]> {
  const { password, ssh: { keyFile, passphrase, useKeys, identityFiles, allowAgent } = {} } = target;
  // A password in the inventory says how this device wants it: ten keys offered first would lock the account.
  const keysByDefault = password === undefined && keyFile === undefined;
  const methods: Method[] = [];
  for (const file of typeof keyFile === 'string' ? [keyFile] : (keyFile ?? [])) {
    methods.push({ type: 'publickey', username, key: await loadKey(file, passphrase) });
  }
  const agent = agentAddress();
  if ((allowAgent ?? keysByDefault) && agent !== undefined) methods.push({ type: 'agent', username, agent });
  if (useKeys ?? keysByDefault) {
    for (const key of await loadOwnKeys(identityFiles)) methods.push({ type: 'publickey', username, key });
  }
  if (password !== undefined) methods.push({ type: 'password', username, password: password.reveal() });
  return methods;
}

/** The question for the password itself: one for a new or a one-time password is none, and is asked. */
const PASSWORD_QUESTION = /^(?:\S+'s |login |user |\(\S+\) )?password(?: for \S+)?\s*:?$/i;

/** The wire's name of a method: an agent's keys are public keys to the server. */
const wireName = (method: Method): string => (method.type === 'agent' ? 'publickey' : method.type);

/** One login's course: hands ssh2 the next method to try and remembers what happened, for the error. */
export class Authentication {
  readonly #username: string;
  readonly #methods: Method[];
  readonly #password: Secret | undefined;
  readonly #secrets: readonly Secret[];
  readonly #options: ConnectionOptions;
  readonly #host: string;
  readonly #tried: string[] = [];
  #passwordSent = false;
  #keyboardTried = false;
  #offered: readonly string[] = [];
  /** Called when a question has no answer: an empty one would be a failed login on the device's record. */
  onGiveUp: (error: Error) => void = () => {};

  private constructor(target: ConnectionTarget, username: string, methods: Method[], options: ConnectionOptions) {
    this.#host = target.host;
    this.#username = username;
    this.#methods = methods;
    this.#password = target.password;
    this.#secrets = target.password === undefined ? [] : [target.password];
    this.#options = options;
  }

  /** @throws AuthenticationError when there is nothing to log in with, or the key file is of no use. */
  static async prepare(target: ConnectionTarget, options: ConnectionOptions): Promise<Authentication> {
    if (target.username === undefined || target.username === '') {
      throw new AuthenticationError('authentication', 'no user name is given', { phase: 'authenticate' });
    }
    const methods = await gather(target, target.username);
    return new Authentication(target, target.username, methods, options);
  }

  /** ssh2's `authHandler`: called first with null, then after each refusal with the methods that may go on. */
  readonly handler: Ssh2Config['authHandler'] = (methodsLeft, partialSuccess, next) => {
    this.#offered = methodsLeft ?? this.#offered;
    const allowed = (name: string): boolean => methodsLeft === null || methodsLeft.includes(name);
    for (let method = this.#methods.shift(); method !== undefined; method = this.#methods.shift()) {
      if (!allowed(wireName(method))) continue;
      this.#tried.push(method.type);
      if (method.type === 'password') this.#passwordSent = true;
      return next(method);
    }
    // A password that the server has just refused is not tried a second time by another method: that locks accounts.
    // It has not been judged where the server does not take passwords at all.
    const passwordJudged = this.#passwordSent && allowed('password');
    if (methodsLeft?.includes('keyboard-interactive') && !this.#keyboardTried && !passwordJudged) {
      // The server that takes the password only in this way has not seen it; one that wants more than it has.
      if (partialSuccess !== true) this.#passwordSent = false;
      this.#keyboardTried = true;
      this.#tried.push('keyboard-interactive');
      return next({ type: 'keyboard-interactive', username: this.#username, prompt: this.#answerPrompts });
    }
    if (methodsLeft === null) {
      // Nothing to offer: ask the server what it takes (RFC 4252, section 5.2), for keyboard-interactive or the error.
      return next({ type: 'none', username: this.#username });
    }
    return next(false);
  };

  /** Returns the error of a login that the server has refused. */
  refusal(): Error {
    const offers = this.#offered.join(', ') || 'nothing';
    const tried = this.#tried.join(', ');
    const says =
      tried === ''
        ? `there is neither a password nor a key for user '${this.#username}'; the device takes ${offers}`
        : `the device refused user '${this.#username}' (tried: ${tried}; the device takes: ${offers})`;
    return new AuthenticationError('authentication', says, { phase: 'authenticate' });
  }

  readonly #answerPrompts = (
    _name: string,
    _instructions: string,
    _language: string,
    prompts: readonly Ssh2Prompt[],
    finish: (answers: readonly string[]) => void,
  ): void => {
    this.#answerAll(prompts)
      .then(finish)
      // Also where the connection went while a person was thinking.
      .catch((error: Error) => this.onGiveUp(error));
  };

  /** One question after the other: there may be one person for all of them. */
  async #answerAll(prompts: readonly Ssh2Prompt[]): Promise<string[]> {
    const answers: string[] = [];
    for (const prompt of prompts) answers.push(await this.#answer(prompt, prompts.length));
    return answers;
  }

  async #answer({ prompt, echo }: Ssh2Prompt, count: number): Promise<string> {
    const asksPassword = count === 1 && !echo && PASSWORD_QUESTION.test(prompt.trim());
    if (asksPassword && !this.#passwordSent && this.#password !== undefined) {
      this.#passwordSent = true;
      return this.#password.reveal();
    }
    const { ask } = this.#options;
    if (ask !== undefined && !(asksPassword && this.#passwordSent)) {
      return ask({ host: this.#host, prompt: prompt.trim(), echo });
    }
    throw new AuthenticationError(
      'authentication',
      asksPassword && this.#passwordSent
        ? `the device refused the password of user '${this.#username}'`
        : `the device asks '${redact(prompt.trim(), this.#secrets)}', and nobody is there to answer`,
      { phase: 'authenticate' },
    );
  }
}
