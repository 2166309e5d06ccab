/** At so many refusals in a row nobody logs in with it any more: few accounts lock before the third. */
const MOST_REFUSALS = 2;

/** How a login with a credential came out; `nothing` where the device was never asked, as one that is unreachable. */
export type LoginOutcome = 'accepted' | 'refused' | 'nothing';

export interface CredentialOptions {
  readonly onTrial: boolean;
  /** How many a refused login counts for: one that sends several passwords of one user, as many; default 1. */
  readonly refusals?: number;
  /** Refusals that an earlier run ended with; default 0. */
  readonly before?: number;
}

/**
 * What a run knows of one credential. On trial one login goes at a time, and the first that is accepted opens it; a
 * refusal closes it until every login that is under way has told, and then it is on trial again, or stopped.
 */
export class Credential {
  #state: 'trial' | 'open' | 'closing' | 'stopped';
  readonly #refusals: number;
  /** Logins that are under way. */
  #underWay = 0;
  /** Those among them whose device has not even answered the connection. */
  #stuck = 0;
  /** Refusals since a login was accepted. */
  #inARow = 0;

  constructor({ onTrial, refusals = 1, before = 0 }: CredentialOptions) {
    this.#state = onTrial || before > 0 ? 'trial' : 'open';
    this.#refusals = refusals;
    this.#inARow = before;
  }

  /** Whether a login may begin: `never` is final. */
  get mayBegin(): 'now' | 'later' | 'never' {
    if (this.#state === 'stopped') return 'never';
    if (this.#state === 'open') return 'now';
    if (this.#state === 'closing') return 'later';
    // A device that does not answer holds nobody up; but if all of these were refused, it would still be no more than
    // the rule allows.
    const isFree = this.#underWay === this.#stuck && this.#underWay * this.#refusals < MOST_REFUSALS - this.#inARow;
    return isFree ? 'now' : 'later';
  }

  begin(): void {
    this.#underWay += 1;
  }

  /** A device of a login that is under way does not answer the connection, or answers it after all. */
  stuck(is: boolean): void {
    this.#stuck += is ? 1 : -1;
  }

  /** A login that was under way has told; one that is no longer stuck. */
  told(outcome: LoginOutcome): void {
    this.#underWay -= 1;
    this.#count(outcome);
  }

  /** Something was refused behind a login that had told already, such as the enable secret typed once more. */
  refusedLater(): void {
    this.#count('refused');
  }

  #count(outcome: LoginOutcome): void {
    if (outcome === 'accepted') {
      this.#inARow = 0;
      if (this.#state === 'trial') this.#state = 'open';
    }
    if (outcome === 'refused') {
      this.#inARow += this.#refusals;
      if (this.#state !== 'stopped') this.#state = 'closing';
    }
    if (this.#state === 'closing' && this.#underWay === 0) this.#state = this.#verdict();
  }

  /** Everyone has told: a success behind the refusals says that the credential is good, and those devices are not. */
  #verdict(): 'trial' | 'open' | 'stopped' {
    if (this.#inARow >= MOST_REFUSALS) return 'stopped';
    return this.#inARow === 0 ? 'open' : 'trial';
  }
}
