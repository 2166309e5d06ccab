import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { loadPlatform, platformNames } from 'rollcall/platforms';
import { beforeAll, describe, expect, test } from 'vitest';
import { lines, Place } from './cli.ts';

const place = new Place();
const MY_IOS = "name: my_ios\nextends: cisco_ios\nrefusals+: ['^Current privilege level is 15']\n";
let inventory: string;

beforeAll(async () => {
  const lab = await place.lab('devices', { devices: 2 });
  place.file('my_ios.yaml', MY_IOS);
  inventory = readFileSync(lab.file, 'utf8').replaceAll('device_type: cisco_ios', 'device_type: my_ios');
  place.file('mine.yaml', inventory);
});

describe.concurrent('a platform of the user', () => {
  // What it refuses and no platform of the catalogue does tells that the file was heard where the session runs.
  const refused = ['rejected command_refused', 'rejected command_refused'];
  const outcome = (stdout: string): string[] => lines(stdout).map(({ status, error }) => `${status} ${error?.code}`);
  const command = ['run', 'show privilege', '-i', 'mine.yaml', '--format', 'ndjson'];

  test.each(['sequential', 'loop', 'threads', 'processes'])('goes with the call (%s)', async (executor) => {
    const { code, stdout, stderr } = await place.run([
      ...command,
      ...['--platform-file', 'my_ios.yaml', '--executor', executor],
    ]);
    expect([code, outcome(stdout)], stderr).toEqual([1, refused]);
    expect(lines(stdout)[0]?.responses[0]?.output).toBe('Current privilege level is 15');
  });

  test('is found in a folder, and by ROLLCALL_PLATFORMS, which the flag goes before', async () => {
    mkdirSync(place.path('folder'));
    writeFileSync(place.path('folder', 'my_ios.yml'), MY_IOS);
    const mild = place.file('mild.yaml', 'name: my_ios\nextends: cisco_ios\n');
    const env = {
      ROLLCALL_PLATFORMS: ['folder', place.file('other.yaml', 'name: other\nextends: linux\n')].join(delimiter),
    };
    expect(outcome((await place.run([...command, '--platform-file', 'folder'])).stdout)).toEqual(refused);
    expect(outcome((await place.run(command, { env })).stdout)).toEqual(refused);
    const { code } = await place.run([...command, '--platform-file', mild], { env });
    expect(code).toBe(0);
  });

  test('is found on a device that nobody knows, in another process too', async () => {
    place.file('unknown.yaml', inventory.replaceAll('my_ios', 'autodetect'));
    const probe = "detect: { probe: { send: show version, answer: '^Cisco IOS Software' } }";
    place.file('detected.yaml', `${MY_IOS}${probe}\n`);
    const { stdout, stderr } = await place.run([
      ...['run', 'show privilege', '-i', 'unknown.yaml', '--format', 'ndjson', '--executor', 'processes'],
      ...['--platform-file', 'detected.yaml'],
    ]);
    expect(outcome(stdout), stderr).toEqual(refused);
    expect(lines(stdout).map((line) => (line as { platform?: string }).platform)).toEqual(['my_ios', 'my_ios']);
  });

  test('is a name in an inventory that is pinged, too', async () => {
    const { port } = (await place.lab('pinged', { devices: 1 })).devices[0] ?? {};
    place.file('ping.yaml', '- { host: 127.0.0.1, device_type: my_ios }\n');
    const ping = ['ping', '-i', 'ping.yaml', '--tcp', String(port)];
    expect((await place.run(ping)).code).toBe(2);
    expect((await place.run([...ping, '--platform-file', 'my_ios.yaml'])).code).toBe(0);
  });

  test('without its file is unknown, before anything is connected', async () => {
    const { code, stderr } = await place.run(command);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(
        /mine\.yaml:\d+:\d+: unknown platform "my_ios"; `rollcall platforms list` .* --platform-file/,
      ),
    ]);
  });

  test('that is wrong is told with its line, before anything is connected', async () => {
    place.file('wrong.yaml', 'name: my_ios\nextends: cisco_ios\nrefusal: []\n');
    const { code, stdout, stderr } = await place.run([...command, '--platform-file', 'wrong.yaml']);
    expect([code, stdout, stderr]).toEqual([
      2,
      '',
      "rollcall: wrong.yaml:3: refusal: unknown key 'refusal'; did you mean 'refusals'?\n",
    ]);
  });
});

describe.concurrent('rollcall platforms', () => {
  test('list has every name once, and the files of the user', async () => {
    const { code, stdout } = await place.run(['platforms', 'list', '--platform-file', 'my_ios.yaml', '--json']);
    const rows = JSON.parse(stdout) as { name: string; covered: string; by: string }[];
    expect(code).toBe(0);
    expect(rows.map(({ name }) => name)).toEqual([...platformNames(), 'my_ios'].sort());
    const row = (name: string) => rows.find((one) => one.name === name);
    expect(row('my_ios')).toMatchObject({ covered: 'your file', by: 'my_ios' });
    expect(row('cisco_ios')).toMatchObject({ covered: 'own file', by: 'cisco_ios' });
    expect(row('cisco_xe')).toMatchObject({ covered: 'same system', by: 'cisco_ios' });
    expect(row('terminal_server')).toMatchObject({ covered: 'generic rules', by: 'generic' });
    const table = await place.run(['platforms', 'list']);
    expect(table.stdout.split('\n')).toHaveLength(platformNames().length + 2);
    expect(table.stdout).toMatch(/^cisco_xe +as cisco_ios +/m);
  });

  test.each(['cisco_xe', 'linux', 'accedian'])('show %s prints what a file may hold', async (name) => {
    const { code, stdout } = await place.run(['platforms', 'show', name]);
    expect(code).toBe(0);
    expect(loadPlatform(place.file(`shown-${name}.yaml`, stdout))).toEqual(loadPlatform(name));
    const check = await place.run(['platforms', 'check', `shown-${name}.yaml`]);
    expect([check.code, check.stderr]).toEqual([0, '']);
    expect(check.stdout).toMatch(/^shown-\w+\.yaml: \w+: \d+ cases?, 0 problems, 0 warnings\n$/);
  });

  test('show names the nearest where there is none', async () => {
    const { code, stderr } = await place.run(['platforms', 'show', 'cisco_ois']);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^rollcall: unknown platform 'cisco_ois'; did you mean 'cisco_ios'/),
    ]);
  });

  test('check tells every problem with its line, counts the cases, and ends with 2', async () => {
    const text = `
name: my_os
extends: cisco_ios
refusals: ['Error']
modes: { tcl: null }
cases:
  prompts:
    exec: ['R1>']
    privileged: ['R1>']
    config: ['R1(config)#']
  noPrompts: ['R1']
  refused:
    - { answer: ['% Incomplete command.'], line: '% Incomplete command.' }
  notRefused: []
  transcripts:
    - title: clock
      before: "R1#"
      command: show clock
      received: "show clock\\r\\nnoon\\r\\nR1#"
      output: midnight
      mode: privileged
`;
    place.file('bad.yaml', text);
    const { code, stdout, stderr } = await place.run(['platforms', 'check', 'my_ios.yaml', 'bad.yaml']);
    expect([code, stdout]).toEqual([
      2,
      'my_ios.yaml: my_ios: 0 cases, 0 problems, 0 warnings\nbad.yaml: my_os: 6 cases, 3 problems, 1 warning\n',
    ]);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^bad\.yaml:4: warning: refusals\.0: is not anchored/),
      "bad.yaml:9: cases.prompts.privileged.0: must fit 'privileged' alone; it fits the modes exec",
      expect.stringMatching(/^bad\.yaml:13: cases\.refused\.0: must be refused by/),
      expect.stringMatching(/^bad\.yaml:16: cases\.transcripts\.0: 'clock': the output must be "midnight"; got "noon"/),
    ]);
  });

  test('check of a folder, of nothing, and of a file with a syntax error', async () => {
    mkdirSync(place.path('several'));
    writeFileSync(join(place.path('several'), 'a.yaml'), 'name: a\nextends: linux\n');
    writeFileSync(join(place.path('several'), 'b.json'), '{"name": "b", "extends": "a"}');
    const several = await place.run(['platforms', 'check', 'several']);
    expect([several.code, several.stdout.match(/0 problems/g)?.length]).toEqual([0, 2]);
    place.file('syntax.yaml', 'name: [\n');
    expect(await place.run(['platforms', 'check', 'syntax.yaml'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^syntax\.yaml:\d: not valid YAML: /),
    });
    expect((await place.run(['platforms', 'check'])).code).toBe(2);
    expect((await place.run(['platforms'])).code).toBe(2);
  });

  test('every flag that the page names is one, and no other', async () => {
    const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'cli.md'), 'utf8');
    const [, section = ''] = page.split('\n## `rollcall platforms`');
    const named = [...section.matchAll(/^\| `(--[\w-]+)/gm)].map(([, flag]) => flag);
    const helps = await Promise.all(
      ['list', 'show', 'check'].map((command) => place.run(['platforms', command, '--help'])),
    );
    const told = helps.flatMap(({ stdout }) =>
      [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, flag]) => flag),
    );
    expect(named.sort()).toEqual([...new Set(told)].filter((flag) => flag !== '--help').sort());
  });
});
