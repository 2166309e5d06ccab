import { AuthenticationError, redact, type Secret } from '../../base/index.js';
import type { ConnectionOptions } from '../connection.js';
import type { Ssh2Prompt } from './ssh2.js';

/** The question for the password itself: one for a new or a one-time password is none, and is asked. */
const PASSWORD_QUESTION = /^(?:\S+'s |login |user |\(\S+\) )?password(?: for \S+)?\s*:?$/i;

/** What asks for a password that is to replace the one that has expired. */
const NEW_PASSWORD_QUESTION =
  /\b(?:new|current|change|expired?)\b.*\bpassword\b|\bpassword\b.*\b(?:change|expired?)\b/is;

export interface KeyboardOptions {
  readonly host: string;
  readonly username: string;
  readonly password: Secret | undefined;
  readonly ask: ConnectionOptions['ask'];
  readonly redact?: ConnectionOptions['redact'];
}

/** Answers what a server asks by keyboard-interactive (RFC 4256): with the password, or what a person says. */
export class Keyboard {
  /** Whether the server has the password already: it is not given twice. */
  passwordSent = false;
  /** Whether somebody was asked and has not answered. */
  waitsForPerson = false;
  /** Called when a question has no answer: an empty one would be a failed login on the device's record. */
  onGiveUp: (error: Error) => void = () => {};
  readonly #options: KeyboardOptions;

  constructor(options: KeyboardOptions) {
    this.#options = options;
  }

  readonly answer = (
    _name: string,
    instructions: string,
    _language: string,
    prompts: readonly Ssh2Prompt[],
    finish: (answers: readonly string[]) => void,
  ): void => {
    this.#answerAll(prompts, instructions.trim())
      .then(finish)
      // Also where the connection went while a person was thinking.
      .catch((error: Error) => this.onGiveUp(error));
  };

  /** One question after the other: there may be one person for all of them. */
  async #answerAll(prompts: readonly Ssh2Prompt[], instructions: string): Promise<string[]> {
    const answers: string[] = [];
    for (const one of prompts) answers.push(await this.#answerOne(one, { instructions, count: prompts.length }));
    return answers;
  }

  async #answerOne(
    { prompt, echo }: Ssh2Prompt,
    { instructions, count }: { readonly instructions: string; readonly count: number },
  ): Promise<string> {
    const {
      host,
      password,
      ask,
      redact: hide = (text) => redact(text, password === undefined ? [] : [password]),
    } = this.#options;
    // PAM puts what it has to say above the question.
    const question = prompt.trim().split('\n').at(-1) ?? '';
    const asksPassword = count === 1 && !echo && PASSWORD_QUESTION.test(question.trim());
    if (asksPassword && !this.passwordSent && password !== undefined) {
      this.passwordSent = true;
      return password.reveal();
    }
    if (asksPassword && this.passwordSent) throw this.#refusedPassword();
    const whole = [instructions, prompt.trim()].filter((text) => text !== '').join('\n');
    if (ask !== undefined) {
      this.waitsForPerson = true;
      const answer = await ask({ host, prompt: whole, echo });
      this.waitsForPerson = false;
      return answer;
    }
    throw this.#nobody(hide(whole));
  }

  #refusedPassword(): AuthenticationError {
    const says = `the device refused the password of user '${this.#options.username}'`;
    return new AuthenticationError('authentication', says, { phase: 'authenticate', details: { refused: true } });
  }

  #nobody(question: string): AuthenticationError {
    const what = NEW_PASSWORD_QUESTION.test(question) ? 'demands a new password' : 'asks';
    const says = `the device ${what} '${question}', and nobody is there to answer`;
    return new AuthenticationError('authentication', says, { phase: 'authenticate' });
  }
}
