import type { CommandData, Condition } from './command-data.js';
import { type Fit, type Misfit, match, nextWords, type Pattern } from './match.js';
import { slotsOf, wordsOf } from './words.js';

/** The commands of a mode, ready to be looked up. */
export class Grammar {
  readonly #patterns: readonly Pattern<CommandData>[];
  readonly #abbreviations: boolean;

  constructor(commands: readonly CommandData[], abbreviations: boolean) {
    this.#abbreviations = abbreviations;
    this.#patterns = commands.flatMap((of) =>
      [of.line].flat().flatMap((line) => slotsOf(line).map((slots) => ({ slots, of }))),
    );
  }

  /** Finds the command that a line is, among those whose condition holds. */
  read(line: string, holds: (condition: Condition) => boolean): Fit<CommandData> | Misfit {
    return match(this.#there(holds), wordsOf(line), { line, abbreviations: this.#abbreviations });
  }

  /** The words that may stand behind those of a line. */
  next(line: string, holds: (condition: Condition) => boolean): string[] {
    return nextWords(this.#there(holds), wordsOf(line), { line, abbreviations: this.#abbreviations });
  }

  #there(holds: (condition: Condition) => boolean): readonly Pattern<CommandData>[] {
    return this.#patterns.filter(({ of: { when } }) => [when ?? []].flat().every(holds));
  }
}
