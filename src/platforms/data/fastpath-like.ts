import type { AnswerData, PagerData } from '../dialogue-data.js';

/** The pager of Broadcom's FASTPATH, which Dell's and Ubiquiti's switches run: `m`, a blank or Enter goes on. */
export const fastpathMore: PagerData = { prompt: String.raw`^ ?--More-- or \(q\)uit ?$`, answer: ' ' };

/** The question before a configuration is saved: one key answers it. */
export const fastpathSave: AnswerData = {
  prompt: String.raw`^Are you sure you want to save\? \(y/n\) ?$`,
  answer: 'y',
};

/** What the command interpreter of FASTPATH refuses with, beside what it shares with IOS. */
export const fastpathRefusals: readonly string[] = [
  String.raw`^Command not found / Incomplete command\. Use \? to list commands`,
  String.raw`^Invalid input\. Please specify `,
  '^An invalid interface has been used for this (?:command|function)',
  '^ERROR: ',
];
