import { readFileSync } from 'node:fs';
import { loadInventory, run } from 'rollcall';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Ended, Place } from '../cli/cli.ts';
import { Plants } from './plants.ts';
import { filesIn } from './watch.ts';

// What shows an inventory, and what a task of a user's says with a secret in it.
const place = new Place();
const plants = new Plants();
const password = plants.make('password');
let file: string;

beforeAll(async () => {
  const lab = await place.lab('lab', { devices: [{ name: 'R1', password }] });
  const [{ host, port } = { host: '', port: 0 }] = lab.devices;
  const own = { host, port, username: 'cisco', password, secret: plants.make('enable') };
  const far = {
    ...{ host: '192.0.2.1', password: { env: 'NOT_SHOWN' }, passphrase: plants.make('passphrase') },
    jump: [{ host: 'hop', username: 'u', password: plants.make('jump') }],
    socks: { host: 'proxy', port: 1080, username: 'u', password: plants.make('socks') },
    credentials: [{ username: 'u', password: plants.make('second') }],
    terminal_server: { username: 'u', password: plants.make('tower'), secret: plants.make('tower enable') },
  };
  const inventory = {
    defaults: { device_type: 'cisco_ios', secret: plants.make('of defaults') },
    groups: { far: { password: plants.make('of a group') } },
    devices: { R1: own, R2: { ...far, groups: 'far' }, R3: { host: '192.0.2.3', groups: 'far' } },
  };
  file = place.file('network.yaml', JSON.stringify(inventory, undefined, 2));
});

const nothingIn = ({ stdout, stderr }: Ended): void => expect(plants.in(stdout + stderr)).toEqual([]);
const shows = async (...args: string[]): Promise<Ended> => {
  const ended = await place.run(args, { env: { NOT_SHOWN: plants.make('a variable') } });
  nothingIn(ended);
  return ended;
};

describe.concurrent('no secret is shown by', () => {
  test.each([
    ['list'],
    ['list', '--format', 'json'],
    ['list', '--format', 'csv', '--columns', 'name,username,group'],
    ['show', 'R1'],
    ['show', 'R2', '--format', 'json'],
    ['show', 'R3'],
    ['check'],
    ['check', '--format', 'json'],
    ['convert'],
    ['convert', '--to', 'json'],
    ['convert', '--to', 'csv'],
  ])('rollcall inventory %s %s %s', async (...args) => {
    expect((await shows('inventory', ...args, '-i', file)).code).toBe(0);
  });

  test('inventories that are wrong, with every key of a secret in the wrong place', async () => {
    const secret = plants.make('misplaced');
    const wrong = [
      `devices:\n  R1: { host: 192.0.2.1, pasword: ${secret} }\n`,
      `devices:\n  R1: { host: 192.0.2.1, password: { env: ${secret}, x: 1 } }\n`,
      `devices:\n  R1: { host: 192.0.2.1, password: { ${secret} } }\n`,
      `devices:\n  R1: { host: 192.0.2.1, password: ${secret}: }\n`,
      `devices:\n  R1: { host: 192.0.2.1, port: 22, password: [${secret}] }\n`,
      `groups:\n  far: { jump: "u:${secret}@hop@" }\ndevices:\n  R1: { host: 192.0.2.1, groups: far }\n`,
    ];
    for (const [at, text] of wrong.entries()) {
      const { code } = await shows('inventory', 'check', '-i', place.file(`wrong-${at}.yaml`, text));
      expect([at, code]).toEqual([at, 2]);
    }
  });

  test('the devices of an inventory, its groups, a run of them and its results, however they are printed', async () => {
    const inventory = await loadInventory(file, { platforms: [] });
    expect(plants.inValue(inventory)).toEqual([]);
    const running = run(async () => 1, inventory.devices, { input: undefined });
    expect(plants.inValue(running)).toEqual([]);
    const results = await running;
    expect(plants.inValue(results)).toEqual([]);
  });
});

describe.concurrent('a task that says the password of its device', () => {
  const TASKS = {
    throws: "throw new Error('not ' + password);",
    part: "await context.run('with ' + password, () => { throw new Error('not ' + password); }).catch(() => {});",
    value: 'return { [password]: 1, list: [{ [password]: [password] }] };',
    late: "setTimeout(() => { throw new Error('late ' + password); }, 1); return new Promise(() => {});",
  };

  test.each(Object.entries(TASKS))('has its journal without it: %s', async (name, body) => {
    const text = `export default async (device, input, context) => {
      const password = device.password.reveal();
      ${body}
    };`;
    const journal = ['--journal', `journal-${name}`];
    const flags = ['-i', file, '--where', 'R1', '--executor', 'threads', '--workers', '1'];
    await place.run(['run', '--task', place.file(`${name}.mjs`, text), ...flags, ...journal]);
    const files = filesIn(place.path(`journal-${name}`));
    expect(files.map(({ path }) => plants.in(readFileSync(path, 'utf8')))).toEqual([[]]);
    for (const args of [
      ['show', 'latest'],
      ['show', 'latest', '--format', 'json'],
    ]) {
      const shown = await place.run(['runs', ...args, ...journal]);
      expect(shown.stdout + shown.stderr).toContain('R1');
      nothingIn(shown);
    }
    const [run] = files.map(({ path }) => path.replace(/^.*[\\/]|\.ndjson$/g, ''));
    nothingIn(await place.run(['diff', run ?? '', 'latest', ...journal]));
  });

  test.each([
    ['loop', { env: 'REFERRED' }],
    ['threads', { env: 'REFERRED' }],
    ['loop', { command: ['printenv', 'REFERRED'] }],
  ])('has its journal without it also where it is referred to: %s, %j', async (executor, reference) => {
    const name = `referred-${executor}-${Object.keys(reference)}`;
    const devices = JSON.parse(readFileSync(file, 'utf8')).devices as { readonly R1: object };
    const own = { ...devices.R1, device_type: 'cisco_ios', password: reference };
    const only = place.file(`${name}.yaml`, JSON.stringify({ devices: { R1: own } }));
    const text = `export default async (device, input, context) => {
      await context.connect({ enable: 'never' });
      return { says: process.env.REFERRED };
    };`;
    const flags = ['-i', only, '--journal', name, '--executor', executor, '--workers', '1'];
    const task = ['run', '--task', place.file(`${name}.mjs`, text)];
    const { stdout } = await place.run([...task, ...flags], { env: { REFERRED: password } });
    expect(stdout).toBe(`R1:\n  says: ${password}\n`);
    expect(filesIn(place.path(name)).map((one) => plants.in(one.text))).toEqual([[]]);
  });

  test('is logged by --log-steps with the passwords in its commands blanked', async () => {
    const text = `export default async (device, input, context) => {
      const session = await context.connect({ enable: 'never' });
      await session.sendCommand('show ' + device.password.reveal());
    };`;
    const flags = ['-i', file, '--where', 'R1', '--log-steps'];
    const { stderr } = await place.run(['run', '--task', place.file('says.mjs', text), ...flags]);
    expect(stderr).toMatch(/R1 sent: show \[secret\]$/m);
    expect(plants.in(stderr.replace(/^R1: .*/m, ''))).toEqual([]);
  });
});
