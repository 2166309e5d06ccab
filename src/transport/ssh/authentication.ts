import { AuthenticationError, type Phase } from '../../base/index.js';
import type { ConnectionOptions } from '../connection.js';
import type { ConnectionTarget } from '../target.js';
import { Keyboard } from './keyboard.js';
import type { Ssh2Config } from './ssh2.js';
import { gatherWays, type Way, type Ways } from './ways.js';

/** The most keys that an error names one by one. */
const NAMED_KEYS = 4;

/** One login's course: hands ssh2 the next method to try and remembers what happened, for the error. */
export class Authentication {
  readonly #username: string;
  readonly #ways: readonly Way[];
  readonly #gathered: Ways;
  readonly #keyboard: Keyboard;
  /** What is still to be tried; what the server does not take at the moment keeps its place. */
  #left: Way[];
  readonly #tried: string[] = [];
  #keyboardTried = false;
  #offered: readonly string[] = [];

  private constructor(username: string, gathered: Ways, keyboard: Keyboard) {
    this.#username = username;
    this.#gathered = gathered;
    this.#ways = gathered.ways;
    this.#left = [...gathered.ways];
    this.#keyboard = keyboard;
  }

  /** @throws AuthenticationError when there is nothing to log in with, or a key file is of no use. */
  static async prepare(target: ConnectionTarget, options: ConnectionOptions): Promise<Authentication> {
    const { host, username, password } = target;
    if (username === undefined || username === '') {
      throw new AuthenticationError('authentication', 'no user name is given', { phase: 'authenticate' });
    }
    const ways = await gatherWays(target, username, options);
    return new Authentication(
      username,
      ways,
      new Keyboard({ host, username, password, ask: options.ask, redact: options.redact }),
    );
  }

  /** Whether a certificate may be sent, which ssh2 cannot do by itself. */
  get hasCertificates(): boolean {
    return this.#ways.some(({ isCertificate }) => isCertificate === true);
  }

  /** Called when a question of the server has no answer. */
  set onGiveUp(listener: (error: Error) => void) {
    this.#keyboard.onGiveUp = listener;
  }

  /** ssh2's `authHandler`: called first with null, then after each refusal with the methods that may go on. */
  readonly handler: Ssh2Config['authHandler'] = (methodsLeft, partialSuccess, next) => {
    this.#offered = methodsLeft ?? this.#offered;
    const allowed = (name: string): boolean => methodsLeft === null || methodsLeft.includes(name);
    // Half way in, a key counts that was no use before: the server wanted something else first (as ssh does it).
    if (partialSuccess === true) this.#allowKeysAgain();
    const way = this.#left.find(({ method }) => allowed(method));
    // Where the server takes the password only by keyboard-interactive, the method `password` would be a failed login on
    // its record, and that password would be sent twice: what it takes is asked first, as ssh does (RFC 4252, 5.2).
    if (way?.method === 'password' && methodsLeft === null) return next({ type: 'none', username: this.#username });
    if (way !== undefined) {
      this.#left.splice(this.#left.indexOf(way), 1);
      this.#tried.push(way.says);
      if (way.method === 'password') this.#keyboard.passwordSent = true;
      return next(way.offer);
    }
    // A password that the server has refused is not tried a second time by another method: that locks accounts. A server
    // that wants more than it has (a one-time code) is answered, with anything but that password.
    const passwordRefused = this.#keyboard.passwordSent && partialSuccess !== true;
    if (methodsLeft?.includes('keyboard-interactive') && !this.#keyboardTried && !passwordRefused) {
      this.#keyboardTried = true;
      this.#tried.push('keyboard-interactive');
      return next({ type: 'keyboard-interactive', username: this.#username, prompt: this.#keyboard.answer });
    }
    if (methodsLeft === null) {
      // Nothing to offer: ask the server what it takes (RFC 4252, section 5.2), for keyboard-interactive or the error.
      return next({ type: 'none', username: this.#username });
    }
    return next(false);
  };

  #allowKeysAgain(): void {
    const accepted = this.#tried.at(-1);
    const keys = this.#ways.filter((way) => way.method === 'publickey' && way.says !== accepted);
    this.#left = [...keys, ...this.#left.filter(({ method }) => method !== 'publickey')];
  }

  /** Whether the server has let us in and wanted nothing for it. */
  get wasUnasked(): boolean {
    return this.#tried.length === 0;
  }

  /** Whether the server has what it needs to judge the last attempt: nobody is still being asked for it. */
  get isJudged(): boolean {
    return this.#tried.length > 0 && this.#waitsFor() === undefined;
  }

  #waitsFor(): string | undefined {
    if (this.#keyboard.waitsForPerson) return 'nobody has answered what it asks';
    const { agentAsked } = this.#gathered;
    return agentAsked && `the agent at ${agentAsked} does not sign`;
  }

  /** What to say of a login that has not ended in time. */
  late(phase: Phase): string {
    const who = this.#waitsFor();
    const says =
      who === undefined ? 'the device did not finish the login in time' : `the login was not finished in time: ${who}`;
    return [`${says} (phase: ${phase})`, ...this.#gathered.notes].join('; ');
  }

  /**
   * Returns the error of a login that the server has refused; `cutShort` where it did not let everything be tried,
   * `closed` where it hung up in place of an answer.
   */
  refusal({ cutShort = false, closed = false } = {}): Error {
    if (closed) return this.#hungUp();
    const offers = this.#offered.join(', ') || 'nothing';
    const refused = this.#tried.length > 0;
    const says = refused
      ? `the device refused user '${this.#username}' (tried: ${this.#triedInWords()}; the device takes: ${offers})`
      : `there is neither a password nor a key for user '${this.#username}'; the device takes ${offers}`;
    const untried = this.#left.map(({ says }) => says);
    const rest = untried.length === 0 ? '' : `, before ${untried.length === 1 ? untried[0] : `${untried.length} more`}`;
    const cut = `it allows no more than these attempts in one login${rest}: name the right key first (ssh.keyFile)`;
    const all = [says, ...(cutShort ? [cut] : []), ...this.#gathered.notes].join('; ');
    const details = refused ? { refused, tried: this.#tried } : { tried: [] };
    return new AuthenticationError('authentication', all, { phase: 'authenticate', details });
  }

  #hungUp(): Error {
    const says = `the device closed the connection in place of an answer to the login of user '${this.#username}' (tried: ${this.#triedInWords()})`;
    const details = { refused: true, tried: this.#tried };
    const all = [says, ...this.#gathered.notes].join('; ');
    return new AuthenticationError('authentication', all, { phase: 'authenticate', details });
  }

  #triedInWords(): string {
    const keys = this.#tried.filter((one) => one.startsWith('publickey'));
    if (keys.length <= NAMED_KEYS) return this.#tried.join(', ');
    const others = this.#tried.filter((one) => !one.startsWith('publickey'));
    const [first] = keys;
    return [`${keys.length} keys, the first ${first}`, ...others].join(', ');
  }
}
