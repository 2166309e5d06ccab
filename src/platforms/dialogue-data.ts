/** A question and the keys that answer it. */
export interface AnswerData {
  /** The line that the cursor is on while the device waits. */
  readonly prompt: string;
  /** The keys, with the Enter key where it wants one. */
  readonly answer: string;
}

export interface LoginData {
  /** The login dialogue on the command line itself (telnet, serial, and where `afterSsh` says so). */
  readonly username: string;
  readonly password: string;
  readonly refusals: readonly string[];
  /** Set where the device asks for user and password again inside the shell of a user who is authenticated already. */
  readonly afterSsh?: true;
  /** Appended to the user name, for devices that take terminal settings there. */
  readonly usernameSuffix?: string;
  /** What SSH's keyboard-interactive login asks beside the password, such as to accept a banner, and the answers. */
  readonly acknowledge?: readonly AnswerData[];
  /** What else is asked before the first prompt (press a key, a licence, a new password), and the answer that changes nothing. */
  readonly answers?: readonly AnswerData[];
  /** What makes a console show its prompt or its login when it was silent; on no other line is it ever sent. */
  readonly wake?: string;
}

export interface PagerData {
  readonly prompt: string;
  readonly answer: string;
  /** Set where an ordinary line may begin so: it is a pager's only when nothing follows for a moment. */
  readonly ambiguous?: true;
}
