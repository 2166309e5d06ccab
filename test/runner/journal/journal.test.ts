import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { listRuns, openJournal, type Result, readJournal, run, Secret, type TaskContext, taskRecordOf } from 'rollcall';
import { describe, expect, test } from 'vitest';
import { compareRuns, findRun, pruneRuns, takeRun } from '#dist/runner/index.js';
import { device, folderForTests, okResult, response } from './use.ts';

const folder = folderForTests();
let count = 0;
const room = (): string => join(folder, String(count++), 'runs');

describe('a run with a journal', () => {
  const devices = ['R1', 'R2', 'R3'].map(device);
  const answer = async ({ name }: { name: string }, input: string) => ({
    hostname: name,
    responses: [response(input)],
  });

  test('is on disk before anybody hears of a result, under its own id, for its owner alone', async () => {
    const directory = room();
    const journal = await openJournal({ directory, devices, command: 'audit' });
    const heard: string[] = [];
    const observer = {
      result: ({ device: { name } }: { readonly device: { readonly name: string } }) => {
        expect(readJournal(journal.path).statuses.get(name)).toBe('ok');
        heard.push(name);
      },
    };
    const { runId, counts } = await run(answer, devices, { input: 'noon', journal, observers: [observer] });
    expect([heard.length, runId, counts.ok]).toEqual([3, journal.id, 3]);
    const { summary } = readJournal(journal.path);
    expect(summary).toEqual({
      ...{ id: runId, startedAt: expect.any(String), command: 'audit', devices: 3, counts: { ok: 3 } },
      ...{ ended: true, state: 'finished' },
    });
    expect(readdirSync(directory)).toEqual([`${runId}.ndjson`]);
    if (process.platform === 'win32') return;
    expect([statSync(journal.path).mode & 0o777, statSync(directory).mode & 0o777]).toEqual([0o600, 0o700]);
  });

  test('that is called off is one to go on with: who has not had a turn is missing', async () => {
    const journal = await openJournal({ directory: room(), devices, command: 'audit' });
    const stop = new AbortController();
    const task = async ({ name }: { name: string }, _input: null, { signal }: TaskContext) => {
      if (name === 'R1') return { hostname: null, responses: [] };
      stop.abort();
      throw signal?.reason;
    };
    await run(task, devices, { input: null, journal, signal: stop.signal });
    expect(readJournal(journal.path).summary).toMatchObject({
      ...{ ended: false, state: 'interrupted', counts: { ok: 1, cancelled: 2 } },
    });
  });

  test('goes on while nobody has ended it: `running`, and `killed` once its process has gone', async () => {
    const directory = room();
    const source = `import { openJournal } from ${JSON.stringify(import.meta.resolve('rollcall'))};
      const journal = await openJournal({ directory: ${JSON.stringify(directory)}, devices: [{ name: 'R1' }], command: 'x' });
      process.kill(process.pid, 'SIGKILL');`;
    const journal = await openJournal({ directory, devices, command: 'mine' });
    spawnSync(process.execPath, ['--input-type=module', '-e', source]);
    const states = Object.fromEntries(listRuns(directory).runs.map(({ command, state }) => [command, state]));
    expect(states).toEqual({ mine: 'running', x: 'killed' });
    journal.end();
    expect(readJournal(journal.path).summary.state).toBe('interrupted');
  });
});

describe('what of a secret is in a journal:', () => {
  const secret = 'correct-horse-7';
  const target = {
    ...device('R1'),
    password: new Secret(secret),
    route: { jump: [{ password: new Secret('jump-9x') }] },
  };
  const says = [
    `hostname R1\nsnmp-server community hushhush RO\nbanner ${secret}`,
    `-----BEGIN RSA PRIVATE KEY-----\nMIIabcdef\n-----END RSA PRIVATE KEY-----\nvia jump-9x`,
    'plain ünïcode\n  text\n',
  ];

  async function kept(outputs?: 'redacted' | 'none' | 'full') {
    const journal = await openJournal({ directory: room(), devices: [target], command: 'x', outputs });
    journal.result(okResult(target, ...says));
    journal.end();
    const record = readJournal(journal.path).record('R1');
    return { text: readFileSync(journal.path, 'utf8'), outputs: record?.responses?.map(({ output }) => output) };
  }

  test('nothing, by default: neither what the platform calls secret, nor what the devices have', async () => {
    const { text, outputs } = await kept();
    expect(text).not.toMatch(/correct-horse|hushhush|MIIabc|jump-9x/);
    expect(outputs).toEqual([
      'hostname R1\nsnmp-server community [secret] RO\nbanner [secret]',
      '-----BEGIN RSA PRIVATE KEY-----\n[secret]\n-----END RSA PRIVATE KEY-----\nvia [secret]',
      'plain ünïcode\n  text\n',
    ]);
  });

  test('nothing, and no answer either, with `none`', async () => {
    expect((await kept('none')).outputs).toEqual(['', '', '']);
  });

  test('what devices say, with `full`; what they are logged in to with only where they say it', async () => {
    const { text, outputs } = await kept('full');
    expect(outputs).toEqual(says);
    expect(text).not.toContain('password');
  });

  test('a block that is cut off in one answer is no block in the next', async () => {
    const journal = await openJournal({ directory: room(), devices: [target], command: 'x' });
    journal.result(okResult(target, '-----BEGIN RSA PRIVATE KEY-----\nMIIabcdef', 'all is well'));
    expect(readJournal(journal.path).record('R1')?.responses?.[1]?.output).toBe('all is well');
    journal.end();
  });

  test('a word that the device is called by is no secret that blanking would keep', async () => {
    const named = { ...device('R1'), username: 'admin', password: new Secret('admin'), secret: new Secret('cisco') };
    const journal = await openJournal({ directory: room(), devices: [named], command: 'x' });
    journal.result(okResult(named, 'http://www.cisco.com\nusername admin password admin'));
    const [response] = readJournal(journal.path).record('R1')?.responses ?? [];
    expect(response?.output).toBe('http://www.cisco.com\nusername admin password [secret]');
    journal.end();
  });

  test('what a task returns under a name that says that it is one', async () => {
    const value = { users: [{ name: 'bob', password: 'hunter22' }], note: 'as it was' };
    const journal = await openJournal({ directory: room(), devices: [target], record: taskRecordOf });
    journal.result({ ...okResult(target), value: { hostname: null, value } } as Result);
    journal.end();
    const record = readJournal(journal.path).record('R1') as { value?: unknown } | undefined;
    expect(record?.value).toEqual({ users: [{ name: 'bob', password: '[secret]' }], note: 'as it was' });
  });

  test('of a fleet with a secret for each device, each its own', async () => {
    const many = Array.from({ length: 100 }, (_, at) => ({
      ...device(`R${at}`),
      password: new Secret(`own-secret-${at}-x`),
    }));
    const journal = await openJournal({ directory: room(), devices: many, command: 'x' });
    for (const [at, one] of many.entries()) journal.result(okResult(one, `it is own-secret-${at}-x`));
    journal.end();
    expect(readFileSync(journal.path, 'utf8')).not.toContain('own-secret');
  });
});

describe('one journal has one writer:', () => {
  async function left(): Promise<{ readonly id: string; readonly path: string }> {
    const journal = await openJournal({ directory: room(), devices: [device('R1'), device('R2')], command: 'x' });
    journal.result(okResult(device('R1'), 'noon'));
    journal.end();
    return journal;
  }
  const held = (path: string, text: string): void => writeFileSync(`${path}.held`, text);

  test('a run that goes on is refused with the number of its process', async () => {
    const journal = await openJournal({ directory: room(), devices: [device('R1')], command: 'x' });
    await expect(takeRun(journal.path, journal.id)).rejects.toThrow(
      `run ${journal.id} is still going on, in process ${process.pid}`,
    );
    journal.end();
    (await takeRun(journal.path, journal.id)).release();
  });

  test('of many that resume at once one does, and the others are refused', async () => {
    const { path, id } = await left();
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => takeRun(path, id)));
    const taken = all.filter((one) => one.status === 'fulfilled');
    expect(taken).toHaveLength(1);
    taken[0]?.value.release();
    expect(existsSync(`${path}.held`)).toBe(false);
  });

  test.each([
    ['a process that has ended', () => `${spawnSync(process.execPath, ['-e', '']).pid} ${hostname()}`],
    ...(process.platform === 'linux'
      ? [['a number that another process has now', () => `${process.pid} ${hostname()} 12345678-1`] as const]
      : []),
  ] as const)('what %s has left behind is no hindrance', async (_who, name) => {
    const { path, id } = await left();
    held(path, name());
    const taken = await takeRun(path, id);
    expect(taken.read.summary.counts).toEqual({ ok: 1 });
    taken.release();
  });

  test('one that was killed before it wrote its name hinders for a moment only', async () => {
    const { path, id } = await left();
    held(path, '');
    await expect(takeRun(path, id)).rejects.toThrow('being started or resumed by another process');
    const long = new Date(Date.now() - 60_000);
    utimesSync(`${path}.held`, long, long);
    (await takeRun(path, id)).release();
  });

  test('where nobody can tell who it is, that run is told, and the others are listed', async () => {
    const { path } = await left();
    const other = await openJournal({ directory: dirname(path), devices: [device('R1')] });
    other.end();
    // Killed: without its last line.
    writeFileSync(path, readFileSync(path, 'utf8').replace(/.*\n$/, ''));
    mkdirSync(`${path}.held`);
    const { runs, problems } = listRuns(dirname(path));
    expect([runs.map(({ id }) => id), problems]).toEqual([
      [other.id],
      [expect.stringContaining(`cannot read ${path}.held: `)],
    ]);
  });

  test('one of another machine is told with the file that says so', async () => {
    const { path, id } = await left();
    held(path, '17 another-machine');
    await expect(takeRun(path, id)).rejects.toThrow(
      `in process 17 on another-machine; if that has ended, remove ${path}.held`,
    );
    // Nothing was written for a day: that machine's process has ended, whatever the file says.
    const long = new Date(Date.now() - 25 * 60 * 60_000);
    utimesSync(path, long, long);
    (await takeRun(path, id)).release();
  });
});

describe('a folder of journals', () => {
  const day = (at: number): string => `202601${String(at).padStart(2, '0')}T000000Z-0000000${at % 10}`;

  function written(...ids: string[]): string {
    const directory = room();
    mkdirSync(directory, { recursive: true });
    for (const [at, id] of ids.entries()) {
      const startedAt = `2026-01-01T00:00:0${at}.000Z`;
      const header = { schema: 1, type: 'run', id, startedAt, command: `run ${at}`, devices: 0, outputs: 'redacted' };
      writeFileSync(join(directory, `${id}.ndjson`), `${JSON.stringify(header)}\n`);
    }
    return directory;
  }

  test('lists the newest first, also within one second, and tells what is no use', () => {
    const directory = written('20260101T000000Z-ffffffff', '20260101T000000Z-00000000', '20260101T000000Z-88888888');
    writeFileSync(join(directory, '20260102T000000Z-00000000.ndjson'), '{"schema":1,"type":"ru');
    writeFileSync(join(directory, 'notes.ndjson'), 'mine');
    const { runs, problems } = listRuns(directory);
    expect(runs.map(({ command }) => command)).toEqual(['run 2', 'run 1', 'run 0']);
    expect(problems).toEqual([expect.stringContaining('20260102T000000Z-00000000.ndjson has no whole first line')]);
    expect(listRuns(directory, { limit: 1 }).runs.map(({ command }) => command)).toEqual(['run 2']);
    expect(findRun(directory, 'latest')).toBe('20260101T000000Z-88888888');
  });

  test('that is not there has no runs', () => {
    expect(listRuns(room())).toEqual({ runs: [], problems: [] });
  });

  test('finds a run by the beginning of its id where only one has it', () => {
    const directory = written('20260101T000000Z-aaaaaaaa', '20260101T000000Z-bbbbbbbb', '20260102T000000Z-aaaaaaaa');
    expect(findRun(directory, '20260102')).toBe('20260102T000000Z-aaaaaaaa');
    expect(() => findRun(directory, '20260101')).toThrow(/beginning of 2 runs: 20260101T000000Z-bbbbbbbb, 2026/);
    expect(() => findRun(directory, '2027')).toThrow(/there is no run '2027'/);
    expect(() => findRun(directory, '../../etc/passwd')).toThrow(/there is no run/);
  });

  test('loses what is beyond the number and the age, and nothing that is not a journal', async () => {
    const ids = [1, 2, 3, 4, 5].map(day);
    const directory = written(...ids);
    writeFileSync(join(directory, 'notes.ndjson'), 'mine');
    writeFileSync(
      join(directory, `${day(1)}.ndjson.held`),
      `${spawnSync(process.execPath, ['-e', '']).pid} ${hostname()}`,
    );
    const now = Date.parse('2026-01-06T00:00:00Z');
    const days = (count: number): number => count * 86_400_000;
    expect(pruneRuns(directory, { keep: 2, dryRun: true, now })).toEqual([day(3), day(2), day(1)]);
    expect(pruneRuns(directory, { keep: 2, youngerThanMs: days(3.5), now })).toEqual([day(2), day(1)]);
    expect(pruneRuns(directory, { keep: 'all', now })).toEqual([]);
    expect(readdirSync(directory).sort()).toEqual([...[3, 4, 5].map((at) => `${day(at)}.ndjson`), 'notes.ndjson']);
  });

  test('of a clock that was ahead do not stay for ever, and are not newer than the run that prunes', async () => {
    const directory = room();
    const journal = await openJournal({ directory, devices: [device('R1')], command: 'x' });
    journal.end();
    const ahead = '20991231T235959Z-00000001';
    writeFileSync(join(directory, `${ahead}.ndjson`), '');
    expect(pruneRuns(directory, { keep: 1, dryRun: true, spare: journal.id })).toEqual([]);
    expect(pruneRuns(directory, { keep: 0, dryRun: true })).toEqual([ahead, journal.id]);
  });

  test('keeps what is being written, however old', async () => {
    const directory = written(day(1), day(2));
    const path = join(directory, `${day(1)}.ndjson`);
    const taken = await takeRun(path, day(1));
    expect(pruneRuns(directory, { keep: 0 })).toEqual([day(2)]);
    taken.release();
    expect(pruneRuns(directory, { keep: 0 })).toEqual([day(1)]);
  });
});

test('two runs are compared by device and command', async () => {
  const before = ['same', 'status', 'gone', 'text'].map(device);
  const after = ['same', 'status', 'new', 'text'].map(device);
  const first = await openJournal({ directory: room(), devices: before, command: 'x' });
  const second = await openJournal({ directory: room(), devices: after, command: 'x' });
  const lost = { code: 'unreachable', phase: 'connect', message: 'no answer' } as const;
  for (const one of before) first.result(okResult(one, 'uptime is 1 day\na\nb\nc', 'noon'));
  for (const one of after) {
    const result = okResult(
      one,
      one.name === 'text' ? 'uptime is 2 days\na\nB\nc' : 'uptime is 3 days\na\nb\nc',
      'noon',
    );
    second.result(one.name === 'status' ? { ...result, status: 'unreachable', error: lost, value: undefined } : result);
  }
  first.end();
  second.end();
  const all = async (ignore: RegExp[]) => {
    const found: unknown[] = [];
    for await (const one of compareRuns(readJournal(first.path), readJournal(second.path), { ignore })) found.push(one);
    return found;
  };
  const diff = '@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n';
  expect(await all([/^uptime is/])).toEqual([
    { device: 'status', change: 'changed', statuses: ['ok', 'unreachable'], commands: [] },
    { device: 'gone', change: 'only_in_first', statuses: ['ok', null], commands: [] },
    {
      ...{ device: 'text', change: 'changed', statuses: ['ok', 'ok'] },
      commands: [{ command: 'show clock', change: 'changed', diff }],
    },
    { device: 'new', change: 'only_in_second', statuses: [null, 'ok'], commands: [] },
  ]);
  expect(await all([])).toHaveLength(5);
});

test('two runs of a task are compared by what it returned, in whatever order its keys are', async () => {
  const devices = ['same', 'other', 'nothing'].map(device);
  const values = [
    [{ mtu: 1500, up: true }, { mtu: 1500 }, null],
    [{ up: true, mtu: 1500 }, { mtu: 9000 }, null],
  ];
  const journals = values.map(async (returned) => {
    const journal = await openJournal({ directory: room(), devices, command: 'x', record: taskRecordOf as never });
    for (const [at, one] of devices.entries()) {
      journal.result({ ...okResult(one), value: { hostname: null, value: returned[at] } } as Result);
    }
    journal.end();
    return readJournal(journal.path);
  });
  const [first, second] = await Promise.all(journals);
  if (first === undefined || second === undefined) throw new Error('there are two');
  const diff = '@@ -1,3 +1,3 @@\n {\n-  "mtu": 1500\n+  "mtu": 9000\n }\n';
  const found: unknown[] = [];
  for await (const one of compareRuns(first, second)) found.push(one);
  expect(found).toEqual([
    {
      ...{ device: 'other', change: 'changed', statuses: ['ok', 'ok'] },
      commands: [{ command: '(task)', change: 'changed', diff }],
    },
  ]);
});

test.each([
  [{ devices: 'R1' }, 'devices must be a list; got the text'],
  [{ devices: [], outputs: 'some' }, "outputs must be 'redacted', 'none' or 'full'; got the text \"some\""],
  [{ devices: [], output: 'full' }, "openJournal has no option 'output'"],
])('options %j are refused', async (options, message) => {
  await expect(openJournal(options as never)).rejects.toThrow(message);
});

test('a folder that cannot be made is an error that names it', async () => {
  const blocked = join(folder, 'a-file');
  writeFileSync(blocked, '');
  await expect(openJournal({ directory: join(blocked, 'runs'), devices: [] })).rejects.toMatchObject({
    code: 'journal_lost',
    message: expect.stringContaining(`cannot write the journal ${join(blocked, 'runs')}`),
  });
});
