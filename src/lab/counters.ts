/** What has happened on one device, or on all of a lab's devices together. */
export interface Counters {
  /** Connections that were accepted. */
  readonly connections: number;
  /** Connections open now. */
  readonly connected: number;
  /** The most connections that were open at one time. */
  readonly mostConnected: number;
  /** Conversations that got past the password. */
  readonly logins: number;
  /** Passwords that were refused at login. */
  readonly refusedLogins: number;
  /** Lines that were run as commands, empty ones not counted. */
  readonly commands: number;
}

const NONE = { connections: 0, connected: 0, mostConnected: 0, logins: 0, refusedLogins: 0, commands: 0 };
const LOGGED_LINES = 1000;

/** Decides about a login; `right` says whether name and password are those of the device. */
export type Judge = (login: { readonly username: string; readonly right: boolean }) => boolean;

/** Counts for one device and for the lab that it stands in. */
export class DeviceCounters {
  readonly #total: LabCounters;
  readonly #judge: Judge;
  readonly #own = { ...NONE };
  readonly #lines: string[] = [];

  constructor(total: LabCounters, judge: Judge = ({ right }) => right) {
    this.#total = total;
    this.#judge = judge;
  }

  opened(): void {
    for (const counts of this.#both()) {
      counts.connections++;
      counts.connected++;
      counts.mostConnected = Math.max(counts.mostConnected, counts.connected);
    }
  }

  closed(): void {
    for (const counts of this.#both()) counts.connected--;
  }

  /** Has a login judged, counts it, and says whether it gets in. */
  login(login: { readonly username: string; readonly right: boolean }): boolean {
    const accepted = this.#judge(login);
    for (const counts of this.#both()) counts[accepted ? 'logins' : 'refusedLogins']++;
    return accepted;
  }

  command(line: string): void {
    for (const counts of this.#both()) counts.commands++;
    this.#lines.push(line);
    if (this.#lines.length > LOGGED_LINES) this.#lines.shift();
  }

  get now(): Counters {
    return { ...this.#own };
  }

  /** The last commands, oldest first; what was typed at a password prompt is never among them. */
  get lines(): readonly string[] {
    return [...this.#lines];
  }

  #both() {
    return [this.#own, this.#total.counts];
  }
}

/** The sum over a lab. */
export class LabCounters {
  readonly counts = { ...NONE };

  get now(): Counters {
    return { ...this.counts };
  }
}
