import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';

export const generic: Platform = {
  name: 'generic',
  title: 'Any command line: the prompt is learned as it stands at login',
  verified: [],
  sources: [],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    // No host group on purpose: nothing is known of the prompt's grammar, so only its exact text is the prompt.
    any: { prompt: String.raw`^\S(?:.{0,98}\S)?\s?[>#$%\])]$|^[>#$%]$`, enter: [] },
  },
  login: { ...commonLogin, wake: '\r' },
  prepare: [],
  pager: [{ prompt: String.raw`^[ <(-]{0,12}More[ )>-]{0,12}$`, answer: ' ' }],
  questions: commonQuestions,
  refusals: [],
  beforeRefusal: [],
  renames: [],
  exit: 'exit',
};
