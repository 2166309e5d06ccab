/**
 * One network operating system as data: everything that the session must know of its command line. Plain JSON, so that
 * a user's own file has the same shape and travels to workers. Every pattern is the source of a regular expression
 * matched against one rendered line, or against the line that the cursor is on: flag `u` for prompts, refusals and
 * renames, `iu` for what asks somebody something (login, secrets, pager, questions).
 */
export interface Platform {
  readonly name: string;
  /** The full name, for people. */
  readonly title: string;
  /** What the data was proved on, and with what. */
  readonly verified: readonly string[];
  /** Where the facts come from. */
  readonly sources: readonly string[];
  readonly terminal: TerminalData;
  /** The modes of the command line, the one with the least rights first. */
  readonly modes: Readonly<Record<string, ModeData>>;
  readonly login: LoginData;
  /** Sent once after login, one at a time, to switch the pager off and widen the terminal. */
  readonly prepare: readonly string[];
  /** What the device prints when it waits before going on, and what makes it go on. */
  readonly pager: readonly PagerData[];
  /** Lines that wait for an answer of a person. */
  readonly questions: readonly string[];
  /** Lines that say that the device refused a command; each is matched from the line's start. */
  readonly refusals: readonly string[];
  /** Lines that a device may print between the echo and a refusal. */
  readonly beforeRefusal: readonly string[];
  /** The commands that change the host name in the prompt; the group `host` holds the new one. */
  readonly renames: readonly string[];
  /** A key that makes the device print help at once, where there is one: it cannot be part of a command. */
  readonly helpKey?: string;
  /** Set where an answer may end without a line end, as a shell's does: the prompt then stands behind its last line. */
  readonly unendedAnswers?: true;
  /** What ends the session, in a mode of rest. */
  readonly exit: string;
}

export interface TerminalData {
  readonly type: string;
  readonly columns: number;
  readonly rows: number;
  /** What the Enter key sends. */
  readonly newline: '\r' | '\n' | '\r\n';
}

export interface ModeData {
  /**
   * The prompt, whole, without trailing spaces; the group `host` is the device's name, `user` that of the one who is
   * logged in. A mode whose prompt has no host in it is recognised by the exact text that was seen at login.
   */
  readonly prompt: string;
  /** The length that the host name is cut to in this mode's prompt. */
  readonly hostLimit?: number;
  /** The ways into this mode. */
  readonly enter: readonly TransitionData[];
  /** The line that leads back to a mode of rest, where this is none. */
  readonly leave?: string;
}

export interface TransitionData {
  readonly from: string;
  readonly send: string;
  /** Set where the device asks for a secret on the way; it is sent only after this prompt was seen. */
  readonly secretPrompt?: string;
  /** What the device prints when it refuses the way. */
  readonly refusals: readonly string[];
}

export interface LoginData {
  /** The login dialogue on the command line itself (telnet, serial). */
  readonly username: string;
  readonly password: string;
  readonly refusals: readonly string[];
}

export interface PagerData {
  readonly prompt: string;
  readonly answer: string;
  /** Set where an ordinary line may begin so: it is a pager's only when nothing follows for a moment. */
  readonly ambiguous?: true;
}
