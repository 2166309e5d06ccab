import type { CommandData } from '../dialect/command-data.js';
import type { PagerData, RefusalData } from '../dialect/terminal-data.js';

/** What Broadcom's FASTPATH says of a line, under an empty one where there is no marker. */
export const FASTPATH_REFUSALS: RefusalData = {
  unknown: ['{marker}', "% Invalid input detected at '^' marker.", ''],
  incomplete: ['', 'Command not found / Incomplete command. Use ? to list commands.', ''],
  ambiguous: ['', 'Ambiguous command', ''],
};

export const FASTPATH_MORE: PagerData = {
  prompt: '--More-- or (q)uit',
  erase: `\r${' '.repeat(21)}\r`,
  page: ['m', ' '],
};

/** One key answers the question, and the answer to it begins on a new line. */
export function fastpathSave(line: string): CommandData {
  return {
    line,
    says: [
      '',
      'This operation may take a few minutes.',
      'Management interfaces will not be available during this time.',
      '',
    ],
    asks: [
      {
        asks: 'Are you sure you want to save? (y/n) ',
        key: true,
        answers: { y: {}, '*': { says: ['', 'Configuration Not Saved!'], stops: true } },
      },
    ],
    does: 'save',
    prints: ['', 'Configuration Saved!'],
  };
}
