import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { type CliOptions, lines, Place, type Running, statuses, until } from '../cli/cli.ts';
import { Terminal } from '../cli/tmux.ts';
import { needOrSkip } from '../real/needs.ts';
import { type Fleet, startFleet } from './fleet.ts';
import { Plants } from './plants.ts';
import { filesIn, Watch } from './watch.ts';

// Each test starts several programs, all at once.
vi.setConfig({ testTimeout: 90_000 });
const place = new Place();
const plants = new Plants();
let fleet: Fleet;
beforeAll(async () => {
  fleet = await startFleet(place, plants);
}, 60_000);

/** Writes the inventory of these devices, of all where none is named, and returns its name. */
function inventory(file: string, ...names: readonly string[]): string {
  const wanted = Object.entries(fleet.devices).filter(([name]) => names.length === 0 || names.includes(name));
  const values = wanted.map(([name, one]) => ({ name, ...one.values, ...(name === 'tower' ? fleet.tower() : {}) }));
  place.file(`${file}.yaml`, JSON.stringify(values));
  return `${file}.yaml`;
}

interface Seen {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The command line and the environment of each process, but for the environment that the user gave the first. */
  readonly shown: readonly string[];
}

async function seenOf({ child, ended }: Running): Promise<Seen> {
  const watch = new Watch(child.pid ?? 0);
  return { ...(await ended.finally(() => watch.end())), shown: watch.end() };
}

/** Runs the program with secrets in its environment. */
const watched = (args: readonly string[], options: CliOptions = {}): Promise<Seen> =>
  seenOf(place.start(args, { deadlineMs: 40_000, ...options, env: { ...fleet.env, ...options.env } }));

function expectNothingIn({ stdout = '', stderr = '', shown = [] }: Partial<Seen>): void {
  const where: Record<string, string> = { stdout, stderr, ...Object.fromEntries(shown.entries()) };
  const found = Object.entries(where).flatMap(([name, text]) =>
    plants.in(text).map((what) => `${what} in ${/^\d+$/.test(name) ? text : name}`),
  );
  expect(found).toEqual([]);
}

/** Files for their owner alone, and nothing secret in them. */
function expectQuietFiles(folder: string): void {
  const files = filesIn(folder);
  expect(files.length).toBeGreaterThan(0);
  for (const { path, mode, text } of files) {
    expect([path, plants.in(text), mode]).toEqual([path, [], expect.stringMatching(/^[67]00$/)]);
  }
  expect((statSync(folder).mode & 0o777).toString(8)).toBe('700');
}

const TIMES = ['--connect-timeout', '10', '--idle-timeout', '3'];

describe
  .skipIf(process.platform !== 'linux')
  .concurrent('nothing that is secret is shown, written or handed on by', () => {
    test.each(['sequential', 'loop', 'threads', 'processes'])('a run of all, with --executor %s', async (executor) => {
      const pool = executor === 'threads' || executor === 'processes' ? ['--per-worker', '30', '--workers', '1'] : [];
      const flags = [
        '-i',
        inventory(`all-${executor}`),
        '--known-hosts',
        'known',
        '--log',
        '--format',
        'ndjson',
        '--record',
        `rec-${executor}`,
      ];
      const seen = await watched(['run', 'show clock', ...flags, '--executor', executor, ...pool, ...TIMES]);
      const expected = Object.entries(fleet.devices).map(([name, { becomes }]) => [name, becomes]);
      expect(statuses(lines(seen.stdout))).toEqual(Object.fromEntries(expected));
      expectNothingIn(seen);
      expectQuietFiles(place.path(`rec-${executor}`));
      // What was looked at: a program in a terminal, a proxy command, a worker.
      expect(seen.shown.join('\n')).toMatch(/script .*--norc/);
      expect(seen.shown.join('\n')).toMatch(/relay\.mjs 127\.0\.0\.1/);
      if (executor === 'processes') expect(seen.shown.join('\n')).toMatch(/worker-main/);
    });

    test('a recording of a device that shows its configuration and what it was told, byte by byte, and its replay', async () => {
      const commands = ['show running-config', 'show secrets'];
      const flags = ['-i', inventory('says', 'says-all'), '--record', 'rec-says', '--output-dir', 'out'];
      const { code, ...seen } = await watched(['run', ...commands, ...flags, ...TIMES]);
      expect(code).toBe(0);
      expectNothingIn(seen);
      expectQuietFiles(place.path('rec-says'));
      // The answers themselves are the user's.
      const out = filesIn(place.path('out'));
      for (const one of fleet.configured) expect(out.map(({ text }) => text).join()).toContain(one);
      expect(out.map(({ mode }) => mode)).toEqual(['600', '600']);
      const recording = readFileSync(place.path('rec-says', 'says-all.rec'), 'utf8');
      expect(recording).toContain('"snmp-server community \\[secret] RO\\r\\n"');

      const replay = place.start(['replay', 'rec-says/says-all.rec', '--inventory-out', 'replayed.yaml'], {
        deadlineMs: 40_000,
        env: fleet.env,
      });
      const replayed = seenOf(replay);
      await until(() => expect(replay.stdout()).toContain('Ctrl-C stops.'));
      const again = await watched(['run', ...commands, '-i', 'replayed.yaml', ...TIMES]);
      expectNothingIn(again);
      expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('snmp-server community [secret] RO')]);
      replay.child.kill('SIGINT');
      expectNothingIn(await replayed);
      expect(plants.in(readFileSync(place.path('replayed.yaml'), 'utf8'))).toEqual([]);
    });

    test.each(['loop', 'threads', 'processes'])(
      'a run whose secrets are referred to, with --executor %s',
      async (executor) => {
        const [value, environment] = [
          plants.make(`of a program (${executor})`),
          plants.make(`of a variable (${executor})`),
        ];
        const [sealed, second] = [
          plants.make(`encrypted (${executor})`),
          plants.make(`of a second credential (${executor})`),
        ];
        const names = ['a', 'b', 'c', 'd', 'e'];
        const secrets = [value, environment, sealed, second, value];
        const devices = names.map((name, at) => ({
          name,
          username: 'ann',
          password: secrets[at] ?? '',
          secret: value,
        }));
        const lab = await place.lab(`referred-${executor}`, { devices });
        const vault = place.file(`vault-${executor}`, `${value}\nsecond line\n`);
        const encrypt = async (text: string): Promise<string> =>
          JSON.parse(
            /^\{ age: (".*") \}\n$/.exec((await place.run(['secret', 'encrypt'], { stdin: text })).stdout)?.[1] ?? '',
          );
        if (!existsSync(place.path('home', '.config'))) await place.run(['secret', 'keygen']);
        const command = { command: ['sh', '-c', `sleep 0.3; echo to-standard-error >&2; cat '${vault}'`] };
        const fails = { command: ['sh', '-c', `cat '${vault}'; head -1 '${vault}' >&2; exit 1`] };
        const age = { age: await encrypt(sealed) };
        const refused = { password: { age: await encrypt(plants.make(`refused (${executor})`)) } };
        const own = [
          { password: command },
          { password: { env: 'NETPW' } },
          { password: age },
          { ...refused, credentials: [{ password: { age: await encrypt(second) } }] },
          { password: fails },
        ];
        const values = lab.devices.map(({ name, host, port }, at) => ({
          ...{ name, host, port, device_type: 'cisco_ios', username: 'ann', secret: command, ...own[at] },
        }));
        place.file(`referred-${executor}.yaml`, JSON.stringify(values));
        const flags = [
          '-i',
          `referred-${executor}.yaml`,
          '--record',
          `rec-ref-${executor}`,
          '--log',
          '--format',
          'ndjson',
        ];
        const workers = executor === 'loop' ? [] : ['--workers', '1', '--per-worker', '5'];
        const { shown, ...seen } = await watched(
          ['run', 'show clock', ...flags, '--executor', executor, ...workers, ...TIMES],
          {
            env: { NETPW: environment },
          },
        );
        expect(statuses(lines(seen.stdout))).toEqual({ a: 'ok', b: 'ok', c: 'ok', d: 'ok', e: 'failed credential' });
        // Programs inherit what the user has put into the environment; nothing else shows it.
        expectNothingIn({ ...seen, shown: shown.map((text) => text.replaceAll(`NETPW=${environment}`, '')) });
        expectQuietFiles(place.path(`rec-ref-${executor}`));
        expect(shown.join('\n')).toMatch(/sh -c sleep 0\.3/);
      },
    );

    test('a journal of a run, and what is shown of it', async () => {
      const journal = ['--journal', 'journal'];
      const devices = ['ssh', 'env', 'hop', 'wrong', 'key', 'says-all', 'says-enable', 'says-good-bye'];
      const flags = ['-i', inventory('journaled', ...devices), ...journal, '--format', 'ndjson', ...TIMES];
      const commands = ['show clock', 'show running-config', 'show secrets'];
      const seen = await watched(['run', ...commands, ...flags]);
      expect(lines(seen.stdout)).toHaveLength(devices.length);
      expectQuietFiles(place.path('journal'));
      const text = filesIn(place.path('journal')).map((file) => file.text);
      expect(text.join()).toContain('snmp-server community [secret] RO');
      for (const one of fleet.configured) expect(text.join()).not.toContain(one);
      const again = await watched(['rerun', '--failed', 'latest', ...journal, ...TIMES]);
      expectNothingIn({ stdout: again.stdout, stderr: again.stderr, shown: again.shown });
      expectQuietFiles(place.path('journal'));
      for (const args of [['runs'], ['runs', 'show', 'latest', '--format', 'json'], ['resume', 'latest']]) {
        expectNothingIn(await watched([...args, ...journal]));
      }
    });

    test('put and get, to devices that refuse', async () => {
      place.file('small', 'x');
      const files = inventory('files', 'ssh', 'wrong', 'hop', 'says-good-bye', 'no-hop', 'proxy');
      for (const args of [
        ['put', 'small', 'flash:small'],
        ['get', 'flash:small', 'got/{device}'],
      ]) {
        const seen = await watched([...args, '-i', files, '--format', 'ndjson', ...TIMES]);
        expect(seen.code).toBe(1);
        expectNothingIn(seen);
      }
    });

    test('an agent with two runs, and what it starts', async () => {
      const folder = place.path('runtime');
      mkdirSync(folder, { mode: 0o700 });
      chmodSync(folder, 0o700);
      const env = { ...fleet.env, XDG_RUNTIME_DIR: folder };
      const agent = place.start(['agent', 'start'], { env, deadlineMs: 60_000 });
      const held = seenOf(agent);
      await until(() => expect(agent.stdout()).toMatch(/^the agent listens at /));
      const through = inventory(
        'kept',
        'ssh',
        'env',
        'proxy',
        'hop',
        'wrong',
        'says-enable',
        'says-good-bye',
        'socks',
        'key',
      );
      for (const round of [1, 2]) {
        const seen = await watched(['run', 'show clock', '-i', through, '--format', 'ndjson', ...TIMES], { env });
        expect([
          round,
          seen.stderr.match(/going on without/),
          lines(seen.stdout).filter(({ status }) => status === 'ok').length,
        ]).toEqual([round, null, 4]);
        expectNothingIn(seen);
      }
      const status = await watched(['agent', 'status', '--json'], { env });
      expect(JSON.parse(status.stdout)).toHaveLength(4);
      expectNothingIn(status);
      const own = filesIn(join(folder, 'rollcall')).map(({ mode }) => mode);
      expect(own).toEqual(['600']);
      await watched(['agent', 'stop'], { env });
      const seen = await held;
      expect(seen.shown.join('\n')).toMatch(/relay\.mjs/);
      expectNothingIn(seen);
    });

    test('a program of the library with workers, one of which crashes, that prints all that it has', async () => {
      place.file(
        'objects.yaml',
        readFileSync(
          place.path(
            inventory(
              'objects-all',
              'ssh',
              'hop',
              'second',
              'wrong',
              'says-enable',
              'says-good-bye',
              'socks',
              'key',
              'no-tower',
              'proxy',
              'tower',
            ),
          ),
          'utf8',
        ),
      );
      const child = spawn(process.execPath, [join(import.meta.dirname, 'objects.mjs')], {
        cwd: place.folder,
        env: { ...place.env, ...fleet.env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const said = { stdout: '', stderr: '' };
      for (const name of ['stdout', 'stderr'] as const)
        child[name].setEncoding('utf8').on('data', (text: string) => (said[name] += text));
      const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
      const running: Running = {
        child,
        ended: ended.then((code) => ({ code, signal: null, ...said })),
        stdout: () => said.stdout,
        stderr: () => said.stderr,
      };
      const seen = await seenOf(running);
      expect([seen.code, seen.stdout.match(/== a crash/g)?.length, seen.stdout]).toEqual([
        0,
        2,
        expect.stringContaining('== the password is there 28'),
      ]);
      expect(seen.stdout.match(/== the session of ssh/g)).toHaveLength(6);
      // Tasks find it in workers of either kind, whose own environment does not show it.
      const had = new Set(seen.stdout.match(/== process \d+ has .*/g));
      expect([...had].filter((one) => !one.endsWith('has 28'))).toEqual([]);
      expect(had.size).toBeGreaterThan(1);
      expect(seen.shown.join('\n')).toMatch(/worker-main/);
      expectNothingIn(seen);
    });

    test('ping, of which another program takes the place: the system’s own shows its environment to nobody', async () => {
      mkdirSync(place.path('bin'));
      writeFileSync(place.path('bin', 'ping'), '#!/bin/sh\nsleep 0.3\n', { mode: 0o700 });
      const seen = await watched(['ping', '127.0.0.1'], { env: { PATH: `${place.path('bin')}:${place.env.PATH}` } });
      expect(seen.shown.join('\n')).toMatch(/bin\/ping .*127\.0\.0\.1/);
      expectNothingIn(seen);
    });

    describe('a terminal', () => {
      needOrSkip('terminal');
      test('at which a person answers questions, and types what a device asks for', async () => {
        place.file('asking.yaml', JSON.stringify([{ name: 'asking', ...fleet.asking }]));
        const terminal = await Terminal.start(place, [
          'connect',
          'asking',
          '-i',
          'asking.yaml',
          '--record',
          'asking/asking.rec',
        ]);
        for (const [question, answer] of [
          [/Password:/, fleet.typed.password],
          [/One-time code:/, fleet.typed.code],
        ] as const) {
          await terminal.shows(question);
          await terminal.press('-l', answer);
          await terminal.press('Enter');
        }
        const watch = new Watch(await terminal.pid());
        expect(plants.in(await terminal.shows(/R9#/)).filter((one) => !one.startsWith('one-time code'))).toEqual([]);
        await terminal.press('-l', `echo ${fleet.typed.code}`);
        await terminal.press('Enter');
        await terminal.shows(/R9#\s*$/);
        await terminal.press('~.');
        expect((await terminal.ended()).code).toBe(0);
        expectNothingIn({ shown: watch.end() });
        expectQuietFiles(place.path('asking'));
      });
    });

    test('what is kept of it all: the state directory', () => {
      for (const { path, text, mode } of filesIn(place.path('state'))) {
        expect([path, plants.in(text), mode]).toEqual([path, [], expect.stringMatching(/^[67]00$/)]);
      }
    });
  });
