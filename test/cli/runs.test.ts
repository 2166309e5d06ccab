import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listRuns, type RunSummary, readJournal } from 'rollcall';
import type { Lab } from 'rollcall/lab';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { type Ended, type Line, lines, Place, type Running, statuses, until } from './cli.ts';

// Each test starts the program several times, one after another.
vi.setConfig({ testTimeout: 90_000 });
const place = new Place();
let lab: Lab & { readonly file: string };
/** Its devices take their time for a command, so that a run of them can be stopped in the middle. */
let slow: Lab & { readonly file: string };
beforeAll(async () => {
  lab = await place.lab('lab', { devices: 4, transport: 'telnet' });
  slow = await place.lab('slow', { devices: 5, transport: 'telnet', commandMs: 300, password: 'lab-password-1' });
});

/** What the program itself shows is looked at in a test of its own: a start of it takes half a second. */
const runs = (journal: string): readonly RunSummary[] => listRuns(place.path(journal)).runs;

const show = (wanted: string, journal: string): Line[] => {
  const id = wanted === 'latest' ? runs(journal)[0]?.id : wanted;
  return id === undefined ? [] : ([...readJournal(place.path(journal, `${id}.ndjson`)).records()] as unknown as Line[]);
};

const names = (text: string): string[] => lines(text).map(({ device }) => device);

/** Runs the slow devices one after another, and ends that by a signal when the first is done. */
async function stopped(journal: string, signal: NodeJS.Signals, more: readonly string[] = []): Promise<Ended> {
  const flags = ['-i', slow.file, '--workers', '1', '--journal', journal, '--format', 'ndjson', ...more];
  const running = place.start(['run', 'show clock', ...flags]);
  await until(() => expect(running.stdout()).toContain('\n'));
  running.child.kill(signal);
  return running.ended;
}

/** A task that takes its time. */
const TASK = `
export default async (device, { say }) => {
  await new Promise((resolve) => setTimeout(resolve, 400));
  return { said: say };
};`;

describe.concurrent('a run is written down as it goes', () => {
  test('and is listed and shown as it was printed, the newest first', async () => {
    const flags = ['-i', lab.file, '--journal', 'listed'];
    const first = await place.run(['run', 'show clock', 'show bogus', ...flags, '--format', 'ndjson']);
    const second = await place.run(['run', 'show version', ...flags]);
    expect([first.code, second.code]).toEqual([1, 0]);
    const listed = await place.run(['runs', '--journal', 'listed', '--format', 'json']);
    const [newest, oldest, ...others] = JSON.parse(listed.stdout) as RunSummary[];
    expect(others).toEqual([]);
    const id = lines(first.stdout).map((line) => (line as Line & { runId: string }).runId)[0] ?? '';
    expect(oldest).toMatchObject({
      ...{ id, command: expect.stringContaining("rollcall run 'show clock' 'show bogus' -i "), devices: 4 },
      ...{ ended: true, state: 'finished', counts: { ok: 0, rejected: 4, unreachable: 0 } },
    });
    expect([newest?.counts.ok, newest?.ended]).toEqual([4, true]);
    expect(Date.parse(newest?.startedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(oldest?.startedAt ?? ''));
    const byName = (a: Line, b: Line): number => (a.device < b.device ? -1 : 1);
    const shown = await place.run(['runs', 'show', id, '--journal', 'listed', '--format', 'ndjson']);
    expect(lines(shown.stdout).sort(byName)).toEqual(lines(first.stdout).sort(byName));
    const text = await place.run(['runs', 'show', 'latest', '--journal', 'listed']);
    expect([text.code, text.stdout]).toEqual([0, second.stdout]);
    const failed = await place.run(['runs', 'show', id, '--journal', 'listed', '--status', 'ok', '--format', 'json']);
    expect(failed.stdout).toBe('[]\n');
    const table = await place.run(['runs', '--journal', 'listed', '--limit', '1']);
    expect(table.stdout.split('\n')).toEqual([
      expect.stringMatching(/^ID +STARTED +DEVICES +OK +NOT OK +STATE +COMMAND$/),
      expect.stringMatching(/^\S+ +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +4 +4 +0 +finished +rollcall run 'show version' /),
      '',
    ]);
  });

  test('in the state directory where no folder is named, and nowhere with --no-journal', async () => {
    const env = { XDG_STATE_HOME: place.path('own-state') };
    expect(await place.run(['run', 'show clock', '-i', lab.file, '--no-journal'], { env })).toMatchObject({ code: 0 });
    expect(existsSync(place.path('own-state', 'rollcall', 'runs'))).toBe(false);
    expect(await place.run(['run', 'show clock', '-i', lab.file], { env })).toMatchObject({ code: 0 });
    expect(readdirSync(place.path('own-state', 'rollcall', 'runs'))).toHaveLength(1);
  });

  test('by two at once into one folder', async () => {
    const flags = ['-i', lab.file, '--journal', 'both', '--format', 'ndjson'];
    const both = await Promise.all([1, 2].map(() => place.run(['run', 'show clock', ...flags])));
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(runs('both').map(({ ended, counts }) => [ended, counts.ok])).toEqual([
      [true, 4],
      [true, 4],
    ]);
  });

  test('without the answers where that was asked for', async () => {
    const flags = ['-i', lab.file, '--journal', 'quiet', '--journal-outputs', 'none'];
    await place.run(['run', 'show clock', ...flags]);
    const [line] = show('latest', 'quiet');
    expect(line?.responses).toMatchObject([{ command: 'show clock', output: '' }]);
    expect((await place.run(['runs', 'show', 'latest', '--journal', 'quiet'])).stderr).toMatch(/answers .* not kept/);
    await place.run(['rerun', 'latest', '--journal', 'quiet']);
    expect(runs('quiet')).toHaveLength(2);
    expect(show('latest', 'quiet')[0]?.responses, 'of the repetition').toMatchObject([{ output: '' }]);
  });

  test('as many of them stay as ROLLCALL_JOURNAL_KEEP says, or `prune` is told', async () => {
    const run = (keep: string) =>
      place.run(['run', 'show clock', '-i', lab.file, '--journal', 'kept'], { env: { ROLLCALL_JOURNAL_KEEP: keep } });
    for (const keep of ['all', 'all', '2']) expect(await run(keep)).toMatchObject({ code: 0 });
    expect(runs('kept')).toHaveLength(2);
    expect(await run('few')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('ROLLCALL_JOURNAL_KEEP is how'),
    });
    const prune = (...flags: string[]) => place.run(['runs', 'prune', '--journal', 'kept', ...flags]);
    expect(await prune('--older-than', '1h')).toMatchObject({ code: 0, stdout: '' });
    expect(await prune('--keep', '1', '--dry-run')).toMatchObject({ stderr: 'rollcall: 1 run to be removed\n' });
    expect(runs('kept')).toHaveLength(2);
    const [newest] = runs('kept');
    expect(await prune('--keep', '1')).toMatchObject({ code: 0, stderr: 'rollcall: 1 run removed\n' });
    expect(runs('kept').map(({ id }) => id)).toEqual([newest?.id]);
  });
});

describe.concurrent('resume', () => {
  test('calls whom a killed run has not got to, and nobody else, and reports them alone', async () => {
    const { stdout, signal } = await stopped('killed', 'SIGKILL');
    expect(signal).toBe('SIGKILL');
    const reported = names(stdout);
    const [before] = runs('killed');
    expect(before).toMatchObject({ ended: false, state: 'killed', devices: 5, counts: { ok: expect.any(Number) } });
    const kept = show('latest', 'killed').map(({ device }) => device);
    expect(kept).toEqual(expect.arrayContaining(reported));
    const id = before?.id ?? '';
    const resumed = await place.run(['resume', id, '--journal', 'killed', '--format', 'ndjson', '--workers', '5']);
    expect(resumed).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(`${5 - kept.length} of 5 devices are left`),
    });
    expect([...names(resumed.stdout), ...kept].sort()).toEqual(['R1', 'R2', 'R3', 'R4', 'R5']);
    expect(lines(resumed.stdout).every((line) => (line as Line & { runId: string }).runId === id)).toBe(true);
    expect(show(id, 'killed').map(({ device }) => device)).toEqual(['R1', 'R2', 'R3', 'R4', 'R5']);
    expect(runs('killed')).toMatchObject([{ id, ended: true, state: 'finished', counts: { ok: 5 } }]);
    const again = await place.run(['resume', id, '--journal', 'killed']);
    expect(again).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('nothing is left to resume') });
    expect(await place.run(['resume', '--journal', 'killed'])).toMatchObject({ code: 2 });
  });

  test.skipIf(process.platform === 'win32')(
    'goes on after Ctrl-C, from another folder, into the same files',
    async () => {
      mkdirSync(place.path('there'));
      writeFileSync(place.path('there', 'devices.yaml'), readFileSync(slow.file));
      const there = { cwd: place.path('there') };
      const args = ['run', 'show clock', '--workers', '1', '--output-dir', 'answers', '--journal', '../interrupted'];
      const running = start(args, there);
      await until(() => expect(readdirSync(place.path('there'))).toContain('answers'));
      await until(() => expect(readdirSync(place.path('there', 'answers')).join()).toContain('.txt'));
      running.child.kill('SIGINT');
      expect(await running.ended).toMatchObject({
        code: 130,
        stderr: expect.stringMatching(/^rollcall resume 2\S+ calls/m),
      });
      const [before] = runs('interrupted');
      expect(before).toMatchObject({ ended: false, state: 'interrupted', counts: { cancelled: expect.any(Number) } });
      const { code, stderr } = await place.run(['resume', '--journal', 'interrupted', '--workers', '5']);
      expect([code, stderr]).toEqual([0, expect.stringMatching(/devices: \d ok in/)]);
      const files = readdirSync(place.path('there', 'answers')).sort();
      expect(files).toEqual([1, 2, 3, 4, 5].map((at) => `R${at}__show_clock.txt`));
      expect(runs('interrupted')).toMatchObject([{ ended: true, counts: { ok: 5 } }]);
    },
  );

  test('does not put a part of the results in the place of the output file', async () => {
    const flags = ['-i', slow.file, '--workers', '1', '--journal', 'file', '-o', 'out.txt'];
    const running = place.start(['run', 'show clock', ...flags]);
    await until(() => expect(show('latest', 'file').length).toBeGreaterThan(0));
    running.child.kill('SIGKILL');
    await running.ended;
    const resumed = await place.run(['resume', 'latest', '--journal', 'file', '--workers', '5']);
    expect(resumed).toMatchObject({ code: 0, stdout: expect.stringMatching(/R5#show clock/) });
    expect(existsSync(place.path('out.txt'))).toBe(false);
  });

  test('skips a device that the inventory has no more, and calls none that is new in it', async () => {
    await stopped('changed', 'SIGKILL');
    const text = readFileSync(slow.file, 'utf8');
    const changed = text.replace(/name: R5\b/, 'name: R9');
    expect(changed).not.toBe(text);
    place.file('changed.yaml', changed);
    const flags = ['--journal', 'changed', '-i', 'changed.yaml', '--format', 'ndjson', '--workers', '5'];
    const { code, stdout, stderr } = await place.run(['resume', 'latest', ...flags]);
    expect([code, statuses(lines(stdout))]).toEqual([
      1,
      expect.objectContaining({ R4: 'ok', R5: 'skipped bad_inventory' }),
    ]);
    expect(names(stdout)).not.toContain('R9');
    expect(stderr).toMatch(/skipped.*no longer among the selected devices of the inventory/);
    // It is back: what was skipped has not had its turn.
    const back = await place.run(['resume', 'latest', '--journal', 'changed', '-i', slow.file, '--format', 'ndjson']);
    expect([back.code, names(back.stdout)]).toEqual([0, ['R5']]);
  });

  test('without an id names the run that has stopped itself, and with it calls whom that has skipped', async () => {
    const closed = readFileSync(slow.file, 'utf8').replace(/port: \d+/, 'port: 1');
    place.file('closed.yaml', closed);
    const flags = ['--journal', 'stopped', '--format', 'ndjson'];
    const first = await place.run(['run', 'show clock', '-i', 'closed.yaml', '--batch', '1', ...flags]);
    expect([first.code, statuses(lines(first.stdout)).R5]).toEqual([1, 'skipped not_started']);
    const [{ id = '' } = {}] = runs('stopped');
    const unnamed = await place.run(['resume', ...flags]);
    expect([unnamed.code, unnamed.stderr]).toEqual([2, expect.stringContaining(`rollcall resume ${id}\` calls these`)]);
    const resumed = await place.run(['resume', id, '-i', slow.file, ...flags]);
    expect([resumed.code, names(resumed.stdout).sort()]).toEqual([0, ['R2', 'R3', 'R4', 'R5']]);
  });

  test('does a task again, and what it returned is shown as the run shows it', async () => {
    place.file('clock.mjs', TASK);
    const flags = ['--journal', 'task', '--workers', '1'];
    const running = place.start(['run', '--task', 'clock.mjs', '--input', '{"say":"noon"}', '-i', slow.file, ...flags]);
    await until(() => expect(show('latest', 'task').length).toBeGreaterThan(0));
    running.child.kill('SIGKILL');
    await running.ended;
    const { length: kept } = show('latest', 'task');
    const resumed = await place.run(['resume', 'latest', '--journal', 'task', '--format', 'ndjson', '--workers', '5']);
    expect([resumed.code, names(resumed.stdout).length]).toEqual([0, 5 - kept]);
    const shown = await place.run(['runs', 'show', 'latest', '--journal', 'task']);
    expect(shown.stdout).toBe([1, 2, 3, 4, 5].map((at) => `R${at}:\n  said: noon\n`).join(''));
  });

  test('asks for an inventory that came from standard input', async () => {
    const args = ['run', 'show clock', '-i', '-', '--workers', '1', '--journal', 'stdin', '--format', 'ndjson'];
    const running = place.start(args, { stdin: readFileSync(slow.file, 'utf8') });
    await until(() => expect(running.stdout()).toContain('\n'));
    running.child.kill('SIGKILL');
    await running.ended;
    const refused = await place.run(['resume', 'latest', '--journal', 'stdin']);
    expect(refused).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('give it again with -i FILE'),
    });
    const flags = ['--journal', 'stdin', '--workers', '5', '-i', slow.file];
    expect(await place.run(['resume', 'latest', ...flags])).toMatchObject({ code: 0 });
  });

  test('has no secret of the commands, and takes them again', async () => {
    const command = 'show run | include snmp-server community hush-hush RO';
    await stopped('withheld', 'SIGKILL', [command]);
    const [file = ''] = readdirSync(place.path('withheld')).filter((name) => name.endsWith('.ndjson'));
    expect(readFileSync(place.path('withheld', file), 'utf8')).not.toContain('hush-hush');
    const resume = ['resume', 'latest', '--journal', 'withheld', '--workers', '5'];
    const refused = await place.run(resume);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('(command 2); give its commands again') });
    const other = await place.run([...resume, '--commands-from', '-'], { stdin: 'show clock\nshow version\n' });
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('does not hold the commands of that run') });
    const again = await place.run([...resume, '--commands-from', '-'], { stdin: `show clock\n${command}\n` });
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('"prompt":"R5#"')]);
  });

  test('of a task that was given a secret in words is refused, and the journal does not have it', async () => {
    place.file('told.mjs', TASK);
    const flags = ['--journal', 'told', '-i', lab.file];
    await place.run(['run', '--task', 'told.mjs', '--input', '{"token":"hush-hush-1"}', ...flags]);
    const [file = ''] = readdirSync(place.path('told'));
    expect(readFileSync(place.path('told', file), 'utf8')).not.toContain('hush-hush');
    const refused = await place.run(['rerun', 'latest', '--journal', 'told']);
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('a secret in --input') });
    // Nothing is done again where each has its result.
    const whole = await place.run(['resume', 'latest', '--journal', 'told']);
    expect(whole).toMatchObject({ code: 0, stderr: expect.stringContaining('nothing is left to resume') });
  });

  test('of a run that goes on, or is being resumed, is refused with the process that has it', async () => {
    const flags = ['--journal', 'held', '--format', 'ndjson'];
    const running = place.start(['run', 'show clock', '-i', slow.file, '--workers', '1', ...flags]);
    await until(() => expect(running.stdout()).toContain('\n'));
    const refused = await place.run(['resume', 'latest', '--journal', 'held']);
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`is still going on, in process ${running.child.pid}`),
    });
    expect(runs('held')).toMatchObject([{ ended: false, state: 'running' }]);
    running.child.kill('SIGKILL');
    await running.ended;
    const both = await Promise.all([1, 2].map(() => place.run(['resume', 'latest', ...flags, '--workers', '1'])));
    expect(both.map(({ code }) => code).sort()).toEqual([0, 2]);
    expect(both.find(({ code }) => code === 2)?.stderr).toMatch(/is still going on, in process|by another process/);
    expect(show('latest', 'held').map(({ status }) => status)).toEqual(Array(5).fill('ok'));
  });
});

test.concurrent('rerun does the same again as a run of its own, on all or on those that are not ok', async () => {
  const text = readFileSync(lab.file, 'utf8');
  place.file('half.yaml', text.replace(/(name: R2\b[\s\S]*?password: )\S+/, '$1wrong-password'));
  const flags = ['--journal', 'again', '--format', 'ndjson'];
  const first = await place.run(['run', 'show clock', '-i', 'half.yaml', ...flags]);
  expect([first.code, statuses(lines(first.stdout)).R2]).toEqual([1, 'authentication authentication']);
  const id = runs('again')[0]?.id ?? '';
  const failed = await place.run(['rerun', '--failed', id, '-i', lab.file, ...flags]);
  expect([failed.code, names(failed.stdout)]).toEqual([0, ['R2']]);
  expect(runs('again')).toMatchObject([
    { rerunOf: id, devices: 1, counts: { ok: 1 } },
    { id, counts: { ok: 3 } },
  ]);
  const all = await place.run(['rerun', id, ...flags]);
  expect([all.code, names(all.stdout).sort()]).toEqual([1, ['R1', 'R2', 'R3', 'R4']]);
  const none = await place.run(['rerun', '--failed', runs('again')[1]?.id ?? '', '--journal', 'again']);
  expect(none).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('every device is ok') });
});

test.concurrent('diff compares two runs, and its exit code says whether they are the same', async () => {
  const flags = ['-i', lab.file, '--journal', 'diff'];
  for (const _ of [1, 2]) await place.run(['run', 'show clock', 'show ip interface brief', ...flags]);
  const [second, first] = runs('diff').map(({ id }) => id);
  const diff = (...more: string[]) => place.run(['diff', first ?? '', second ?? '', '--journal', 'diff', ...more]);
  const changed = await diff();
  expect(changed.code).toBe(1);
  expect(changed.stdout).toMatch(/^--- \S+ rollcall run .*\n\+\+\+ \S+ rollcall run /);
  expect(changed.stdout).toMatch(/^=== R3: show clock\n@@ -1,1 \+1,1 @@\n-\*\d.*\n\+\*\d.*\n/m);
  expect(changed.stdout).not.toContain('show ip interface brief\n@@');
  const same = await diff('--ignore', String.raw`^\*?\d+:\d+:\d+`, '--format', 'json');
  expect(same).toMatchObject({ code: 0, stdout: '[]\n' });
  const json = JSON.parse((await diff('--format', 'json')).stdout) as unknown[];
  expect(json).toHaveLength(4);
  expect(json[0]).toMatchObject({ device: 'R1', change: 'changed', commands: [{ command: 'show clock' }] });
  // One that no backtracking engine comes to an end with.
  expect(await diff('--ignore', '^(\\S+\\s*)+!$')).toMatchObject({ code: 1 });
}, 60_000);

describe.concurrent('a journal that cannot be written does not stop the run: it is told loudly, and is exit code 3', () => {
  const loud = /^rollcall: NOT JOURNALED: cannot write the journal .*; the run goes on \(--no-journal/m;

  test('a folder that cannot be made', async () => {
    place.file('a-file', '');
    const run = await place.run([
      'run',
      'show clock',
      '-i',
      lab.file,
      '--journal',
      'a-file/runs',
      '--format',
      'ndjson',
    ]);
    expect([run.code, names(run.stdout)]).toEqual([3, expect.arrayContaining(['R1', 'R2', 'R3', 'R4'])]);
    expect(run.stderr).toMatch(loud);
    expect(run.stderr).toMatch(/^rollcall: this run is not, or not wholly, in a journal/m);
  });

  test.skipIf(process.platform !== 'linux')('a folder that allows no file', async () => {
    const run = await place.run(['run', 'show clock', '-i', lab.file, '--journal', '/proc/self', '--format', 'ndjson']);
    expect([run.code, names(run.stdout).length, run.stderr]).toEqual([3, 4, expect.stringMatching(loud)]);
  });

  // A file may have so many blocks of 1,024 bytes: what is more is refused, after a part of it, as a full disk does.
  const limited = (blocks: number) => ({
    under: ['bash', '-c', `ulimit -f ${blocks}; exec "$@"`, 'bash'],
    env: { NODE_DISABLE_COMPILE_CACHE: '1' },
  });

  test.skipIf(process.platform !== 'linux')(
    'one that breaks in the middle has what went before, and no half line',
    async () => {
      const args = ['run', 'show version', '-i', lab.file, '--journal', 'breaks', '--format', 'ndjson'];
      const run = await place.run(args, limited(3));
      expect([run.code, names(run.stdout).length]).toEqual([3, 4]);
      expect(run.stderr).toMatch(/^rollcall: NOT JOURNALED from here on: breaks\/.*\.ndjson: .*; the run goes on/m);
      expect(run.stderr.match(/NOT JOURNALED/g)).toHaveLength(1);
      const [file = ''] = readdirSync(place.path('breaks'));
      const text = readFileSync(place.path('breaks', file), 'utf8');
      for (const line of text.trimEnd().split('\n')) JSON.parse(line);
      expect(text.endsWith('\n')).toBe(true);
      const [before] = runs('breaks');
      expect(before).toMatchObject({ ended: false, state: 'killed' });
      const resumed = await place.run(['resume', 'latest', '--journal', 'breaks', '--format', 'ndjson']);
      expect([resumed.code, names(resumed.stdout).length + (before?.counts.ok ?? 0)]).toEqual([0, 4]);
      expect(runs('breaks')).toMatchObject([{ ended: true, counts: { ok: 4 } }]);
    },
  );

  test.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
    'a disk that is full from the start',
    async () => {
      mkdirSync(place.path('disk'));
      // 8 kB: one of 4 for the folder's own use is left when the file has filled the other.
      const mount = ['-t', 'tmpfs', '-o', 'size=8k', 'rollcall-test', place.path('disk')];
      expect(spawnSync('mount', mount).status).toBe(0);
      try {
        writeFileSync(place.path('disk', 'full'), 'x'.repeat(8192));
        const run = await place.run([
          'run',
          'show clock',
          '-i',
          lab.file,
          '--journal',
          'disk/runs',
          '--format',
          'ndjson',
        ]);
        expect([run.code, names(run.stdout).length]).toEqual([3, 4]);
        expect(run.stderr).toMatch(loud);
        expect(run.stderr).toContain('no space is left there');
        expect(readdirSync(place.path('disk', 'runs'))).toEqual([]);
        // Room for the beginning, and not for all of it.
        writeFileSync(place.path('disk', 'full'), 'x'.repeat(4000));
        const args = ['run', 'show running-config', '-i', lab.file, '--journal', 'disk/runs', '--format', 'ndjson'];
        const middle = await place.run(args);
        expect([middle.code, names(middle.stdout).length]).toEqual([3, 4]);
        expect(middle.stderr).toMatch(/^rollcall: NOT JOURNALED/m);
        rmSync(place.path('disk', 'full'));
        for (const name of readdirSync(place.path('disk', 'runs'))) {
          for (const line of readFileSync(place.path('disk', 'runs', name), 'utf8')
            .trimEnd()
            .split('\n'))
            JSON.parse(line);
        }
      } finally {
        spawnSync('umount', [place.path('disk')]);
      }
    },
  );

  test('resume is refused before anybody is called, with exit code 3: what it did would be done again', async () => {
    if (process.platform !== 'linux') return;
    await stopped('stuck', 'SIGKILL');
    const called = slow.counters.connections;
    const run = await place.run(['resume', 'latest', '--journal', 'stuck'], limited(0));
    expect(run).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('cannot write the journal') });
    expect(slow.counters.connections - called).toBeLessThan(6);
  });
});

test.concurrent.each([
  ['a run that is not there', ['runs', 'show', 'nope'], /there are no journals of runs in /],
  ['nothing to resume', ['resume'], /no run in .* is left to be resumed/],
  ['a word behind runs', ['runs', 'shwo'], /unknown command 'shwo'; for one run: rollcall runs show ID/],
  ['a status that is none', ['runs', 'show', 'x', '--status', 'okay'], /Expected statuses with commas between them/],
  ['an age without a unit', ['runs', 'prune', '--older-than', '30'], /Expected a number with m, h or d behind it/],
  ['one run to compare', ['diff', 'x'], /missing required argument 'second'/],
  ['a pattern that is none', ['diff', 'x', 'y', '--ignore', '('], /--ignore takes a regular expression/],
  ['a mistyped flag', ['resume', '--wokers', '3'], /unknown option '--wokers'\n\(Did you mean --workers\?\)/],
  ['an empty folder name', ['runs', '--journal='], /--journal takes a folder, and got an empty text/],
  ['outputs that there are not', ['run', 'x', '--journal-outputs', 'some'], /choices are redacted, none, full/],
])('%s is exit code 2, with a message that says what to do', async (_what, args, message) => {
  const env = { XDG_STATE_HOME: place.path('empty-state') };
  const { code, stdout, stderr } = await place.run(args, { env });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
});

test.concurrent('a journal whose header is cut is told by its name, and the others are listed', async () => {
  await place.run(['run', 'show clock', '-i', lab.file, '--journal', 'headless']);
  const bad = join('headless', '20990101T000000Z-00000000.ndjson');
  place.file(bad, '{"schema":1,"type":"run","id":"2099');
  const { code, stdout, stderr } = await place.run(['runs', '--journal', 'headless', '--format', 'json']);
  expect([code, (JSON.parse(stdout) as unknown[]).length]).toEqual([0, 1]);
  expect(stderr).toContain(`${bad} has no whole first line`);
  const resumed = await place.run(['resume', '2099', '--journal', 'headless']);
  expect(resumed).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(bad) });
});

function start(args: readonly string[], { cwd }: { readonly cwd: string }): Running {
  return place.start(args, { under: ['env', '-C', cwd] });
}
