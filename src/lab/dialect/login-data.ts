import type { QuestionData } from './command-data.js';
import type { Text } from './text-data.js';

/** How somebody gets in. */
export interface LoginData {
  /** Printed before the dialogue on a telnet line; a banner from the lab's settings goes before it. */
  readonly banner?: Text;
  /** Asked on a telnet line before everything else, such as `Press any key`. */
  readonly first?: readonly QuestionData[];
  /** The questions of the dialogue; without `username` only the password is asked. */
  readonly username?: string;
  readonly password: string;
  /** What is shown for each character of the password; default nothing. */
  readonly mask?: string;
  /** Printed after a wrong password, and when that was the last try. */
  readonly failure: Text;
  readonly tries?: number;
  readonly lockedOut?: Text;
  /** Asked before the first prompt, however the user came: a licence, a key, a password that should be changed. */
  readonly after?: readonly QuestionData[];
  /** Printed right before the first prompt. */
  readonly welcome?: Text;
  readonly ssh?: SshData;
}

/** What an SSH server of this OS does that others do not. */
export interface SshData {
  /** The software in its first line, behind `SSH-2.0-`; default that of OpenSSH. */
  readonly ident?: string;
  /** Lets everybody in, and asks for name and password inside the shell. */
  readonly asksInShell?: true;
  /** Keyboard-interactive questions before that for the password; each must get this answer. */
  readonly acknowledge?: readonly { readonly prompt: string; readonly answer: string }[];
  /**
   * What follows this character in a user name are settings of the terminal, as MikroTik's `+ct80w24h`: `c` no colours,
   * `t` a terminal that is asked nothing and repainted nothing, `w` and `h` its width and height.
   */
  readonly usernameSuffix?: string;
}
