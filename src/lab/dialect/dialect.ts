import type { CommandData } from './command-data.js';
import type { ConfigurationData } from './config-data.js';
import type { ExampleData } from './example-data.js';
import type { LoginData } from './login-data.js';
import type { EchoData, HelpData, PagerData, RefusalData } from './terminal-data.js';
import type { Text } from './text-data.js';

/**
 * How one network OS looks to a person at its terminal: what it prints, what it takes, and what it asks. Everything is
 * literal text; nothing is a regular expression, and nothing is taken from src/platforms, which it is there to test.
 *
 * To write one: a file `src/lab/dialects/<platform>.ts` that exports a `Dialect`, a line for it in `index.ts` beside it,
 * and `npx vitest run test/lab/dialects.test.ts -t <platform>`, which does as `examples` say. Say in `sources` where the
 * texts come from. Start from `juniper-junos.ts` (candidate, two-line prompt) or `huawei-vrp.ts` (line at once).
 *
 * Names that may stand in braces in any text: `{host}`, `{user}`, `{context}`, `{path}` (the labels of the sections that
 * were entered, joined), `{section}` (the innermost label), `{counter}` (prompts so far), `{unsaved}` and `{uncommitted}`
 * (see `marks`), those in `variables`, `{day}` `{month}` `{date}` `{year}` `{hours}` `{minutes}` `{seconds}` `{ms}` (the
 * time, UTC), the parameters of the command that is being answered, and in refusals `{line}`, `{word}` (the one that is
 * not understood), `{column}` (where it begins, from 1), `{rest}` (from it on), `{marker}` (a `^` below it, counted with
 * the prompt), `{lineMarker}` (counted without) and `{dashMarker}` (drawn with dashes). A line that is nothing but
 * `{running}`, `{candidate}`, `{startup}`, `{here}` (the section that was entered) or
 * `{changes}` becomes that configuration; `{running:set}` in that style.
 *
 * A `variant` is the same OS in another manner (another CLI engine, a console that asks first): the keys that differ.
 */
export interface Dialect {
  /** The platform's name, as netmiko's device types call it. */
  readonly name: string;
  readonly title: string;
  readonly sources: readonly string[];
  readonly login: LoginData;
  /** The mode after login; the second for a user of privilege 15 where that is another one. */
  readonly start: string | readonly [string, string];
  readonly modes: Readonly<Record<string, ModeData>>;
  readonly refusals: RefusalData;
  /** Words may be shortened as long as they are no other's beginning; default true. */
  readonly abbreviations?: boolean;
  readonly echo?: EchoData;
  readonly pager?: PagerData;
  readonly help?: HelpData;
  readonly configuration?: ConfigurationData;
  /** Texts for no and yes: `unsaved: ['', '*']`. */
  readonly marks?: Readonly<Partial<Record<'unsaved' | 'uncommitted', readonly [string, string]>>>;
  readonly variables?: Readonly<Record<string, string>>;
  /** Printed above each answer, such as a time. */
  readonly stamp?: { readonly text: Text; readonly atLogin: 'on' | 'off' };
  /** Names of virtual devices that `context` can enter, and what is said of another one. */
  readonly contexts?: { readonly names: readonly string[]; readonly unknown: Text };
  /** What can stand behind ` | `: the words, and what becomes of the answer. */
  readonly pipes?: Readonly<Record<string, PipeEffect>>;
  /** A log message, as it is printed into the conversation by the fault `noise`. */
  readonly syslog?: Text;
  /** What ends each line; default CR LF. */
  readonly lineEnd?: string;
  readonly examples: ExampleData;
  readonly variants?: Readonly<Record<string, Partial<Omit<Dialect, 'name' | 'variants'>>>>;
}

/** What a pipe does with an answer; the first three take the text behind their words, as it stands. */
export type PipeEffect = 'include' | 'exclude' | 'begin' | 'count' | 'unpaged' | 'nothing';

export interface ModeData {
  /** The prompt with its trailing blank; `\n` in it for one of several lines, or for an empty line above it. */
  readonly prompt: string;
  /** The prompt inside a section of the configuration, where it is another one. */
  readonly inside?: string;
  /** The host name in it is cut to so many characters. */
  readonly hostLimit?: number;
  readonly commands: readonly CommandData[];
  /** Other modes whose commands are taken here as well. */
  readonly also?: readonly string[];
  /** A word before which commands of another mode are taken here: `{ do: 'privileged' }`. */
  readonly escapes?: Readonly<Record<string, string>>;
  /** A line that is no command is a statement of the configuration. */
  readonly statements?: true;
  /** Where these differ from the dialect's. */
  readonly refusals?: Partial<RefusalData>;
  /** Where they differ inside a section. */
  readonly refusalsInside?: Partial<RefusalData>;
  /** What ^Z does, and ^C on a line; default: the line is dropped. */
  readonly endKey?: 'rest';
}
