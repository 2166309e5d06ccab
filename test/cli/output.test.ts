import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Line, lines, Place, statuses } from './cli.ts';

const place = new Place();
const windows = process.platform === 'win32';
let lab: Awaited<ReturnType<Place['lab']>>;
/** R2 is slow and R3's port is closed. */
let mixed: Awaited<ReturnType<Place['lab']>>;
beforeAll(async () => {
  lab = await place.lab('good', { devices: [{}, { commandMs: 80 }, { transport: 'telnet' }] });
  mixed = await place.lab('mixed', { devices: [{}, { commandMs: 80 }, { faults: ['refuse'] }] });
});

const CLOCK = /^\*\d\d:\d\d:\d\d\.\d{3} UTC \w{3} \w{3} +\d+ \d{4}$/;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe.concurrent('ndjson', () => {
  test('one line per device, with these keys in this order', async () => {
    const { code, stdout, stderr } = await place.run(['run', 'sh clock', '-i', lab.file, '--format', 'ndjson']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^3 devices: 3 ok in \d+\.\d s\n$/);
    const records = lines(stdout);
    expect(records.map(({ device }) => device).toSorted()).toEqual(['R1', 'R2', 'R3']);
    const line = stdout.split('\n').find((text) => text.includes('"device":"R1"')) ?? '';
    const record = JSON.parse(line) as Line;
    expect(line).toBe(JSON.stringify(record));
    const time = expect.stringMatching(ISO);
    expect(Object.entries(record)).toEqual([
      ['schema', 1],
      ['runId', expect.stringMatching(/^\d{8}T\d{6}Z-[0-9a-f]{8}$/)],
      ['device', 'R1'],
      ['host', '127.0.0.1'],
      ['port', lab.devices[0]?.port],
      ['platform', 'cisco_ios'],
      ['hostname', 'R1'],
      ['status', 'ok'],
      ['attempts', 1],
      ['responses', [expect.anything()]],
      ['error', null],
      ['worker', expect.stringMatching(/^EventLoopExecutor-0_\d+$/)],
      ['startedAt', time],
      ['elapsedMs', expect.any(Number)],
    ]);
    expect(Object.entries(record.responses[0] ?? {})).toEqual([
      ['command', 'sh clock'],
      ['prompt', 'R1#'],
      ['ok', true],
      ['output', expect.stringMatching(CLOCK)],
      ['startedAt', time],
      ['elapsedMs', expect.any(Number)],
      ['endedBy', 'prompt'],
      ['truncated', false],
    ]);
  });

  test('a failed device has its line too, and its message on standard error', async () => {
    const { code, stdout, stderr } = await place.run(['run', 'sh clock', '-i', mixed.file, '--format', 'ndjson']);
    expect(code).toBe(1);
    expect(statuses(lines(stdout))).toEqual({ R1: 'ok', R2: 'ok', R3: 'unreachable connect_refused' });
    expect(lines(stdout).find(({ device }) => device === 'R3')).toMatchObject({
      hostname: null,
      attempts: 1,
      responses: [],
      error: { code: 'connect_refused', phase: 'connect', message: expect.stringContaining('ECONNREFUSED') },
    });
    expect(stderr).toMatch(/^R3: unreachable: 127\.0\.0\.1:\d+: .*ECONNREFUSED.*\n3 devices: .*2 ok.* in \d\.\d s\n$/);
  });
});

describe.concurrent('json and text', () => {
  test('json is an array of the same, in the order of the inventory', async () => {
    const { code, stdout } = await place.run(['run', 'sh clock', '-i', mixed.file, '--format', 'json']);
    expect(code).toBe(1);
    const records = JSON.parse(stdout) as Line[];
    expect(Object.entries(statuses(records))).toEqual([
      ['R1', 'ok'],
      ['R2', 'ok'],
      ['R3', 'unreachable connect_refused'],
    ]);
    expect(records[0]).toMatchObject({ schema: 1, hostname: 'R1', worker: expect.any(String) });
  });

  test('text is the prompt with the command, then the output, and nothing else', async () => {
    const { code, stdout } = await place.run(['run', 'sh clock', 'sh privilege', '-i', lab.file, '-q']);
    expect(code).toBe(0);
    expect(stdout.replace(/^\*\d\d:.*$/gm, 'CLOCK')).toBe(
      ['R1', 'R2', 'R3']
        .map((name) => `${name}#sh clock\nCLOCK\n${name}#sh privilege\nCurrent privilege level is 15\n`)
        .join(''),
    );
  });

  test('-q leaves standard error to what went wrong', async () => {
    const { stderr } = await place.run(['run', 'sh clock', '-i', mixed.file, '-q']);
    expect(stderr).toMatch(/^R3: unreachable: [^\n]*\n$/);
  });
});

describe.concurrent('order', () => {
  // R1 is the slow one: what comes in input order has it first.
  let slow: Awaited<ReturnType<Place['lab']>>;
  beforeAll(async () => {
    slow = await place.lab('slow', { devices: [{ commandMs: 150 }, {}, {}] });
  });
  const names = (stdout: string): string[] =>
    [...stdout.matchAll(/"device":"(R\d)"|^(R\d)#/gm)].map((m) => m[1] ?? m[2] ?? '');
  const firstIs = async (...flags: string[]): Promise<string | undefined> => {
    const { stdout, code } = await place.run(['run', 'sh clock', '-i', slow.file, ...flags]);
    expect(code).toBe(0);
    const order = names(stdout);
    expect(order.toSorted()).toEqual(['R1', 'R2', 'R3']);
    return order[0];
  };

  test('piped text and json are in input order, ndjson is as it comes', async () => {
    const [text, json, ndjson] = await Promise.all([
      firstIs(),
      firstIs('--format', 'json'),
      firstIs('--format', 'ndjson'),
    ]);
    expect({ text, json, ndjson: ndjson === 'R1' }).toEqual({ text: 'R1', json: 'R1', ndjson: false });
  });

  test('--order says otherwise', async () => {
    const [text, ndjson] = await Promise.all([
      firstIs('--order', 'completed'),
      firstIs('--format', 'ndjson', '--order', 'input'),
    ]);
    expect({ text: text === 'R1', ndjson }).toEqual({ text: false, ndjson: 'R1' });
  });

  test('a file is in input order, ndjson too', async () => {
    const file = place.path('ordered.ndjson');
    const { stdout } = await place.run(['run', 'sh clock', '-i', slow.file, '--format', 'ndjson', '-o', file]);
    expect(stdout).toBe('');
    expect(names(readFileSync(file, 'utf8'))).toEqual(['R1', 'R2', 'R3']);
  });
});

describe.concurrent('-o', () => {
  test('writes the file whole, for its owner alone, and leaves nothing beside it', async () => {
    const folder = place.path('whole');
    mkdirSync(folder);
    const { code, stdout } = await place.run(['run', 'sh clock', '-i', lab.file, '-o', 'whole/out.txt']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(readFileSync(place.path('whole', 'out.txt'), 'utf8')).toMatch(/^R1#sh clock\n\*.*\nR2#sh clock\n/);
    expect(readdirSync(folder)).toEqual(['out.txt']);
    if (!windows) expect(statSync(place.path('whole', 'out.txt')).mode & 0o777).toBe(0o600);
  });

  test('an old good file is not replaced by a run in which no device was ok', async () => {
    const bad = await place.lab('all-bad', { devices: 2, faults: ['refuse'] });
    place.file('kept.txt', 'the old good one');
    const { code, stderr } = await place.run(['run', 'sh clock', '-i', bad.file, '--format', 'json', '-o', 'kept.txt']);
    expect(code).toBe(1);
    expect(stderr).toContain('kept.txt was kept as it was; the output of this run is in kept.txt.failed\n');
    expect(readFileSync(place.path('kept.txt'), 'utf8')).toBe('the old good one');
    expect(JSON.parse(readFileSync(place.path('kept.txt.failed'), 'utf8'))).toHaveLength(2);
    const again = await place.run(['run', 'sh clock', '-i', mixed.file, '--format', 'json', '-o', 'kept.txt']);
    expect(again.code).toBe(1);
    expect(JSON.parse(readFileSync(place.path('kept.txt'), 'utf8'))).toHaveLength(3);
  });

  test.each([
    ['a folder that is not there', 'nowhere/out.txt', /cannot write to nowhere\/out\.txt: .*ENOENT/],
    ['a directory', 'home', /cannot write to home: it is a directory/],
  ])('%s is wrong usage, and nothing is connected', async (_what, path, message) => {
    const own = await place.lab(path.replace('/', '-'), { devices: 1 });
    const { code, stdout, stderr } = await place.run(['run', 'sh clock', '-i', own.file, '-o', path]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.split('\n')).toHaveLength(2);
    expect(own.counters.connections).toBe(0);
  });

  test.skipIf(windows)('a link stays a link, and the file behind it keeps its permissions', async () => {
    writeFileSync(place.path('real.txt'), 'old', { mode: 0o640 });
    symlinkSync('real.txt', place.path('link.txt'));
    const { code } = await place.run(['run', 'sh clock', '-i', lab.file, '-o', 'link.txt']);
    expect(code).toBe(0);
    expect(readFileSync(place.path('real.txt'), 'utf8')).toMatch(/^R1#sh clock/);
    expect(statSync(place.path('real.txt')).mode & 0o777).toBe(0o640);
  });

  test.skipIf(windows)('what is no ordinary file is written to and stays what it is', async () => {
    const { code, stderr } = await place.run(['run', 'sh clock', '-i', lab.file, '-o', '/dev/null']);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^3 devices: 3 ok/)]);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});

describe.concurrent('--output-dir', () => {
  test('one file for each device and command, only of good answers', async () => {
    const { code, stdout, stderr } = await place.run([
      ...['run', 'sh clock', 'sh nonsense', 'sh privilege', '-i', mixed.file, '--output-dir', 'answers'],
    ]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(readdirSync(place.path('answers')).toSorted()).toEqual([
      'R1__sh_clock.txt',
      'R1__sh_privilege.txt',
      'R2__sh_clock.txt',
      'R2__sh_privilege.txt',
    ]);
    expect(readFileSync(place.path('answers', 'R1__sh_privilege.txt'), 'utf8')).toBe(
      'R1#sh privilege\nCurrent privilege level is 15\n',
    );
    expect(stderr).toContain('4 files written to answers\n');
    if (!windows) expect(statSync(place.path('answers', 'R1__sh_clock.txt')).mode & 0o777).toBe(0o600);
  });

  test('json gives each answer as an object, and an old good file outlives a failure', async () => {
    mkdirSync(place.path('json'));
    place.file('json/R3__sh_privilege.json', 'old');
    place.file('json/R1__sh_privilege.json', 'old');
    const { code } = await place.run([
      ...['run', 'sh privilege', '-i', mixed.file, '--output-dir', 'json', '--format', 'json'],
    ]);
    expect(code).toBe(1);
    expect(readFileSync(place.path('json', 'R3__sh_privilege.json'), 'utf8')).toBe('old');
    expect(JSON.parse(readFileSync(place.path('json', 'R1__sh_privilege.json'), 'utf8'))).toMatchObject({
      command: 'sh privilege',
      ok: true,
      output: 'Current privilege level is 15',
    });
  });

  test('hostile device names stay in the folder', async () => {
    const port = lab.devices[0]?.port;
    const names = [
      '../../etc/passwd',
      'CON',
      'a/b',
      'a:b',
      'A_B',
      '..',
      '-rf',
      'nul.txt',
      'ä'.repeat(200),
      '.hidden',
      '😀',
    ];
    const text = names.map((name) =>
      [
        `- name: ${JSON.stringify(name)}`,
        ...['device_type: cisco_ios', 'host: 127.0.0.1', `port: ${port}`, 'username: cisco', 'password: cisco'],
      ].join('\n  '),
    );
    const { code, stderr } = await place.run(
      ['run', 'sh privilege', '-i', '-', '--output-dir', 'hostile/files', '--per-device', '11'],
      {
        stdin: text.join('\n'),
      },
    );
    expect([code, stderr]).toEqual([0, expect.stringContaining(`${names.length} files written`)]);
    const files = readdirSync(place.path('hostile', 'files'));
    expect(files).toHaveLength(names.length);
    expect(readdirSync(place.path('hostile'))).toEqual(['files']);
    for (const file of files) {
      expect(file).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*__sh_privilege\.txt$/);
      expect(file).not.toMatch(/^(?:con|nul)[._]/i);
      expect(file.length).toBeLessThan(240);
    }
    expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(names.length);
    expect(files).toContain('etc_passwd__sh_privilege.txt');
    expect(files).toContain('x_CON__sh_privilege.txt');
    expect(existsSync('/etc/passwd__sh_privilege.txt')).toBe(false);
  });

  test('a file in its place is wrong usage', async () => {
    place.file('in-the-way', '');
    const { code, stderr } = await place.run(['run', 'sh clock', '-i', lab.file, '--output-dir', 'in-the-way']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^rollcall: cannot write to the folder in-the-way: EEXIST.*\n$/);
  });
});
