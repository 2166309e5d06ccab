import type { Action } from './command-data.js';
import type { Text } from './text-data.js';

/**
 * The configuration of a device: a tree of lines. Each statement says which lines are taken and where they stand in the
 * tree: `interface {name} > description {text...}` is a line `description …` inside a section `interface …`. A section can
 * be entered by typing it (in a mode with `statements`) or by the action `edit`; its lines are then typed without it. A
 * line takes the place of one with the same fixed words unless it is `many`. A parameter called `{host}` is the device's
 * host name, which prompts show as `{host}`.
 */
export interface ConfigurationData {
  readonly statements: readonly (string | StatementData)[];
  /** The lines that a device begins with, whole (`interface ge-0/0/0 description uplink`), without a verb. */
  readonly initial: readonly string[];
  readonly render: RenderData;
  /** Changes go into a candidate until they are committed; in a mode that was entered with one of its own they do so anyway. */
  readonly candidate?: true;
  /** Between the labels of sections in `{path}`; default a blank. */
  readonly pathSeparator?: string;
  /** A line that is none in its section may be one of a section further out, as on IOS; the inner one is left then. */
  readonly fallsBack?: true;
  /** A line that sets something in a section further in, typed in one line, does not enter it. This is so everywhere. */
  readonly commitRefused?: Text;
  /** Printed where `delete` finds nothing; absent: that is no error. */
  readonly nothingToDelete?: Text;
  /** Printed where another session has the configuration for itself; `{holder}` is its user. */
  readonly locked?: Text;
}

export interface StatementData {
  readonly line: string;
  /** Several lines with these fixed words stand side by side. */
  readonly many?: true;
  /** A section: what prompts call it (`{name}` is what was typed); default the line itself. */
  readonly label?: string;
  /** What ends the section where it is shown, such as `exit` or `next`. */
  readonly closes?: string;
  /** Done when the line is taken, such as turning the pager off. */
  readonly does?: Action;
  /** A commit is refused while it stands there; the reason. */
  readonly refusedAtCommit?: string;
}

export interface RenderData {
  /**
   * `indented`: sections with their lines below, further in. `braces`: Junos's. `set`: a line for each leaf with all its
   * words. `menus`: each section's whole path on a line, its leaves below.
   */
  readonly style: 'indented' | 'braces' | 'set' | 'menus';
  /** Blanks for each level; default 1. */
  readonly indent?: number;
  /** A line between sections, as `!` or `#`. */
  readonly between?: string;
  /** The word before each line of the style `set`; default `set`. */
  readonly verb?: string;
}
