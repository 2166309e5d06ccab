import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  checkPlatform,
  loadPlatform,
  loadPlatforms,
  modeOf,
  PlatformError,
  platformCatalogue,
  toYaml,
} from 'rollcall/platforms';
import { afterAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-platforms-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let number = 0;
/** Writes files into a folder of their own and returns its path. */
function files(texts: Readonly<Record<string, string>>): string {
  const path = join(folder, String(++number));
  mkdirSync(path);
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(path, name), text);
  return path;
}
const file = (text: string, name = 'my.yaml'): string => join(files({ [name]: text }), name);
const ios = loadPlatform('cisco_ios');

function problems(work: () => unknown): readonly string[] {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(PlatformError);
    expect(error).toMatchObject({ code: 'bad_platform' });
    return (error as Error).message.split('\n').map((line) => line.replace(folder, ''));
  }
  throw new Error('it was taken');
}

const SMALL = `
name: my_os
modes:
  exec: { prompt: '^(?<host>[a-z0-9-]+)> ?$', enter: [] }
`;

describe('a file of its own', () => {
  test('needs a name and its modes; the rest is what nearly every device has', () => {
    const platform = loadPlatform(file(SMALL));
    const { login: generic, questions } = loadPlatform('generic');
    // No key wakes it that its file does not declare.
    const { wake: _, ...login } = generic;
    expect(platform).toMatchObject({ name: 'my_os', title: 'my_os', verified: [], login, questions, exit: 'exit' });
    expect(Object.keys(platform.modes)).toEqual(['exec']);
    expect(modeOf(platform, 'box-1>')).toBe('exec');
    expect(checkPlatform(platform).problems).toEqual([]);
  });

  test('is read from a path, a file: URL, JSON, and a folder', () => {
    const path = file(SMALL);
    const platform = loadPlatform(path);
    expect(loadPlatform(pathToFileURL(path))).toEqual(platform);
    expect(loadPlatform(pathToFileURL(path).href)).toEqual(platform);
    expect(loadPlatform(join(path, '..'))).toEqual(platform);
    expect(loadPlatform(file(JSON.stringify(platform), 'my.json'))).toEqual(platform);
  });

  test('may use anchors and merge keys', () => {
    const { modes } = loadPlatform(
      file("name: my_os\nmodes:\n  a: &a { prompt: '^a>$', enter: [] }\n  b: { <<: *a, prompt: '^b>$' }\n"),
    );
    expect(modes).toEqual({ a: { prompt: '^a>$', enter: [] }, b: { prompt: '^b>$', enter: [] } });
  });

  test.each(platformCatalogue().map(({ name, platform }) => [name, platform] as const))(
    'as `platforms show %s` prints it gives the same platform',
    (_name, platform) => {
      expect(loadPlatform(file(toYaml(platform)))).toEqual(platform);
    },
  );
});

describe('a file that extends another platform', () => {
  test('changes a few keys of it, and says for itself what it was proved on', () => {
    const platform = loadPlatform(
      file(`
name: my_ios
extends: cisco_ios
terminal: { columns: 80 }
prepare: [{ send: terminal length 0 }]
refusals+: ['^ERROR:']
helpKey: null
modes:
  config: { hostLimit: 31 }
  tcl: { prompt: '^(?<host>\\S+)\\(tcl\\)#$', enter: [{ from: privileged, send: tclsh, refusals: [] }], leave: { send: exit } }
`),
    );
    const { helpKey: _key, cases: _cases, detect: _detect, ...inherited } = ios;
    expect(platform).toEqual({
      ...inherited,
      name: 'my_ios',
      title: 'my_ios',
      verified: [],
      terminal: { ...ios.terminal, columns: 80 },
      prepare: [{ send: 'terminal length 0' }],
      refusals: [...ios.refusals, '^ERROR:'],
      modes: {
        ...ios.modes,
        config: { ...ios.modes.config, hostLimit: 31 },
        tcl: {
          prompt: '^(?<host>\\S+)\\(tcl\\)#$',
          enter: [{ from: 'privileged', send: 'tclsh', refusals: [] }],
          leave: { send: 'exit' },
        },
      },
    });
  });

  test('takes a mode away with null', () => {
    const { modes } = loadPlatform(file('name: my_ios\nextends: cisco_ios\nmodes: { config: null }\n'));
    expect(Object.keys(modes)).toEqual(Object.keys(ios.modes).filter((name) => name !== 'config'));
  });

  test('may take the place of the one that it extends, and of an alias', () => {
    expect(loadPlatform(file('name: cisco_ios\nextends: cisco_ios\nexit: logout\n'))).toMatchObject({
      name: 'cisco_ios',
      exit: 'logout',
      prepare: ios.prepare,
    });
    expect(loadPlatform(file('name: our_xe\nextends: cisco_xe\n')).modes).toEqual(ios.modes);
  });

  test('may extend another file of the folder, in any order', () => {
    const path = files({ 'a.yaml': 'name: a\nextends: b\nexit: leave\n', 'b.yml': 'name: b\nextends: linux\n' });
    const [a, b] = loadPlatforms(path);
    expect([a?.name, a?.exit, b?.name, b?.exit]).toEqual(['a', 'leave', 'b', 'exit']);
    expect(a?.modes).toEqual(loadPlatform('linux').modes);
    expect(() => loadPlatform(path)).toThrow(/holds several platforms \(a, b\); load them with loadPlatforms/);
  });
});

describe('what is wrong is told with its line', () => {
  test.each<[string, string, RegExp]>([
    [
      'a misspelt key',
      `${SMALL}refusal: []\n`,
      /my\.yaml:5: refusal: unknown key 'refusal'; did you mean 'refusals'\?$/,
    ],
    [
      'a misspelt key deep inside',
      "name: my_os\nmodes:\n  exec:\n    prompt: '^a>$'\n    enter: []\n    hostLimt: 3\n",
      /my\.yaml:6: modes\.exec\.hostLimt: unknown key 'hostLimt'; did you mean 'hostLimit'\?$/,
    ],
    [
      'a pattern that does not compile',
      `${SMALL}refusals:\n  - '^ok'\n  - '^('\n`,
      /my\.yaml:7: refusals\.1: is no regular expression/,
    ],
    ['no name', 'modes: {}', /my\.yaml:1: a platform needs the key 'name'$/],
    ['no modes', 'name: my_os', /my\.yaml:1: modes: must hold at least 1; got 0$/],
    ['no mapping', '- name', /my\.yaml:1: a platform must be a mapping/],
    ['no YAML', 'name: [', /my\.yaml:1: not valid YAML/],
    [
      'an unknown base',
      'name: my_os\nextends: cisco_ois\n',
      /my\.yaml:2: extends: there is no platform 'cisco_ois' to extend; did you mean 'cisco_ios'/,
    ],
    ['itself as the base', 'name: my_os\nextends: my_os\n', /my\.yaml:2: extends: cannot extend 'my_os'/],
    [
      'a plus on what is no list',
      'name: my_os\nextends: cisco_ios\nexit+: [x]\n',
      /my\.yaml:3: exit\+: adds to the end of a list, and what is extended has none here/,
    ],
    [
      'a plus with no list',
      'name: my_os\nextends: cisco_ios\nrefusals+: x\n',
      /my\.yaml:3: refusals\+: adds to the end of a list: it must be a list/,
    ],
  ])('%s', (_what, text, message) => {
    expect(problems(() => loadPlatform(file(text)))).toEqual([expect.stringMatching(message)]);
  });

  test('all of it at once, of all files', () => {
    const path = files({
      'a.yaml': 'name: a\nextends: b\n',
      'b.yaml': 'name: b\nextends: a\n',
      'c.yaml': 'name: c\nextends: linux\nexit: 3\nhelpkey: x\n',
      'd.yaml': 'name: c\nextends: linux\n',
    });
    expect(problems(() => loadPlatforms(path))).toEqual([
      expect.stringMatching(/d\.yaml:1: the platform 'c' stands twice, first in .*c\.yaml/),
      expect.stringMatching(/a\.yaml:2: extends: cannot extend 'b'/),
      expect.stringMatching(/b\.yaml:2: extends: cannot extend 'a'/),
      expect.stringMatching(/c\.yaml:3: exit: must be a text; got 3/),
      expect.stringMatching(/c\.yaml:4: helpkey: unknown key 'helpkey'; did you mean 'helpKey'\?/),
    ]);
  });

  test('a place that cannot be read', () => {
    expect(problems(() => loadPlatform(join(folder, 'none.yaml')))).toEqual(['/none.yaml: no such file or folder']);
    expect(problems(() => loadPlatform(files({})))).toEqual([expect.stringMatching(/no platform file in this folder/)]);
    expect(problems(() => loadPlatform(file('\xff', 'a.yaml').replace('a.yaml', 'b.yaml')))).toHaveLength(1);
    expect(() => loadPlatform(new URL('https://example.net/a.yaml'))).toThrow(
      /a platform is read from a file; got an address of https:/,
    );
  });
});

test.each([['^(a+)+$'], ['^(?:q+q+)+x$'], ['^(?:ä|ä+)*!$']])(
  'the pattern %s took ages on a short line, and was only warned of',
  (pattern) => {
    const path = file(`extends: cisco_ios\nname: my_os\nquestions:\n  - '${pattern}'\n`);
    const said = problems(() => loadPlatform(path));
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/my\.yaml:4: questions\.0: takes ages on a line like/);
  },
);

test.skipIf(process.platform === 'win32')('a file without an end was read without an end', () => {
  expect(problems(() => loadPlatforms('/dev/zero'))).toEqual(['/dev/zero: this is no regular file']);
});

test.skipIf(process.platform === 'win32')('a link to nothing made a whole folder fail', () => {
  const path = files({ 'my.yaml': 'extends: cisco_ios\nname: my_os\n' });
  symlinkSync('/nowhere/at/all', join(path, '.#my.yaml'));
  expect(loadPlatforms(path).map(({ name }) => name)).toEqual(['my_os']);
});
