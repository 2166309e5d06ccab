import type { SecretLineData } from '../base/index.js';
import type { PlatformCases } from './cases.js';
import type { ActionData, BlockData, CommitData, ContextData } from './change-data.js';
import type { AnswerData, LoginData, PagerData } from './dialogue-data.js';
import type { FilesData } from './files-data.js';
import type { ModeData } from './mode-data.js';
import type { ReadOnlyData } from './read-only.js';

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
  /** What the data was proved on. Empty: it was only written down. */
  readonly verified: readonly VerifiedData[];
  /** Where the facts come from. */
  readonly sources: readonly string[];
  readonly terminal: TerminalData;
  /**
   * The modes of the command line, the one with the least rights first. Lines of configuration go into `config` or, where
   * no way leads there from the mode of rest, into the first one in this order whose name begins with `config` and to
   * which one does: a system with two command lines (SR OS) has modes of both.
   */
  readonly modes: Readonly<Record<string, ModeData>>;
  /** The mode that a session begins in, where the login of some users ends in another, such as a shell: the way to it is taken. */
  readonly home?: string;
  readonly login: LoginData;
  /** Sent once after login, to switch the pager off and widen the terminal. */
  readonly prepare: readonly PrepareData[];
  /** Set where it was verified, on what, that the device takes all lines of `prepare` at once. */
  readonly prepareTogether?: string;
  /** What the device prints when it waits before going on, and what makes it go on. */
  readonly pager: readonly PagerData[];
  /** Lines that wait for an answer of a person. */
  readonly questions: readonly string[];
  /** Lines that say that the device refused a command; each is matched from the line's start. */
  readonly refusals: readonly string[];
  /** Lines that a device may print between the echo and a refusal. */
  readonly beforeRefusal: readonly string[];
  /** Lines that a device prints right below the echo of every command, such as a time stamp: no part of the answer. */
  readonly stamps?: readonly string[];
  /** How lines begin that a device prints though nobody asked, beside those with a code as `%SYS-5-CONFIG_I:`. */
  readonly messages?: readonly string[];
  /** The commands that change the host name in the prompt; the group `host` holds the new one, where there is one. */
  readonly renames: readonly string[];
  /** A key that makes the device print help at once, where there is one: it cannot be part of a command. */
  readonly helpKey?: string;
  /** Set where an answer may end without a line end, as a shell's does: the prompt then stands behind its last line. */
  readonly unendedAnswers?: true;
  /** Configuration lines that keep the mode and never ask, so that more of them may be sent before the first is answered. */
  readonly ahead?: readonly string[];
  /** The mode of rest in which configuration is typed, where the command line has no mode for it. */
  readonly configureIn?: string;
  /** Configuration commands that take lines of free text until a delimiter. */
  readonly blocks?: readonly BlockData[];
  /** Makes the running configuration the one that the device starts with; absent where that happens by itself. */
  readonly save?: ActionData;
  /** How a candidate configuration becomes the running one; absent where every line takes effect at once. */
  readonly commit?: CommitData;
  /** Virtual devices inside the device, such as VDOMs. */
  readonly context?: ContextData;
  /** How files get on the device and off it. Absent: by SFTP, else SCP, and nothing is checked there. */
  readonly files?: FilesData;
  /**
   * Set where it is known that the device runs single commands in SSH channels of their own (RFC 4254, section 6.5), and
   * for how many of them one connection is good.
   */
  readonly exec?: 'one' | 'many';
  /** How a device of this platform is known without being told. */
  readonly detect?: DetectionData;
  /** Lines that hold secrets, for recordings, beside those that every platform has (src/platforms/secrets). */
  readonly secretLines?: readonly SecretLineData[];
  /** Which commands change nothing on the device; absent: none is known to, and read-only mode sends nothing. */
  readonly readOnly?: ReadOnlyData;
  /** What ends the session, in a mode of rest. */
  readonly exit: string;
  /** What this data must get right; run by the project's tests and by `rollcall platforms check`. */
  readonly cases?: PlatformCases;
}

/** What the data was proved on: a device that was logged in to, a recording of one, or a document. */
export interface VerifiedData {
  readonly by: 'device' | 'recording' | 'documentation';
  /** Which: the product with its version, the recording, the document with its section or address. */
  readonly what: string;
}

export interface TerminalData {
  readonly type: string;
  readonly columns: number;
  readonly rows: number;
  /** What the Enter key sends. */
  readonly newline: '\r' | '\n' | '\r\n';
  /** Set where the device prints back nothing of what is typed: then only the count of prompts ties answers to lines. */
  readonly echo?: 'none';
}

export interface PrepareData {
  readonly send: string;
  /** The modes in which the line has a meaning; absent: any. It waits until one of them is reached, if one is. */
  readonly in?: readonly string[];
  /** Questions that it asks, and their answers. */
  readonly answers?: readonly AnswerData[];
}

/** How a device tells what it is, the cheapest first; each pattern is of flag `iu`. */
export interface DetectionData {
  /** The software that the SSH server names in its first line, as in `SSH-2.0-Cisco-1.25`. */
  readonly ident?: string;
  /** A line of the banner, or of what is printed after login. */
  readonly banner?: string;
  /** The first prompt, where it is like no other platform's. */
  readonly prompt?: string;
  /** A harmless command, and a line of its answer that only this platform gives. */
  readonly probe?: { readonly send: string; readonly answer: string };
  /** Platforms whose answer to the same command this one gives as well, with the line that only this one has. */
  readonly over?: readonly string[];
}
