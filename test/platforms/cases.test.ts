import { loadPlatform, modeOf, type Platform, type PlatformCases, platformNames } from 'rollcall/platforms';
import { describe, expect, test } from 'vitest';
import { findRefusal } from '#dist/session/refusals.js';

const withCases = [...new Set(platformNames().map(loadPlatform))].flatMap((platform) =>
  platform.cases === undefined ? [] : [[platform.name, platform, platform.cases] as const],
);

const lastTwo = (prompt: string): [string, string] => {
  const lines = prompt.split('\n');
  return [(lines.at(-1) ?? '').trimEnd(), (lines.at(-2) ?? '').trimEnd()];
};

/** Every mode whose own pattern fits, whichever comes first. */
function fitting(platform: Platform, prompt: string): string[] {
  const [line, above] = lastTwo(prompt);
  return Object.entries(platform.modes)
    .filter(([, mode]) => new RegExp(mode.prompt, 'u').test(line))
    .filter(([, mode]) => mode.above?.stands !== 'always' || new RegExp(mode.above.line, 'u').test(above))
    .map(([name]) => name);
}

const fits = (sources: readonly string[], line: string): boolean =>
  sources.some((source) => new RegExp(source, 'iu').test(line));

describe.each(withCases)('%s', (_name, platform: Platform, cases: PlatformCases) => {
  const asks = [...platform.questions, platform.login.username, platform.login.password];
  const pagers = platform.pager.map(({ prompt }) => prompt);

  test('has prompts for each of its modes, and each fits that one alone', () => {
    expect(Object.keys(cases.prompts)).toEqual(Object.keys(platform.modes));
    for (const [mode, prompts] of Object.entries(cases.prompts)) {
      expect([mode, prompts.length > 0]).toEqual([mode, true]);
      for (const prompt of prompts) {
        expect([prompt, fitting(platform, prompt)]).toEqual([prompt, [mode]]);
        expect([prompt, modeOf(platform, prompt)]).toEqual([prompt, mode]);
      }
    }
  });

  test('asks nothing and pages nothing in a prompt of its own', () => {
    for (const prompt of Object.values(cases.prompts).flat()) {
      const [line] = lastTwo(prompt);
      expect([prompt, [...asks, ...pagers].filter((source) => fits([source], line))]).toEqual([prompt, []]);
    }
  });

  test('takes no other line for a prompt', () => {
    for (const line of cases.noPrompts) expect([line, modeOf(platform, line)]).toEqual([line, undefined]);
  });

  test('sees each refusal, and raises no false alarm', () => {
    for (const { answer, line } of cases.refused) {
      expect([answer, findRefusal(platform, answer)]).toEqual([answer, line]);
    }
    for (const answer of cases.notRefused) expect([answer, findRefusal(platform, answer)]).toEqual([answer, undefined]);
  });

  test('knows its pagers, and its questions, which are no prompts', () => {
    for (const line of cases.pagers ?? []) expect([line, fits(pagers, line)]).toEqual([line, true]);
    for (const line of cases.questions ?? []) {
      expect([line, fits(asks, line), modeOf(platform, line)]).toEqual([line, true, undefined]);
    }
  });

  test('knows the commands that change its host name', () => {
    for (const [command, host] of Object.entries(cases.renames ?? {})) {
      const found = platform.renames.map((source) => new RegExp(source, 'u').exec(command)?.groups?.host);
      expect([command, found.filter((one) => one !== undefined)]).toEqual([command, [host]]);
    }
  });

  test('has patterns that compile, and ways between modes that there are', () => {
    const modes = Object.values(platform.modes);
    const { username, password, answers = [], refusals } = platform.login;
    const asking = [...asks, ...pagers, username, password, ...answers.map(({ prompt }) => prompt)];
    for (const source of asking) expect(() => new RegExp(source, 'iu')).not.toThrow();
    const stated = [...platform.refusals, ...platform.beforeRefusal, ...platform.renames, ...refusals];
    for (const source of [...stated, ...(platform.ahead ?? []), ...(platform.blocks ?? []).map(({ start }) => start)]) {
      expect(() => new RegExp(source, 'u')).not.toThrow();
    }
    for (const { enter } of modes) for (const { from } of enter) expect(Object.keys(platform.modes)).toContain(from);
    expect(JSON.parse(JSON.stringify(platform))).toEqual(platform);
  });
});
