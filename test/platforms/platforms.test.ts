import { loadPlatform, modeOf, type Platform, platformNames } from 'rollcall/platforms';
import { describe, expect, test } from 'vitest';
import { findRefusal } from '#dist/session/commands/refusals.js';

/** Prompts of each mode as real devices show them, in hard shapes. */
const PROMPTS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  frr: {
    exec: ['R1>', 'R1> ', 'debian>'],
    privileged: ['R1#', 'R1# ', 'e2f8b1c0.example#'],
    config: ['R1(config)#', 'R1(config-if)# ', 'R1(config-router)#', 'R1(config-route-map)#'],
  },
  linux: {
    shell: [
      ...['user@box:~$ ', '[user@box ~]$ ', 'box:~$', '$ '],
      ...['(venv) user@box:~/a b$ ', 'user@box.example.net:/var/log$ ', 'user@box ~ % '],
    ],
    'root-shell': ['root@box:/etc# ', '[root@box etc]# ', 'box# ', '# '],
  },
  generic: { any: ['anything>', 'R1#', '[edit]#', 'a b c $ ', '>', '<HUAWEI>', '[~R1]', 'user@host:~$'] },
};

const NO_PROMPTS: Readonly<Record<string, readonly string[]>> = {
  frr: ['R1', 'R1(config)', '% R1#', 'R1 >'],
  linux: ['user@box', 'total 0', 'a: b', 'x = $5', '/etc/passwd#x'],
  generic: ['', 'text', `${'a'.repeat(120)}>`],
};

const REFUSALS: Readonly<Record<string, readonly (readonly [readonly string[], string])[]>> = {
  frr: [
    [['% Unknown command: bogus'], '% Unknown command: bogus'],
    [['% [ZEBRA] Unknown command: bogus'], '% [ZEBRA] Unknown command: bogus'],
    [['% Command incomplete: show'], '% Command incomplete: show'],
    [['% Ambiguous command: s'], '% Ambiguous command: s'],
  ],
  linux: [
    [['bash: nonesuch: command not found'], 'bash: nonesuch: command not found'],
    [['-bash: nonesuch: command not found'], '-bash: nonesuch: command not found'],
    [['-sh: 1: nonesuch: not found'], '-sh: 1: nonesuch: not found'],
    [['bash: /root/x: Permission denied'], 'bash: /root/x: Permission denied'],
    [['zsh: command not found: nonesuch'], 'zsh: command not found: nonesuch'],
  ],
};

const NO_REFUSALS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  frr: [['K>* 0.0.0.0/0', '% Unknown command: bogus'], ['% Network not in table'], ['Percent % Unknown command']],
  linux: [
    ['a', 'bash: nonesuch: command not found'],
    ['ls: cannot access x: No such file or directory'],
    ['error: not found'],
  ],
};

const platforms = Object.keys(PROMPTS).map(loadPlatform);
const fitting = (platform: Platform, line: string): string[] =>
  Object.entries(platform.modes)
    .filter(([, { prompt }]) => new RegExp(prompt, 'u').test(line.trimEnd()))
    .map(([name]) => name);

describe.each(platforms.map((platform) => [platform.name, platform] as const))('%s', (name, platform) => {
  test('has prompts for each of its modes, and each fits that one alone', () => {
    expect(Object.keys(PROMPTS[name] ?? {})).toEqual(Object.keys(platform.modes));
    for (const [mode, prompts] of Object.entries(PROMPTS[name] ?? {})) {
      for (const prompt of prompts) {
        expect([prompt, fitting(platform, prompt)]).toEqual([prompt, [mode]]);
        expect([prompt, modeOf(platform, prompt)]).toEqual([prompt, mode]);
        expect(modeOf(platform, `some output\r\n\r\n${prompt}`)).toBe(mode);
        expect(modeOf(platform, `${prompt}\nmore output`)).toBeUndefined();
      }
    }
  });

  test('takes no other line for a prompt', () => {
    for (const line of NO_PROMPTS[name] ?? []) expect([line, modeOf(platform, line)]).toEqual([line, undefined]);
  });

  test('sees each refusal', () => {
    for (const [lines, refusal] of REFUSALS[name] ?? []) expect(findRefusal(platform, lines)).toBe(refusal);
  });

  test('raises no false alarm', () => {
    for (const lines of NO_REFUSALS[name] ?? [])
      expect([lines, findRefusal(platform, lines)]).toEqual([lines, undefined]);
  });

  test('asks nothing and pages nothing in a prompt of its own', () => {
    const asks = [
      ...platform.questions,
      ...platform.pager.map(({ prompt }) => prompt),
      platform.login.username,
      platform.login.password,
    ];
    for (const prompt of Object.values(PROMPTS[name] ?? {}).flat()) {
      expect([prompt, asks.filter((source) => new RegExp(source, 'iu').test(prompt))]).toEqual([prompt, []]);
    }
  });

  test('is plain data: patterns that compile, ways between modes that there are', () => {
    expect(JSON.parse(JSON.stringify(platform))).toEqual(platform);
    const sources = [
      ...[
        ...platform.questions,
        ...platform.refusals,
        ...platform.beforeRefusal,
        ...platform.renames,
        ...platform.login.refusals,
      ],
      ...Object.values(platform.modes).flatMap(({ enter }) =>
        enter.flatMap((step) => [step.secretPrompt ?? '', ...step.refusals]),
      ),
    ];
    for (const source of sources) expect(() => new RegExp(source, 'u')).not.toThrow();
    for (const { enter } of Object.values(platform.modes)) {
      for (const { from } of enter) expect(Object.keys(platform.modes)).toContain(from);
    }
  });

  test('knows the line that changes its host name, where there is one', () => {
    if (platform.renames.length === 0) return;
    const renames = platform.renames.map((source) => new RegExp(source, 'u'));
    const renamed = (line: string) =>
      renames.map((regex) => regex.exec(line)?.groups?.host).find((host) => host !== undefined);
    expect(renamed('hostname R9')).toBe('R9');
    expect(renamed(' hostname core-1.example.net ')).toBe('core-1.example.net');
    expect(renamed('no hostname R9')).toBeUndefined();
    expect(renamed('show hostname')).toBeUndefined();
  });
});

// The best of three: a busy machine is slower than we are, never quicker.
test('a refusal is looked for in one pass, however many lines look like one', { retry: 2 }, () => {
  const lines = ['first', ...Array.from({ length: 200_000 }, () => '% Invalid input detected')];
  const start = performance.now();
  expect(findRefusal(loadPlatform('cisco_ios'), lines)).toBeUndefined();
  expect(performance.now() - start).toBeLessThan(1_000);
});

describe('the names', () => {
  test('are sorted, and each is of a platform', () => {
    expect(platformNames()).toEqual([...platformNames()].sort());
    expect(loadPlatform('cisco_xe')).toBe(loadPlatform('cisco_ios'));
  });

  test.each([
    ['cisco_ois', "unknown platform 'cisco_ois'; did you mean 'cisco_ios'"],
    ['CISCO_IOS', "did you mean 'cisco_ios'"],
    ['zzzzzzzzzz', "unknown platform 'zzzzzzzzzz'; `rollcall platforms list` prints those that there are"],
    ['constructor', "unknown platform 'constructor'"],
    ['', "unknown platform ''"],
  ])('that are unknown (%j) get the nearest ones', (name, message) => {
    expect(() => loadPlatform(name)).toThrow(
      expect.objectContaining({ code: 'unknown_platform', message: expect.stringContaining(message) }),
    );
  });
});

describe('the login dialogue', () => {
  const { username, password } = loadPlatform('cisco_ios').login;
  const fits = (pattern: string, line: string): boolean => new RegExp(pattern, 'iu').test(line);

  test.each(['Username: ', 'username:', 'login: ', 'box login: ', 'User:', 'User Name:'])(
    'asks for the name: %s',
    (line) => expect([fits(username, line), fits(password, line)]).toEqual([true, false]),
  );

  test.each(['Password: ', 'password:', "u1@box's password: ", 'Password for u1: ', 'Line password: '])(
    'asks for the password: %s',
    (line) => expect([fits(username, line), fits(password, line)]).toEqual([false, true]),
  );

  test.each([
    'Warning: never tell anybody your password: ',
    'Dear user: ',
    'Last login: ',
    'Enter new password: ',
    'New password: ',
    'One-time password (OATH) for u1: ',
    'Enable password: ',
    "Password for root's vault on OTHERHOST: ",
  ])('asks for neither, and gets neither: %s', (line) =>
    expect([fits(username, line), fits(password, line)]).toEqual([false, false]),
  );
});
