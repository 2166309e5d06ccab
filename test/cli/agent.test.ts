import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { needOrSkip } from '../real/needs.ts';
import { serveSsh } from '../transport/ssh-server.ts';
import { type CliOptions, lines, main, Place, type Running, statuses, until } from './cli.ts';
import { Terminal } from './tmux.ts';

const place = new Place();
let count = 0;

/** A runtime directory of its own, and an agent in it. */
class Station {
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly socket: string;

  constructor() {
    const runtime = place.path(`r${++count}`);
    mkdirSync(runtime, { mode: 0o700 });
    this.env = { XDG_RUNTIME_DIR: runtime };
    this.folder = join(runtime, 'rollcall');
    this.socket = join(this.folder, 'agent.sock');
  }

  async agent(flags: readonly string[] = []): Promise<Running> {
    const agent = place.start(['agent', 'start', ...flags], { env: this.env, deadlineMs: 60_000 });
    await until(() => expect(agent.stdout()).toMatch(/^the agent listens at /));
    return agent;
  }

  run(args: readonly string[], options: CliOptions = {}) {
    return place.run(args, { ...options, env: { ...this.env, ...options.env } });
  }

  start(args: readonly string[]): Running {
    return place.start(args, { env: this.env });
  }
}

const ndjson = ['--format', 'ndjson', '--order', 'input'];
const alike = (text: string): string =>
  text
    .replace(/\*?\d\d:\d\d:\d\d\.\d{3} UTC \w{3} \w{3} +\d+ \d{4}/g, 'CLOCK')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replace(/"(elapsedMs)":[\d.]+/g, '"$1":1')
    .replace(/"(runId|worker)":"[^"]+"/g, '"$1":"X"')
    .replace(/ in \d+\.\d s/g, ' in S');

describe.skipIf(process.platform === 'win32').concurrent('rollcall run with an agent', () => {
  test.each(['loop', 'threads', 'processes'])('logs in once, whoever runs the sessions (%s)', async (executor) => {
    const station = new Station();
    const lab = await place.lab(`twice-${executor}`, { devices: 3 });
    const agent = await station.agent();
    for (let round = 0; round < 2; round++) {
      const args = ['run', 'show privilege', '-i', lab.file, '--executor', executor, '--workers', '2', ...ndjson];
      const { code, stdout } = await station.run(args);
      expect([code, statuses(lines(stdout))]).toEqual([0, { R1: 'ok', R2: 'ok', R3: 'ok' }]);
    }
    expect(lab.counters).toMatchObject({ logins: 3, connections: 3 });
    agent.child.kill('SIGTERM');
    expect((await agent.ended).code).toBe(0);
    expect(lab.counters.connected).toBe(0);
  });

  test('prints what it prints without one: answers, refusals, timeouts, and the exit code', async () => {
    const station = new Station();
    await station.agent();
    const lab = await place.lab('alike', {
      devices: [
        {},
        { faults: ['hang_mid_answer'] },
        { faults: ['refuse'] },
        { password: 'other' },
        { secret: 'other' },
      ],
    });
    const wrong = lab
      .inventory()
      .replaceAll('password: other', 'password: guess')
      .replaceAll('secret: other', 'secret: x');
    place.file('alike.yaml', wrong);
    const args = ['run', 'show version', 'show nonsense', 'show clock', '-i', 'alike.yaml', '--idle-timeout', '0.5'];
    for (const flags of [[], ['--stop-on-error'], ['--no-enable'], ndjson]) {
      const kept = await station.run([...args, ...flags, '--order', 'input']);
      const own = await station.run([...args, ...flags, '--order', 'input', '--no-agent']);
      const sorted = (text: string) => alike(text).split('\n').sort();
      const shown = ({ code, stdout, stderr }: typeof kept) => ({
        code,
        stdout: alike(stdout),
        stderr: sorted(stderr),
      });
      expect(shown(kept)).toEqual(shown(own));
    }
  }, 60_000);

  test('--no-agent opens a session of its own, and so does a run that finds nobody', async () => {
    const station = new Station();
    const lab = await place.lab('own', { devices: 1 });
    const args = ['run', 'show clock', '-i', lab.file, '-q'];
    expect(await station.run(args)).toMatchObject({ code: 0, stderr: '' });
    await station.agent();
    await station.run(args);
    await station.run([...args, '--no-agent']);
    await station.run(args);
    expect(lab.counters.logins).toBe(3);
  });

  test('two at once on one device: one login, and each gets its own answers', async () => {
    const station = new Station();
    const lab = await place.lab('both', { devices: [{ commandMs: 30 }] });
    await station.agent();
    const runs = ['show privilege', 'show clock'].map((command) =>
      station.run(['run', command, command, '-i', lab.file, ...ndjson]),
    );
    const [privilege, clock] = (await Promise.all(runs)).map(({ stdout }) => lines(stdout)[0]?.responses ?? []);
    expect(privilege?.map(({ output }) => output)).toEqual(Array(2).fill('Current privilege level is 15'));
    expect(clock?.every(({ output }) => /^\*?\d\d:\d\d/.test(output)) && clock.length).toBe(2);
    expect(lab.counters).toMatchObject({ logins: 1, mostConnected: 1 });
  });

  test('is told what the login has to warn of, at its own standard error', async () => {
    const station = new Station();
    const algorithms = { kex: ['diffie-hellman-group14-sha1'] };
    const lab = await place.lab('legacy', { devices: 1, algorithms });
    const allow = '$&  legacy_algorithms: [diffie-hellman-group14-sha1]\n';
    place.file('legacy.yaml', lab.inventory().replace(/^ {2}host: .*\n/m, allow));
    const agent = await station.agent();
    const { code, stderr } = await station.run(['run', 'show clock', '-i', 'legacy.yaml', '-q']);
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/SSH with the legacy algorithm diffie-hellman-group14-sha1/),
    ]);
    await station.run(['agent', 'stop']);
    expect((await agent.ended).stderr).toBe('');
  });

  test('an agent that is killed in the middle costs the devices that it had, and says so', async () => {
    const station = new Station();
    const lab = await place.lab('killed', { devices: [{ faults: ['hang_mid_answer'] }, {}] });
    const agent = await station.agent();
    const running = station.start(['run', 'show version', '-i', lab.file, ...ndjson]);
    await until(() => expect(lab.commandsOf('R1')).toContain('show version'));
    await until(() => expect(lab.commandsOf('R2')).toContain('show version'));
    agent.child.kill('SIGKILL');
    const { code, stdout } = await running.ended;
    const [first] = lines(stdout);
    expect(code).toBe(1);
    expect(first).toMatchObject({ device: 'R1', status: 'failed', error: { code: 'agent_lost', phase: 'command' } });
    expect(first?.error?.message).toMatch(/agent at .*agent\.sock is lost: .*'show version' is not known/);
    // The dead one's socket is in nobody's way.
    expect(existsSync(station.socket)).toBe(true);
    const after = await place.lab('after', { devices: 1 });
    expect(await station.run(['run', 'show clock', '-i', after.file, '-q'])).toMatchObject({ stderr: '', code: 0 });
    await station.agent();
    expect((await station.run(['agent', 'status'])).stdout).toBe('no sessions\n');
  });

  test('an agent that is killed over a configuration leaves its outcome unknown', async () => {
    const station = new Station();
    const lab = await place.lab('configured', { devices: [{ faults: ['hang_mid_answer'], faultAt: 2 }] });
    const agent = await station.agent();
    const running = station.start(['run', 'configure terminal', 'do show version', '-i', lab.file, ...ndjson]);
    await until(() => expect(lab.commandsOf('R1')).toContain('do show version'));
    agent.child.kill('SIGKILL');
    const [record] = lines((await running.ended).stdout);
    expect(record).toMatchObject({ status: 'unknown', error: { code: 'agent_lost', phase: 'configure' } });
    // What was answered before is told.
    expect(record?.responses.map(({ command }) => command)).toEqual(['configure terminal']);
  });

  test('an agent that answers nobody is not waited for', async () => {
    const station = new Station();
    const lab = await place.lab('stopped', { devices: 1 });
    const agent = await station.agent();
    agent.child.kill('SIGSTOP');
    const { code, stderr } = await station.run(['run', 'show clock', '-i', lab.file, '-q']);
    agent.child.kill('SIGCONT');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^rollcall: warning: going on without an agent: .* has not answered in 5 s\n$/);
  });

  test('Ctrl-C ends it, and the session whose answer was cut off goes with it', async () => {
    const station = new Station();
    const lab = await place.lab('stop', { devices: [{ faults: ['hang_mid_answer'], faultAt: 2 }] });
    await station.agent();
    const running = station.start(['run', 'show clock', 'show version', '-i', lab.file, ...ndjson]);
    await until(() => expect(lab.commandsOf('R1')).toContain('show version'));
    running.child.kill('SIGINT');
    const { code, stdout } = await running.ended;
    expect([code, statuses(lines(stdout))]).toEqual([130, { R1: 'cancelled cancelled' }]);
    const { stdout: next } = await station.run(['run', 'show privilege', '-i', lab.file, ...ndjson]);
    expect(lines(next)[0]?.responses[0]?.output).toBe('Current privilege level is 15');
    expect(lab.counters.logins).toBe(2);
  });
});

test.skipIf(process.platform === 'win32')(
  'a hundred devices: a hundred logins for two runs',
  async () => {
    const station = new Station();
    const lab = await place.lab('hundred', { devices: 100 });
    await station.agent();
    for (let round = 0; round < 2; round++) {
      const args = ['run', 'show version', '-i', lab.file, '--workers', '100', ...ndjson];
      const { code, stdout } = await station.run(args, { deadlineMs: 60_000 });
      expect(code).toBe(0);
      for (const { device, responses } of lines(stdout)) expect(responses[0]?.output).toContain(`${device} uptime is`);
    }
    expect(lab.counters.logins).toBe(100);
  },
  120_000,
);

describe.skipIf(process.platform === 'win32')('the page', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'agent.md'), 'utf8');

  test('has an example that works', async () => {
    const station = new Station();
    const lab = await place.lab('devices', { devices: 2 });
    mkdirSync(place.path('bin'));
    chmodSync(place.file('bin/rollcall', `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`), 0o755);
    const [, example = ''] = /```sh\n([\s\S]*?)```/.exec(page) ?? [];
    // A shell goes on at once behind `&`: a person would have seen the agent's first line before typing the next.
    const ready = `until [ -S '${station.socket}' ]; do :; done\n`;
    const { code, stdout } = await place.run([], {
      under: ['sh', '-c', `set -e\n${example.replace('&\n', `&\n${ready}`)}wait`, 'sh'],
      env: { ...station.env, PATH: `${place.path('bin')}:${process.env.PATH}` },
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/sessions are closed after 900 s/);
    expect(stdout).toMatch(/^R1#show clock\n/m);
    expect(stdout).toMatch(/the agent has ended, with 2 sessions/);
    expect(lab.counters.logins).toBe(2);
  });

  test('names every command and flag, and no other', async () => {
    const { stdout } = await place.run(['agent', '--help']);
    const commands = [...stdout.matchAll(/^ {2}(start|status|forget|stop|[a-z]+)\b/gm)].map(([, name]) => name);
    const told = [...page.matchAll(/^\| `rollcall agent (\w+)/gm)].map(([, name]) => name);
    expect(commands.filter((name) => name !== 'help' && name !== 'rollcall')).toEqual(told);
    const helps = await Promise.all(told.map((name) => place.run(['agent', name ?? '', '--help'])));
    const flags = helps.flatMap(({ stdout: help }) => [...help.matchAll(/^ {2}(--[\w-]+)/gm)].map(([, flag]) => flag));
    expect([...page.matchAll(/^\| `(--[\w-]+)/gm)].map(([, flag]) => flag)).toEqual(flags);
  });
});

describe('a one-time code', () => {
  needOrSkip('terminal');

  test('is asked for at the terminal of the run that logs in, and of no other', async () => {
    await using device = await serveSsh({
      methods: ['keyboard-interactive'],
      questions: [[{ prompt: 'One-time code: ', echo: false, answer: '4711' }]],
      onShell: (shell, connection) => {
        shell.write('\r\nOTP>');
        shell.on('data', (data: Buffer) => {
          const line = data.toString().trim();
          if (line === 'exit') return connection.end();
          shell.write(`${line}\r\n${line.startsWith('sh') ? 'the answer\r\n' : ''}OTP>`);
        });
      },
    });
    place.file(
      'otp.yaml',
      `- { name: otp, device_type: cisco_ios, host: 127.0.0.1, port: ${device.port}, username: u }\n`,
    );
    const station = new Station();
    const agent = await station.agent();
    const terminal = await Terminal.start(place, ['run', 'sh x', '-i', 'otp.yaml'], { env: station.env });
    await terminal.shows(/^otp asks: One-time code:/m);
    await terminal.press('4711', 'Enter');
    expect(await terminal.ended()).toMatchObject({ code: 0, screen: expect.stringMatching(/^OTP>sh x\nthe answer$/m) });
    // Where nobody can be asked: not even a terminal.
    expect(await station.run(['run', 'sh x', '-i', 'otp.yaml', '-q'])).toMatchObject({
      code: 0,
      stdout: 'OTP>sh x\nthe answer\n',
    });
    expect(device.attempts.filter((one) => one.startsWith('answers'))).toEqual(['answers:4711']);
    agent.child.kill();
    await agent.ended;
  });
});

describe.skipIf(process.platform === 'win32').concurrent('rollcall agent', () => {
  test('tells what it holds, forgets it, and stops', async () => {
    const station = new Station();
    const lab = await place.lab('held', { devices: 2 });
    const agent = await station.agent();
    expect(agent.stdout()).toBe(
      `the agent listens at ${station.socket} (process ${agent.child.pid}); sessions are closed after 600 s without use, ` +
        "and after 28800 s in any case\nCtrl-C or 'rollcall agent stop' ends it.\n",
    );
    await station.run(['run', 'show clock', '-i', lab.file]);
    const port = lab.devices[0]?.port;
    const shown = (await station.run(['agent', 'status'])).stdout.split('\n');
    expect(shown.toSorted()[1]).toMatch(
      /^cisco@127\.0\.0\.1:\d+ cisco_ios, open since \S+Z, (unused for \d s|in use), 1 command$/,
    );
    const held = JSON.parse((await station.run(['agent', 'status', '--json'])).stdout) as Record<string, unknown>[];
    expect(held.map(({ device }) => device)).toContain(`127.0.0.1:${port}`);
    expect(Object.keys(held[0] ?? {})).toEqual(['device', 'user', 'platform', 'openedAt', 'idleMs', 'commands']);
    const forget = ['agent', 'forget', `127.0.0.1:${port}`];
    expect(await station.run(forget)).toMatchObject({ code: 0, stdout: `1 session with 127.0.0.1:${port} closed\n` });
    expect(await station.run(forget)).toMatchObject({ code: 1 });
    const stop = await station.run(['agent', 'stop']);
    expect(stop).toMatchObject({ code: 0, stdout: 'the agent has ended, with 1 session\n' });
    expect((await agent.ended).code).toBe(0);
    expect([lab.counters.connected, readdirSync(station.folder)]).toEqual([0, []]);
    for (const command of [['status'], ['stop'], ['forget', 'x']]) {
      const { code, stderr } = await station.run(['agent', ...command]);
      expect([code, stderr]).toEqual([1, `rollcall: no agent runs (looked at ${station.socket})\n`]);
    }
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s ends it in order, with its sessions', async (signal) => {
    const station = new Station();
    const lab = await place.lab(`end-${signal}`, { devices: 2 });
    const agent = await station.agent();
    await station.run(['run', 'show clock', '-i', lab.file]);
    expect(lab.counters.connected).toBe(2);
    agent.child.kill(signal);
    expect(await agent.ended).toMatchObject({ code: 0, stderr: '' });
    expect([lab.counters.connected, lab.commandsOf('R1').at(-1)]).toEqual([0, 'exit']);
    expect(existsSync(station.socket)).toBe(false);
  });

  test('does not start where one runs, or where others could reach it', async () => {
    const station = new Station();
    await station.agent();
    const second = await station.run(['agent', 'start']);
    expect([second.code, second.stderr]).toEqual([2, expect.stringMatching(/an agent runs already .*agent stop/)]);
    mkdirSync(place.path('open'), { mode: 0o755 });
    const open = await station.run(['agent', 'start'], { env: { ROLLCALL_AGENT: place.path('open', 'a.sock') } });
    expect([open.code, open.stderr]).toEqual([2, expect.stringMatching(/folder .*open has mode 0755/)]);
    const lab = await place.lab('unsafe', { devices: 1 });
    const run = await station.run(['run', 'show clock', '-i', lab.file, '-q'], {
      env: { ROLLCALL_AGENT: place.path('open', 'a.sock') },
    });
    expect([run.code, run.stderr]).toEqual([
      0,
      expect.stringMatching(/warning: going on without an agent: .*mode 0755/),
    ]);
    for (const wrong of [
      ['--idle', '0'],
      ['--life', 'x'],
      ['--max-sessions', '0'],
    ]) {
      expect((await station.run(['agent', 'start', ...wrong])).code).toBe(2);
    }
  });

  test('closes what nobody uses after --idle', async () => {
    const station = new Station();
    const lab = await place.lab('idle', { devices: 1 });
    await station.agent(['--idle', '0.1', '--life', '60', '--max-sessions', '5']);
    await station.run(['run', 'show clock', '-i', lab.file]);
    await until(() => expect(lab.counters).toMatchObject({ logins: 1, connected: 0 }));
  });

  test.skipIf(process.platform !== 'linux')('leaves no secret where somebody could find it', async () => {
    const station = new Station();
    const password = 'Planted-Password-1';
    const secret = 'Planted-Secret-2';
    const lab = await place.lab('secrets', { devices: 2, password, secret });
    place.file(
      'secrets.yaml',
      lab.devices.map(({ port }) => `- { device_type: cisco_ios, host: 127.0.0.1, port: ${port} }\n`).join(''),
    );
    const agent = await station.agent();
    const env = { ROLLCALL_USERNAME: 'cisco', ROLLCALL_PASSWORD: password, ROLLCALL_SECRET: secret };
    const run = await station.run(['run', 'show privilege', '-i', 'secrets.yaml'], { env });
    expect(run.code).toBe(0);
    const wrong = await station.run(['run', 'show privilege', '-i', 'secrets.yaml'], {
      env: { ...env, ROLLCALL_PASSWORD: `${password}-wrong` },
    });
    expect(wrong.code).toBe(1);
    const said = [await station.run(['agent', 'status', '--json']), run, wrong].map((ended) => JSON.stringify(ended));
    const own = ['cmdline', 'environ'].map((name) => readFileSync(`/proc/${agent.child.pid}/${name}`, 'latin1'));
    await station.run(['agent', 'stop']);
    const { stdout, stderr } = await agent.ended;
    const files = [place.path('state'), place.path('home'), station.env.XDG_RUNTIME_DIR ?? ''].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((name) => join(folder, name))
        .filter((file) => statSync(file).isFile())
        .map((file) => readFileSync(file, 'latin1')),
    );
    for (const text of [...said, ...own, stdout, stderr, ...files]) expect(text).not.toMatch(/Planted-/);
  });
});
