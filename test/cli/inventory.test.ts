import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lines, Place } from './cli.ts';

const place = new Place();
const example = join(import.meta.dirname, '..', '..', 'docs', 'examples', 'network.yaml');
const NETWORK = readFileSync(example, 'utf8').replaceAll('\r\n', '\n');
place.file('devices.yaml', NETWORK);
place.file(
  'secrets.yaml',
  `groups: { core: { device_type: frr, password: hunter2 } }
devices: { R1: { host: 192.0.2.1, groups: core, secret: hunter3 }, R2: { host: 192.0.2.2, groups: core } }
`,
);
const inventory = (...args: string[]) => place.run(['inventory', ...args]);

describe.concurrent('rollcall inventory list', () => {
  test('prints a table of the devices that fit', async () => {
    const { code, stdout, stderr } = await inventory('list', '--where', 'site=fra');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`NAME                   HOST                   PLATFORM   TRANSPORT  GROUPS
R2                     192.0.2.2              cisco_ios  ssh        core, fra
sw-12.fra.example.net  sw-12.fra.example.net  cisco_ios  ssh        access, fra
sw-13.fra.example.net  sw-13.fra.example.net  cisco_ios  telnet     old-access, access, fra
`);
  });

  test('has columns of data, as text and as CSV', async () => {
    const columns = ['--columns', 'name, port,rack.unit,ntp.servers', '--where', 'R1 | fw-1'];
    expect((await inventory('list', ...columns)).stdout).toBe(`NAME  PORT  RACK.UNIT  NTP.SERVERS
R1    22    40         192.0.2.251, 192.0.2.252
fw-1  22    -          192.0.2.251, 192.0.2.252
`);
    expect((await inventory('list', ...columns, '--format', 'csv')).stdout).toBe(
      'name,port,rack.unit,ntp.servers\nR1,22,40,"192.0.2.251, 192.0.2.252"\nfw-1,22,,"192.0.2.251, 192.0.2.252"\n',
    );
  });

  test('writes nothing to the terminal that moves it, and convert no cell that cannot be read', async () => {
    place.file('escape.yaml', 'devices: { R1: { host: a, device_type: frr, data: { note: "\\e[31mred" } } }\n');
    const { stdout } = await inventory('list', '-i', 'escape.yaml', '--columns', 'note', '--format', 'csv');
    expect(stdout).toBe('note\n\\x1b[31mred\n');
    const converted = await inventory('convert', '-i', 'escape.yaml', '--to', 'csv');
    expect(converted).toMatchObject({ stdout: 'name,host,device_type,transport\nR1,a,frr,ssh\n', code: 0 });
    expect(converted.stderr).toContain('data.note (1)');
  });

  test('is read by programs, and holds no secret', async () => {
    const one = { schema: 1, host: '192.0.2.2', port: null, platform: 'frr', transport: 'ssh', username: null };
    const found = { ...one, name: 'R2', groups: ['core'], data: {}, source: { file: 'secrets.yaml', line: 2 } };
    const args = ['list', '-i', 'secrets.yaml', '--where', 'R2'];
    expect(lines((await inventory(...args, '--format', 'ndjson')).stdout)).toEqual([found]);
    expect(JSON.parse((await inventory(...args, '--format', 'json')).stdout)).toEqual([found]);
  });

  test.each([
    [['--columns', 'name,sit'], `--columns: no device has "sit"; did you mean 'site'?`],
    [['--columns', 'name,,site'], '--columns takes names with commas between them'],
    [['--columns', 'name', '--format', 'json'], '--columns goes with --format text or csv'],
    [
      ['--where', 'site=fra', '--columns', 'rack.unti'],
      `no device has "rack.unti"; did you mean 'rack' or 'rack.unit'?`,
    ],
    [['--where', 'role=cor'], 'none of the 6 devices fits "role=cor"'],
    [['-i', 'none.yaml'], 'none.yaml: no such file'],
  ])('%j is refused', async (args, message) => {
    const { code, stdout, stderr } = await inventory('list', ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});

describe.concurrent('rollcall inventory show', () => {
  test('tells of each value where it is from', async () => {
    const { code, stdout } = await inventory('show', 'ts1-line-7', '-i', 'devices.yaml');
    expect(code).toBe(0);
    const shown = stdout.split('\n').map((line) => line.trim().split(/ {2,}/));
    expect(shown[0]).toEqual(['ts1-line-7', 'devices.yaml:44']);
    expect(shown[1]).toEqual(['groups', 'consoles, msk']);
    expect(shown).toContainEqual(['host', 'ts1.msk.example.net', 'devices.yaml:29 (consoles)']);
    expect(shown).toContainEqual(['port', '2007', 'devices.yaml:44']);
    expect(shown).toContainEqual(['username', 'netops', 'devices.yaml:5 (defaults)']);
    expect(shown).toContainEqual(['data.ntp.vrf', 'mgmt', 'devices.yaml:8 (defaults)']);
    expect(shown).toContainEqual(['data.site', 'msk', 'devices.yaml:14 (msk)']);
  });

  test('shows no secret, and what nobody said as a default', async () => {
    const { stdout } = await inventory('show', 'R1', '-i', 'secrets.yaml', '--format', 'json');
    expect(stdout).not.toContain('hunter');
    const { values } = JSON.parse(stdout) as { readonly values: readonly { readonly key: string }[] };
    const at = { file: 'secrets.yaml', path: null };
    expect(values).toEqual([
      { key: 'host', value: '192.0.2.1', from: 'device', group: null, ...at, line: 2 },
      { key: 'device_type', value: 'frr', from: 'group', group: 'core', ...at, line: 1 },
      { key: 'transport', value: 'ssh', from: 'default', group: null, file: null, line: null, path: null },
      { key: 'password', value: '[secret]', from: 'group', group: 'core', ...at, line: 1 },
      { key: 'secret', value: '[secret]', from: 'device', group: null, ...at, line: 2 },
    ]);
    expect((await inventory('show', 'R1', '-i', 'secrets.yaml')).stdout).toMatch(
      /password +\[secret\] +secrets\.yaml:1 \(core\)/,
    );
  });

  test('a device that there is not is refused, with those that are near', async () => {
    const { code, stderr } = await inventory('show', 'R9');
    expect([code, stderr]).toEqual([2, "rollcall: no device \"R9\"; did you mean 'R1' or 'R2'?\n"]);
    const left = await inventory('show', 'R1', '--where', 'R2');
    expect([left.code, left.stderr]).toEqual([2, 'rollcall: "R1" is there, and does not fit --where\n']);
  });
});

describe.concurrent('rollcall inventory check', () => {
  test('counts what is there', async () => {
    const { code, stdout, stderr } = await inventory('check', '-i', 'devices.yaml');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(
      'devices.yaml: 6 devices, 6 groups\n  platforms:  cisco_ios 5, fortinet 1\n  transports: ssh 4, telnet 2\n',
    );
  });

  test('tells of secrets that cannot be had by whoever checks', async () => {
    place.file(
      'missing.yaml',
      'x: &x { device_type: frr, password: { env: NO_SUCH } }\nr:\n- { <<: *x, host: a }\n- { <<: *x, host: b, secret: { prompt: Enable } }\n',
    );
    const { code, stderr } = await inventory('check', '-i', 'missing.yaml');
    expect([code, stderr.split('\n').slice(0, -1)]).toEqual([
      0,
      [
        'rollcall: warning: this secret cannot be had here: a, password (and 1 more): { env: NO_SUCH }: the environment variable NO_SUCH is not set',
        expect.stringMatching(
          /^rollcall: warning: this secret cannot be had here: b, secret: \{ prompt: "Enable" \}: there is nobody/,
        ),
      ],
    ]);
  });

  test('prints every problem, however many there are', async () => {
    place.file(
      'many.yaml',
      `devices:\n${Array.from({ length: 50 }, (_, n) => `  R${n}: { device_type: cisco_ois }`).join('\n')}\n`,
    );
    const { code, stdout, stderr } = await inventory('check', '-i', 'many.yaml');
    expect([code, stdout, stderr.split('\n').length]).toEqual([2, '', 52]);
    expect(stderr).toMatch(/^many\.yaml:11:22: unknown platform "cisco_ois"; did you mean 'cisco_ios'\?$/m);
    expect(stderr).toMatch(/^50 problems: this inventory cannot be used$/m);
    const json = await inventory('check', '-i', 'many.yaml', '--format', 'json');
    const { ok, problems } = JSON.parse(json.stdout) as { readonly ok: boolean; readonly problems: readonly unknown[] };
    expect([json.code, ok, problems.length]).toEqual([2, false, 50]);
  });

  test('warns of what is likely a mistake', async () => {
    place.file(
      'odd.yaml',
      `defaults: { device_type: frr }
groups: { idle: , R1: }
devices: { R1: { host: a, groups: R1 }, R2: { host: a }, R3: { host: a, port: 23 } }
`,
    );
    const { code, stderr } = await inventory('check', '-i', 'odd.yaml');
    expect([code, stderr.split('\n')]).toEqual([
      0,
      [
        'rollcall: warning: no device is in group "idle"',
        'rollcall: warning: a device and a group have the same name, and --where finds both: "R1"',
        'rollcall: warning: two devices have the same address: "R1" and "R2"',
        '',
      ],
    ]);
  });
});

describe.concurrent('rollcall inventory convert', () => {
  test('writes what loads as the same devices, from standard input as well', async () => {
    for (const to of ['native', 'json']) {
      const { code, stdout, stderr } = await place.run(['inventory', 'convert', '-i', '-', '--to', to], {
        stdin: NETWORK,
      });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      place.file(`${to}.out`, stdout);
      const table = async (file: string) => (await inventory('list', '-i', file)).stdout;
      expect(await table(`${to}.out`)).toBe(await table('devices.yaml'));
    }
  });

  test('leaves secrets out, and says so', async () => {
    for (const to of ['native', 'json', 'csv']) {
      const { code, stdout, stderr } = await inventory('convert', '-i', 'secrets.yaml', '--to', to);
      expect([code, stdout.includes('hunter'), stderr.includes('hunter')]).toEqual([0, false, false]);
      expect(stderr).toContain('left out');
    }
  });

  test('writes them into a new file for its owner alone', async () => {
    const refused = await inventory('convert', '-i', 'secrets.yaml', '--with-secrets');
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('--with-secrets prints nothing');
    const args = ['convert', '-i', 'secrets.yaml', '--with-secrets', '--output', 'new.yaml'];
    const written = await inventory(...args);
    expect([written.code, written.stdout]).toEqual([0, '']);
    expect(written.stderr).not.toMatch(/hunter|left out/);
    expect(readFileSync(place.path('new.yaml'), 'utf8')).toContain('hunter2');
    if (process.platform !== 'win32') expect(statSync(place.path('new.yaml')).mode & 0o777).toBe(0o600);
    const again = await inventory(...args);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('new.yaml is there already and is not overwritten; name another file\n');
  });

  test('a folder that cannot be written to is told', async () => {
    const { code, stderr } = await inventory('convert', '--output', join('no', 'such', 'folder.yaml'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/cannot write .*folder\.yaml: /);
  });
});

test('the page has every flag and no other, and the commands', async () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'inventory.md'), 'utf8');
  const [, section = ''] = page.split('\n## `rollcall inventory`\n');
  const written = new Set(
    [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `(?:-\w, )?(--[\w-]+)/gm)].map(([, flag]) => flag),
  );
  const told = new Set<string | undefined>();
  for (const command of ['list', 'show', 'check', 'convert']) {
    const { stdout } = await inventory(command, '--help');
    for (const [, flag] of stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)) told.add(flag);
    expect(section).toContain(`\`rollcall inventory ${command}`);
  }
  told.delete('--help');
  expect([...written].toSorted()).toEqual([...told].toSorted());
});

test('prints the schema that is in the package', async () => {
  const schema = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'inventory.schema.json'), 'utf8');
  const { code, stdout } = await inventory('schema');
  expect([code, stdout]).toEqual([0, schema.replaceAll('\r\n', '\n')]);
});

test('a mistyped command, and none at all, tell what there is', async () => {
  const typo = await inventory('lst');
  expect(typo.code).toBe(2);
  expect(typo.stderr).toContain("unknown command 'lst'\n(Did you mean list?)");
  const none = await inventory();
  expect(none.code).toBe(2);
  expect(none.stderr).toMatch(/list .*\n.*show .*\n.*check .*\n.*convert /);
});
