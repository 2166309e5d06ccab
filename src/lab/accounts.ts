/** One login that a device of a lab has judged. */
export interface LoginRecord {
  readonly device: string;
  readonly username: string;
  /** `locked`: the password was right, and the account was locked. */
  readonly outcome: 'accepted' | 'refused' | 'locked';
}

/** The oldest go when there are more. */
const MOST_RECORDS = 100_000;

/**
 * The accounts of a lab: each is one for all of its devices, as with a central AAA server, and locks after so many
 * refused logins in a row, on whichever devices and ways. A locked one refuses the right password as well.
 */
export class Accounts {
  readonly #lockAfter: number;
  readonly #inARow = new Map<string, number>();
  readonly #records: LoginRecord[] = [];

  constructor(lockAfter: number | undefined) {
    this.#lockAfter = lockAfter ?? Number.POSITIVE_INFINITY;
  }

  /** Says whether a login gets in, and keeps it in mind. */
  judge({ device, username, right }: { device: string; username: string; right: boolean }): boolean {
    const before = this.#inARow.get(username) ?? 0;
    const locked = before >= this.#lockAfter;
    const accepted = right && !locked;
    this.#inARow.set(username, accepted ? 0 : before + 1);
    this.#records.push({ device, username, outcome: accepted ? 'accepted' : right ? 'locked' : 'refused' });
    if (this.#records.length > MOST_RECORDS) this.#records.shift();
    return accepted;
  }

  get logins(): readonly LoginRecord[] {
    return [...this.#records];
  }

  /** The users whose account is locked. */
  get locked(): readonly string[] {
    return [...this.#inARow].filter(([, inARow]) => inARow >= this.#lockAfter).map(([username]) => username);
  }
}
