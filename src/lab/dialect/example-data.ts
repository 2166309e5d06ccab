/**
 * What a conversation with this OS looks like, typed and expected by the suites that every dialect must pass. The device
 * is called `edge-1`, its user, password and secret are `cisco`. In a prompt `…` stands for what changes from one prompt to
 * the next, such as a counter or a mark of unsaved changes.
 */
export interface ExampleData {
  /** The first prompt, without trailing blanks: its last line. */
  readonly prompt: string;
  /** The keys that answer `login.first` and `login.after`, with `\r` for Enter. */
  readonly first?: string;
  readonly after?: string;
  /** A short answer, and a text in it. */
  readonly show: ExchangeExample;
  /** An answer longer than a page, its first and its last line; absent where the OS has no pager. */
  readonly long?: { readonly send: string; readonly first: string; readonly last: string };
  /** What turns the pager off, where something does. */
  readonly pagingOff?: readonly string[];
  /** A line that is refused, and a text in the refusal. */
  readonly unknown: ExchangeExample;
  /** The same two where a session does not stay in the first mode, but goes on to the command line proper. */
  readonly inSession?: { readonly show: ExchangeExample; readonly unknown: ExchangeExample };
  /** What is typed to get to the mode from which configuration is entered, where the first is not it; and its prompt. */
  readonly enable?: { readonly send: readonly string[]; readonly prompt: string };
  readonly configure?: ConfigureExample;
  /** Shows the running configuration in the mode of rest; needed where there is a candidate. */
  readonly running?: string;
  /** What ends the session, typed in the first mode. */
  readonly exit: readonly string[];
}

export interface ExchangeExample {
  readonly send: string;
  readonly holds: string;
}

export interface ConfigureExample {
  /** What a session calls the mode, where it is not `config`. */
  readonly mode?: 'config-exclusive' | 'config-private';
  /** What is typed to enter, and the prompt then (its last line); answers to questions are typed lines as well. */
  readonly enter: readonly string[];
  readonly prompt: string;
  /** Lines that are taken, without going into sections that stay entered. */
  readonly lines: readonly string[];
  /** A line that is refused, and a text in the refusal. */
  readonly refused: ExchangeExample;
  /** Shows the configuration with those lines: typed in configuration mode, or after leaving where `from` says so. */
  readonly show: { readonly send: string; readonly holds: readonly string[]; readonly from?: 'rest' };
  /** Makes it count, and a text in what is said; absent where each line counts at once. */
  readonly commit?: ExchangeExample;
  /** Commits and takes it back unless confirmed: after how many ms, and what confirms it. */
  readonly confirmed?: ExchangeExample & { readonly afterMs: number; readonly confirm: string };
  /** Drops what is not committed. */
  readonly discard?: readonly string[];
  /** Back to the mode in which it was entered. */
  readonly leave: readonly string[];
  /** Keeps it for the next start: lines typed in the mode of rest, answers to questions among them, and a text in the last answer. */
  readonly save?: { readonly send: readonly string[]; readonly holds: string };
}
