import { blankSecretLine } from '../base/index.js';
import type { PlatformCases } from './cases.js';
import { readFilesAnswer } from './files-data.js';
import { modeOf } from './mode-of.js';
import type { Platform } from './platform.js';
import { checkShape } from './platform-shape.js';
import { readOnlyProblem } from './read-only.js';
import { secretLinesOf } from './secrets/of-platform.js';
import type { Problem, Report } from './shape.js';

/** What was found in a platform's data, and how many of its cases were looked at. */
export interface PlatformCheck {
  readonly problems: readonly Problem[];
  readonly cases: number;
}

/**
 * Checks a platform's data: its shape, its patterns, the modes that it names, and the cases that need no conversation
 * (prompts, lines that are none, pagers, questions, host names). The others are in the session's `checkCases`.
 */
export function checkPlatform(value: unknown): PlatformCheck {
  const problems: Problem[] = [];
  const report: Report = (path, message, severity = 'error') => {
    problems.push({ path, message, severity });
  };
  checkShape(value, report);
  if (problems.some(({ severity }) => severity === 'error')) return { problems, cases: 0 };
  const platform = value as Platform;
  checkHosts(platform, report);
  const cases = platform.cases === undefined ? 0 : checkStaticCases(platform, platform.cases, report);
  return { problems, cases };
}

/** A line that asks for a new host name takes effect in the prompt, which must then have a place for it. */
function checkHosts({ renames, modes }: Platform, report: Report): void {
  if (renames.length === 0 || Object.values(modes).some(({ prompt }) => prompt.includes('(?<host>'))) return;
  report(['renames'], 'no prompt has the group `host`, so that a new host name is not recognised', 'warning');
}

/** Every mode that the prompt fits, whichever comes first. */
function fitting(platform: Platform, prompt: string): readonly string[] {
  return Object.entries(platform.modes)
    .filter(([name, mode]) => modeOf({ ...platform, modes: { [name]: mode } }, prompt) !== undefined)
    .map(([name]) => name);
}

const fits = (sources: readonly string[], line: string): boolean =>
  sources.some((source) => new RegExp(source, 'iu').test(line));

function checkStaticCases(platform: Platform, cases: PlatformCases, report: Report): number {
  const { login, pager, questions, renames } = platform;
  const asking = [...questions, login.username, login.password];
  const pagers = pager.map(({ prompt }) => prompt);
  let count = 0;
  for (const name of Object.keys(platform.modes)) {
    if ((cases.prompts[name]?.length ?? 0) === 0) {
      report(['cases', 'prompts'], `has no prompt of the mode '${name}'`, 'warning');
    }
  }
  for (const [mode, prompts] of Object.entries(cases.prompts)) {
    for (const [index, prompt] of prompts.entries()) {
      count++;
      const path = ['cases', 'prompts', mode, index];
      const modes = fitting(platform, prompt);
      const seen = modes.length === 0 ? 'no mode' : `the modes ${modes.join(', ')}`;
      if (modes.length !== 1 || modes[0] !== mode) report(path, `must fit '${mode}' alone; it fits ${seen}`);
      const line = prompt.split('\n').at(-1)?.trimEnd() ?? '';
      if (fits([...asking, ...pagers], line)) report(path, 'fits a question or a pager as well');
    }
  }
  for (const [index, line] of cases.noPrompts.entries()) {
    count++;
    const mode = modeOf(platform, line);
    if (mode !== undefined) report(['cases', 'noPrompts', index], `is no prompt, but fits the mode '${mode}'`);
  }
  for (const [index, line] of (cases.pagers ?? []).entries()) {
    count++;
    if (!fits(pagers, line)) report(['cases', 'pagers', index], 'is a pager, but no pattern of `pager` fits');
  }
  for (const [index, line] of (cases.questions ?? []).entries()) {
    count++;
    const path = ['cases', 'questions', index];
    if (!fits(asking, line)) report(path, 'is a question, but no pattern of `questions` fits');
    const mode = modeOf(platform, line);
    if (mode !== undefined) report(path, `is a question, but fits the prompt of the mode '${mode}'`);
  }
  for (const [command, host] of Object.entries(cases.renames ?? {})) {
    count++;
    const found = renames.map((source) => new RegExp(source, 'u').exec(command)?.groups?.host).filter(Boolean);
    if (found[0] !== host) {
      report(['cases', 'renames', command], `must give the host '${host}'; got ${found[0] ?? 'none'}`);
    }
  }
  for (const [line, blanked] of Object.entries(cases.secretLines ?? {})) {
    count++;
    const got = blankSecretLine(line, secretLinesOf(platform));
    if (got !== blanked) report(['cases', 'secretLines', line], `must become '${blanked}'; got '${got}'`);
  }
  return count + checkFiles(platform, cases, report) + checkReadOnly(platform, cases, report);
}

function checkReadOnly(platform: Platform, { readOnly }: PlatformCases, report: Report): number {
  const { allowed = [], refused = [] } = readOnly ?? {};
  for (const [index, command] of allowed.entries()) {
    const problem = readOnlyProblem(platform, command);
    if (problem !== undefined) report(['cases', 'readOnly', 'allowed', index], problem);
  }
  for (const [index, command] of refused.entries()) {
    if (readOnlyProblem(platform, command) !== undefined) continue;
    report(['cases', 'readOnly', 'refused', index], `'${command}' must be refused, and read-only mode would send it`);
  }
  return allowed.length + refused.length;
}

function checkFiles({ files }: Platform, { files: told = [] }: PlatformCases, report: Report): number {
  for (const [index, { line, answer, reads }] of told.entries()) {
    const read = files === undefined ? undefined : readFilesAnswer(files, line, answer);
    if (read !== reads) report(['cases', 'files', index], `must read '${reads}'; it reads ${read ?? 'nothing'}`);
  }
  return told.length;
}
