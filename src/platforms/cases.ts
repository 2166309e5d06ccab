import type { FilesCase } from './files-data.js';

/** What a platform's data must get right, written down beside it. */
export interface PlatformCases {
  /** Prompts as devices show them, by the one mode that they are of; two lines where the prompt has two. */
  readonly prompts: Readonly<Record<string, readonly string[]>>;
  /** Lines that are no prompt. */
  readonly noPrompts: readonly string[];
  /** Answers that refuse a command, and the line that says so. */
  readonly refused: readonly RefusedCase[];
  /** Answers that refuse nothing, though they hold such words. */
  readonly notRefused: readonly (readonly string[])[];
  /** Lines at which the pager waits. */
  readonly pagers?: readonly string[];
  /** Lines at which the device waits for an answer. */
  readonly questions?: readonly string[];
  /** Commands that change the host name, and the name. */
  readonly renames?: Readonly<Record<string, string>>;
  /** Answers to the lines of `files`, and what is read from them. */
  readonly files?: readonly FilesCase[];
  /** Lines, and what a recording holds of them: `[secret]` in the place of each secret. */
  readonly secretLines?: Readonly<Record<string, string>>;
  /** Commands that read-only mode lets through, and commands that it refuses. */
  readonly readOnly?: ReadOnlyCases;
  /** A piece of a session as it arrived, fed to the session byte for byte. */
  readonly transcripts?: readonly TranscriptCase[];
}

export interface ReadOnlyCases {
  readonly allowed: readonly string[];
  readonly refused: readonly string[];
}

export interface RefusedCase {
  readonly answer: readonly string[];
  readonly line: string;
}

/** From the prompt that a command is typed at to the next one, as the device sent it. */
export interface TranscriptCase {
  readonly title: string;
  /** The device's words up to the prompt at which the command is typed. */
  readonly before: string;
  readonly command: string;
  /** The device's words from the echo to the next prompt. */
  readonly received: string;
  /** The rendered answer. */
  readonly output: string;
  readonly mode: string;
  /** The line with which the command was refused, where it was. */
  readonly refusal?: string;
}
