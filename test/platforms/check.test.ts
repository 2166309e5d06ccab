import { checkPlatform, loadPlatform, type Platform, type PlatformCases, platformCatalogue } from 'rollcall/platforms';
import { checkCases } from 'rollcall/session';
import { describe, expect, test } from 'vitest';

const ios = loadPlatform('cisco_ios');
const cases: PlatformCases = {
  prompts: { exec: ['R1>'], privileged: ['R1#'], config: ['R1(config)#'], tcl: ['R1(tcl)#'] },
  noPrompts: ['R1'],
  refused: [{ answer: ['% Incomplete command.'], line: '% Incomplete command.' }],
  notRefused: [['% BGP: session is idle']],
};
const { cases: _ours, ...rest } = ios;
const mine: Platform = { ...rest, name: 'my_os', cases };

/** The problems as a person reads them: `path: message`. */
const told = (value: unknown): string[] =>
  checkPlatform(value).problems.map(({ path, message, severity }) => `${severity} ${path.join('.')}: ${message}`);

const catalogued = platformCatalogue().filter(({ covered }) => covered === 'own file');

test.each(catalogued.map(({ name, platform }) => [name, platform] as const))(
  '%s is sound, and its cases hold',
  async (_name, platform) => {
    expect(told(platform)).toEqual([]);
    expect((await checkCases(platform)).problems).toEqual([]);
  },
);

test('a sound platform has no problems, and its cases are counted', async () => {
  expect(checkPlatform(mine)).toEqual({ problems: [], cases: 5 });
  expect(await checkCases(mine)).toEqual({ problems: [], cases: 2 });
});

describe('what is told', () => {
  const config = ios.modes.config ?? { prompt: '', enter: [] };
  const withMode = (mode: object): unknown => ({ ...mine, modes: { ...mine.modes, config: { ...config, ...mode } } });

  test.each<[string, unknown, RegExp]>([
    ['no mapping', 'cisco_ios', /^error : must be a mapping; got "cisco_ios"$/],
    ['a key that is none', { ...mine, promts: [] }, /^error promts: unknown key 'promts'$/],
    ['a misspelt key', { ...mine, refusal: [] }, /unknown key 'refusal'; did you mean 'refusals'\?/],
    ['a misspelt key of a mode', withMode({ promt: 'x' }), /^error modes.config.promt: .* did you mean 'prompt'\?/],
    ['a key that is missing', { ...mine, exit: undefined }, /^error : needs the key 'exit'$/],
    ['a list that is none', { ...mine, questions: 'x' }, /^error questions: must be a list; got "x"$/],
    [
      'a list of contexts that is not searched for the name',
      {
        ...mine,
        context: { title: 'VDOM', enter: ['edit {name}'], leave: [], exists: { send: 'list', line: '^name=' } },
      },
      /^error context.exists.line: must hold \{name\}/,
    ],
    ['a name for a transport', { ...mine, name: 'my_ssh' }, /must not end in _ssh, _telnet or _serial/],
    ['a name with capitals', { ...mine, name: 'My OS' }, /must be a word of small letters/],
    [
      'a pattern that does not compile',
      { ...mine, refusals: ['^(x'] },
      /^error refusals.0: is no regular expression: .*"\^\(x"/,
    ],
    ['a prompt that is not anchored', withMode({ prompt: 'R\\d#' }), /^warning modes.config.prompt: is not anchored/],
    ['one whose end is a text', withMode({ prompt: '^R1\\$' }), /^warning modes.config.prompt: is not anchored/],
    ['one alternative that is not', withMode({ prompt: '^a#$|b#$' }), /^warning modes.config.prompt: is not anchored/],
    ['a refusal that is not', { ...mine, refusals: ['Error'] }, /^warning refusals.0: is not anchored/],
    [
      'an exponential pattern',
      { ...mine, renames: ['^(a+)+$'] },
      /^error renames.0: takes ages on a line like \d+ times "a"/,
    ],
    ['a pattern that fits nothing at all', { ...mine, questions: ['x*'] }, /^warning questions.0: fits an empty line/],
    [
      'a mode that there is not',
      withMode({ enter: [{ from: 'root', send: 'x', refusals: [] }] }),
      /^error modes.config.enter.0.from: there is no mode 'root'; the modes are exec, privileged, config, tcl$/,
    ],
    [
      'one of a preparation',
      { ...mine, prepare: [{ send: 'x', in: ['root'] }] },
      /^error prepare.0.in.0: there is no mode 'root'/,
    ],
    ['two lines where one is sent', { ...mine, exit: 'exit\rexit' }, /^error exit: must be one line/],
    [
      'an unknown unit',
      { ...mine, commit: { send: 'commit', confirmed: { send: 'c', unit: 'hours', confirm: { send: 'c' } } } },
      /^error commit.confirmed.unit: must be "seconds" or "minutes" or "hh:mm:ss"; got "hours"/,
    ],
    [
      'a number out of range',
      { ...mine, terminal: { ...mine.terminal, columns: 5 } },
      /^error terminal.columns: must be a whole number from 20 to 32767; got 5/,
    ],
    [
      'a prompt of another mode',
      { ...mine, cases: { ...cases, prompts: { ...cases.prompts, exec: ['R1#'] } } },
      /^error cases.prompts.exec.0: must fit 'exec' alone; it fits the modes privileged$/,
    ],
    [
      'a prompt of no mode',
      { ...mine, cases: { ...cases, prompts: { ...cases.prompts, exec: ['R1 >'] } } },
      /it fits no mode$/,
    ],
    [
      'a prompt of two modes',
      {
        ...mine,
        modes: { ...mine.modes, other: { prompt: '^R1>$', enter: [] } },
        cases: { ...cases, prompts: { ...cases.prompts, other: ['R1>'] } },
      },
      /it fits the modes exec, other$/,
    ],
    [
      'a mode without a case',
      { ...mine, cases: { ...cases, prompts: { exec: ['R1>'], privileged: ['R1#'] } } },
      /^warning cases.prompts: has no prompt of the mode 'config'$/,
    ],
    [
      'no prompt that is one',
      { ...mine, cases: { ...cases, noPrompts: ['R1#'] } },
      /^error cases.noPrompts.0: is no prompt, but fits the mode 'privileged'/,
    ],
    ['a pager that is none', { ...mine, cases: { ...cases, pagers: ['Weiter?'] } }, /^error cases.pagers.0/],
    ['a question that is none', { ...mine, cases: { ...cases, questions: ['Weiter'] } }, /^error cases.questions.0/],
    [
      'a wrong new name',
      { ...mine, cases: { ...cases, renames: { 'hostname R2': 'R3' } } },
      /^error cases.renames.hostname R2: must give the host 'R3'; got R2/,
    ],
  ])('%s', (_what, value, message) => {
    expect(told(value)).toEqual(expect.arrayContaining([expect.stringMatching(message)]));
  });

  test('a refusal that is not seen, and a false alarm', async () => {
    const bad: PlatformCases = {
      ...cases,
      refused: [{ answer: ['ok'], line: '% no' }],
      notRefused: [['% Incomplete command.']],
    };
    const { problems } = await checkCases({ ...mine, cases: bad });
    expect(problems.map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual([
      "cases.refused.0: must be refused by '% no'; got no refusal",
      "cases.notRefused.0: refuses nothing, but got '% Incomplete command.'",
    ]);
  });
});

describe('a transcript', () => {
  const transcript = {
    title: 'show clock',
    before: 'Welcome\r\nR1#',
    command: 'show clock',
    received: 'show clock\r\n*12:00:00 UTC\r\nR1#',
    output: '*12:00:00 UTC',
    mode: 'privileged',
  };
  const checked = async (change: object, platform: Platform = mine): Promise<string[]> => {
    const transcripts = [{ ...transcript, ...change }];
    const { problems } = await checkCases({ ...platform, cases: { ...cases, transcripts } });
    return problems.map(({ path, message }) => `${path.join('.')}: ${message}`);
  };

  test('that the session reads so in every split is no problem', async () => {
    expect(await checked({})).toEqual([]);
    expect(
      await checked({
        received: 'show clock\r\n% Incomplete command.\r\n\r\nR1#',
        output: '% Incomplete command.\n',
        refusal: '% Incomplete command.',
      }),
    ).toEqual([]);
    expect(await checked({ command: 'disable', received: 'disable\r\nR1>', output: '', mode: 'exec' })).toEqual([]);
  });

  test('with a pager waits for its key, however the device rubs the prompt out', async () => {
    const rubbed = 'show clock\r\none\r\n --More-- \b\b\b\b\b\b\b\b\b        \b\b\b\b\b\b\b\b\btwo\r\nR1#';
    expect(await checked({ received: rubbed, output: 'one\ntwo' })).toEqual([]);
    expect(
      await checked({ received: 'show clock\r\none\r\n--More--\r        \rtwo\r\nR1#', output: 'one\ntwo' }),
    ).toEqual([]);
  });

  test.each([
    [
      'another output',
      { output: 'noon' },
      /'show clock': the output must be "noon"; got "\*12:00:00 UTC" \(in one piece\)/,
    ],
    ['another mode', { mode: 'exec' }, /the mode must be "exec"; got "privileged"/],
    ['a refusal that is none', { refusal: '% x' }, /the refusal must be "% x"; got null/],
    ['no prompt at its end', { received: 'show clock\r\n*12:00\r\nR2#' }, /the prompt after 'show clock' did not come/],
    ['no prompt before it', { before: 'Welcome' }, /the prompt of `before` did not come/],
  ])('with %s is told', async (_what, change, message) => {
    expect(await checked(change)).toEqual([expect.stringMatching(message)]);
  });
});
