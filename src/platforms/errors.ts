import { RollcallError, registerErrorClass } from '../base/index.js';

/** One thing that is wrong in a platform file; a file that cannot be read has no line. */
export interface PlatformFileProblem {
  readonly file: string;
  readonly line?: number;
  /** `warning`: the file can be used, and somebody should look at it. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

const MOST_SHOWN = 20;

/** Platform files cannot be used: `problems` has everything that is wrong in them, and the message the first twenty. */
export class PlatformError extends RollcallError {
  readonly problems: readonly PlatformFileProblem[];

  constructor(problems: readonly PlatformFileProblem[]) {
    const lines = problems.slice(0, MOST_SHOWN).map(platformProblemLine);
    const more = problems.length > MOST_SHOWN ? [`and ${problems.length - MOST_SHOWN} more`] : [];
    super('bad_platform', [...lines, ...more].join('\n'));
    this.problems = problems;
  }
}

registerErrorClass(PlatformError, 'PlatformError');

/** Returns a problem as `file:line: message`. */
export function platformProblemLine({ file, line, severity, message }: PlatformFileProblem): string {
  return `${line === undefined ? file : `${file}:${line}`}: ${severity === 'warning' ? 'warning: ' : ''}${message}`;
}
