import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import type { RunSummary, TaskRecord } from 'rollcall';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { type Ended, lines, Place, statuses, until } from '../cli/cli.ts';
import { realDevicesOrSkip } from './use.ts';

// FRRouting over telnet and SSH, bash behind OpenSSH and behind dropbear in one inventory: everything that a fleet can.
vi.setConfig({ testTimeout: 90_000 });
const place = new Place();
const real = realDevicesOrSkip();
const FILE = 'network.yaml';
const ALL = ['zebra', 'vtysh', 'shell', 'dropbear'] as const;
let env: Readonly<Record<string, string>> = {};

/** No password is in the file: each is a variable's. */
beforeAll(() => {
  const devices = ALL.map((name) => real().device(name));
  const secrets = devices.map(({ kind, password, secret = '' }) => [
    [`PW_${kind}`, password],
    [`EN_${kind}`, secret],
  ]);
  env = Object.fromEntries(secrets.flat());
  const own = devices.map(({ kind, platform, port, username, secret }) => [
    kind,
    {
      ...{ port, password: { env: `PW_${kind}` } },
      ...(platform === 'linux' ? { groups: 'hosts' } : { groups: ['routers'], device_type: platform }),
      ...(username === undefined ? {} : { username }),
      ...(secret === undefined ? {} : { secret: { env: `EN_${kind}` } }),
    },
  ]);
  const inventory = {
    defaults: { host: '127.0.0.1', data: { site: 'lab', role: 'router' } },
    groups: { all: { data: { owner: 'ops' } }, routers: { groups: 'all' }, hosts: hostsGroup },
    devices: Object.fromEntries(own),
  };
  place.file(FILE, JSON.stringify(inventory, undefined, 2));
});
const hostsGroup = { groups: 'all', device_type: 'linux', max_sessions: 1, data: { role: 'host' } };

/** The program on that inventory; whatever it says, no password is in it. */
async function rollcall(command: string, ...args: string[]): Promise<Ended> {
  const ended = await place.run([command, ...args], { env, deadlineMs: 60_000 });
  for (const secret of Object.values(env).filter((one) => one !== ''))
    expect(ended.stdout + ended.stderr).not.toContain(secret);
  return ended;
}

const run = (journal: string, ...args: string[]): Promise<Ended> =>
  rollcall('run', ...args, '-i', FILE, '--journal', journal, '--format', 'ndjson', '--order', 'input');

const runs = async (journal: string): Promise<RunSummary[]> =>
  JSON.parse((await rollcall('runs', '--journal', journal, '--format', 'json')).stdout) as RunSummary[];

const ok = (...names: string[]): Record<string, string> => Object.fromEntries(names.map((name) => [name, 'ok']));
const refused = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'rejected command_refused']));

describe('the real devices in one inventory with groups, defaults, data and secrets by reference', () => {
  test('are checked and listed with what their groups say', async () => {
    const check = await rollcall('inventory', 'check', '-i', FILE, '--format', 'json');
    expect([check.code, JSON.parse(check.stdout)]).toEqual([
      0,
      expect.objectContaining({
        ...{ ok: true, problems: [], devices: 4, platforms: { frr: 2, linux: 2 } },
        // It is one sshd, with another user.
        warnings: ['two devices have the same address: "vtysh" and "shell"'],
      }),
    ]);
    const columns = ['--columns', 'name,platform,transport,role,owner', '--format', 'csv'];
    const list = await rollcall('inventory', 'list', '-i', FILE, ...columns);
    expect(list.stdout.trimEnd().split(/\r?\n/)).toEqual([
      'name,platform,transport,role,owner',
      'zebra,frr,telnet,router,ops',
      'vtysh,frr,ssh,router,ops',
      'shell,linux,ssh,host,ops',
      'dropbear,linux,ssh,host,ops',
    ]);
  });

  test('are chosen by --where, and read-only sends routers and hosts only what is harmless on each', async () => {
    const routers = await run('where', 'show version', '--where', 'role=router', '--read-only');
    expect([routers.code, statuses(lines(routers.stdout))]).toEqual([0, ok('zebra', 'vtysh')]);
    expect(lines(routers.stdout).map(({ responses }) => responses[0]?.output)).toEqual([
      expect.stringMatching(/^FRRouting/),
      expect.stringMatching(/^FRRouting/),
    ]);
    const hosts = await run('where', 'uptime', '--where', 'group=hosts & site=lab', '--read-only');
    expect([hosts.code, statuses(lines(hosts.stdout))]).toEqual([0, ok('shell', 'dropbear')]);
    const harm = await run('where', 'show version', 'configure terminal', '--read-only');
    expect([harm.code, harm.stdout]).toEqual([2, '']);
    expect(harm.stderr).toContain("'configure terminal' is not on the list");
  });

  test.each(['loop', 'threads', 'processes'])('run a task, each with its own commands: %s', async (executor) => {
    const audit = `export default async ({ data }, { router, host }, context) => {
      const session = await context.connect();
      const { output } = await context.run('ask', () => session.sendCommand(data.role === 'router' ? router : host));
      return { first: output.split('\\n')[0] };
    };`;
    const input = ['--input', '{"router":"show version","host":"printf abc"}', '--executor', executor];
    const { code, stdout } = await run('task', '--task', place.file('audit.mjs', audit), ...input, '--workers', '2');
    const records = lines(stdout) as unknown as TaskRecord[];
    expect([code, records.map(({ device, value, subtasks }) => [device, value, subtasks[0]?.status])]).toEqual([
      0,
      [
        ['zebra', { first: expect.stringMatching(/^FRRouting/) }, 'ok'],
        ['vtysh', { first: expect.stringMatching(/^FRRouting/) }, 'ok'],
        ['shell', { first: 'abc' }, 'ok'],
        ['dropbear', { first: 'abc' }, 'ok'],
      ],
    ]);
  });

  test('have commands of their own, the first device alone; what is not ok is run again, and both runs compared', async () => {
    const map = place.file(
      'commands.yaml',
      'role=router: show interface lo\ngroup=hosts: [show version, date +%N]\nzebra: show version\n',
    );
    const first = await run('again', '--commands-map', map, '--batch', '1,100%', '--max-failures', '100%');
    expect([first.code, statuses(lines(first.stdout))]).toEqual([
      1,
      { ...ok('zebra', 'vtysh'), ...refused('shell', 'dropbear') },
    ]);
    expect(lines(first.stdout)[0]?.responses.map(({ command }) => command)).toEqual([
      'show interface lo',
      'show version',
    ]);
    const flags = ['--journal', 'again', '--format', 'ndjson'];
    const again = await rollcall('rerun', '--failed', 'latest', '--batch', '100%', ...flags);
    expect([again.code, statuses(lines(again.stdout))]).toEqual([1, refused('shell', 'dropbear')]);
    const [second, original] = await runs('again');
    expect([second?.rerunOf, second?.devices, original?.counts]).toEqual([
      original?.id,
      2,
      expect.objectContaining({ ok: 2, rejected: 2 }),
    ]);
    const between = await rollcall('diff', original?.id ?? '', second?.id ?? '', ...flags);
    const differences = between.stdout.trimEnd().split('\n');
    const changes = differences.map((line) => JSON.parse(line) as { readonly device: string; readonly change: string });
    expect([between.code, changes.map(({ device, change }) => [device, change])]).toEqual([
      1,
      [
        ['zebra', 'only_in_first'],
        ['vtysh', 'only_in_first'],
        ['shell', 'changed'],
        ['dropbear', 'changed'],
      ],
    ]);
    const same = await rollcall('diff', second?.id ?? '', 'latest', ...flags);
    expect([same.code, same.stdout]).toEqual([0, '']);
  });

  test('lose nothing to kill -9: resume calls those that are left, and each is there once', async () => {
    const gate = place.path('gate');
    mkdirSync(gate);
    for (const folder of [place.folder, gate]) chmodSync(folder, 0o755);
    // The hosts answer when the file is there: until then the run is in the middle.
    const waits = `while [ ! -e ${gate}/open ]; do sleep 0.1; done; echo through`;
    const map = place.file('slow.yaml', `role=router: show version\ngroup=hosts: '${waits}'\n`);
    const flags = ['-i', FILE, '--journal', 'killed', '--format', 'ndjson'];
    const running = place.start(['run', '--commands-map', map, '--workers', '1', ...flags], { env });
    await until(() => expect(lines(running.stdout())).toHaveLength(2));
    running.child.kill('SIGKILL');
    await running.ended;
    expect((await runs('killed'))[0]).toMatchObject({ ended: false, state: 'killed', devices: 4 });
    writeFileSync(`${gate}/open`, '');
    const resumed = await rollcall('resume', '--journal', 'killed', '--format', 'ndjson');
    expect([resumed.code, statuses(lines(resumed.stdout))]).toEqual([0, ok('shell', 'dropbear')]);
    expect(lines(resumed.stdout).map(({ responses }) => responses[0]?.output)).toEqual(['through', 'through']);
    const shown = await rollcall('runs', 'show', 'latest', '--journal', 'killed', '--format', 'ndjson');
    expect(lines(shown.stdout).map(({ device, status }) => [device, status])).toEqual(ALL.map((name) => [name, 'ok']));
    expect(await runs('killed')).toMatchObject([{ ended: true, state: 'finished', counts: { ok: 4 } }]);
  });
});
