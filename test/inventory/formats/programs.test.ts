import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadInventory } from 'rollcall/inventory';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reveal } from '../reveal.ts';

const platforms = { names: ['cisco_ios', 'linux'] };
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-programs-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A file of its own folder: a module is loaded once for each path. */
async function fileWith(name: string, content: string): Promise<string> {
  const path = join(await mkdtemp(join(folder, 'x-')), name);
  await writeFile(path, content);
  return path;
}

describe('a module', () => {
  const load = async (name: string, code: string) => {
    const path = await fileWith(name, code);
    const { devices } = await loadInventory(path, { platforms });
    return devices.map((device) => [device.name, reveal(device.password), device.data]);
  };
  const failure = async (name: string, code: string) => {
    const path = await fileWith(name, code);
    return loadInventory(path, { platforms, timeoutMs: 30_000 }).then(
      () => 'loaded',
      (error: Error) => error.message.replaceAll(path, name),
    );
  };

  test('that fails tells the cause: fetch says nothing else', async () => {
    const code =
      "export default () => { throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }); };";
    expect(await failure('d.mjs', code)).toBe(
      'd.mjs: its function failed: TypeError: fetch failed (connect ECONNREFUSED)',
    );
  });

  test.each([
    ['d.mjs', "export default [{ host: 'a', device_type: 'cisco_ios', password: '0123', data: { n: '5', m: 5 } }];"],
    [
      'd.mjs',
      "export const devices = [{ host: 'a', device_type: 'cisco_ios', password: '0123', data: { n: '5', m: 5 } }];",
    ],
    [
      'd.mjs',
      "export default async () => ({ devices: { a: { device_type: 'cisco_ios', password: '0123', data: { n: '5', m: 5 } } } });",
    ],
    ['d.cjs', "module.exports = [{ host: 'a', device_type: 'cisco_ios', password: '0123', data: { n: '5', m: 5 } }];"],
    [
      'd.cjs',
      "exports.inventory = () => [{ host: 'a', device_type: 'cisco_ios', password: '0123', data: { n: '5', m: 5 } }];",
    ],
    [
      'd.ts',
      "type D = { host: string };\nexport default [{ host: 'a', device_type: 'cisco_ios', password: '0123', data: { n: '5', m: 5 } }] satisfies D[];",
    ],
    [
      'd.mts',
      "export const inventory: object = { devices: [{ host: 'a', device_type: 'cisco_ios', password: '0123', data: { n: '5', m: 5 } }] };",
    ],
  ])('%s: %s', async (name, code) => {
    expect(await load(name, code)).toEqual([['a', '0123', { n: '5', m: 5 }]]);
  });

  test.each([
    ['exports nothing', 'export const other = 1;', /^d\.mjs: this module exports no inventory; export default \(or/],
    ['does not parse', 'export default [', /^d\.mjs: this module cannot be loaded: SyntaxError: /],
    ['throws', "throw new TypeError('no token');", 'd.mjs: this module cannot be loaded: TypeError: no token'],
    [
      'has a function that fails',
      "export default async () => { throw new Error('HTTP 403'); };",
      'd.mjs: its function failed: Error: HTTP 403',
    ],
    [
      'has a function that returns a text',
      "export default () => 'r1';",
      /^d\.mjs: its function returned a string; export default/,
    ],
    [
      'has a wrong value',
      "export const devices = [{ host: 'a', device_type: 'cisco_ios' }, { host: 'b', device_type: 'cisco_ios', port: 70000 }];",
      'd.mjs: [1].port: port must be 1 to 65535, got "70000"',
    ],
    [
      'has a wrong value under a name',
      "export default { devices: { r1: { host: 'a b', platform: 'cisco_ios' } } };",
      'd.mjs: devices.r1.host: host holds a space or a control character',
    ],
    [
      'has a device twice',
      "export default { devices: [{ host: 'a', platform: 'cisco_ios' }, { host: 'a', platform: 'cisco_ios' }] };",
      'd.mjs: devices[1]: the device "a:22" stands twice, first on devices[0]; give each a name of its own (name: …)',
    ],
    [
      'has a function for a value',
      "export default [{ host: () => 'a', platform: 'cisco_ios' }];",
      'd.mjs: [0].host: expected plain data, got a function',
    ],
    [
      'has an object of a class',
      "export default [{ host: 'a', platform: 'cisco_ios', data: { at: new Date(0) } }];",
      'd.mjs: [0].data.at: expected plain data, got an object of class Date',
    ],
    [
      'holds itself',
      "const d = { host: 'a', platform: 'cisco_ios', data: {} }; d.data.me = d.data; export default [d];",
      /nested too deeply/,
    ],
    ['is empty', 'export default [];', /^d\.mjs: no devices in this file; expected a list of devices/],
  ])('that %s', async (_why, code, message) => {
    expect(await failure('d.mjs', code)).toMatch(message);
  });

  test('whose function does not come back is not waited for for ever, and can be called off', async () => {
    const path = await fileWith('d.mjs', 'export default () => new Promise(() => {});');
    await expect(loadInventory(path, { timeoutMs: 50 })).rejects.toThrow(
      `${path}: this module gave no inventory within 0.05 seconds`,
    );
    const abort = new AbortController();
    const loading = loadInventory(path, { signal: abort.signal });
    abort.abort();
    await expect(loading).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe.skipIf(process.platform === 'win32')('a program', () => {
  const program = async (code: string, name = 'inventory') => {
    const path = await fileWith(name, code);
    await chmod(path, 0o755);
    return path;
  };
  const node = `#!${process.execPath}\n`;
  const failure = async (path: string, timeoutMs = 30_000) =>
    loadInventory(path, { platforms, timeoutMs }).then(
      () => 'loaded',
      (error: Error) => error.message.replaceAll(path, 'inventory'),
    );

  test("prints rollcall's form or Ansible's, and has the environment without rollcall's passwords", async () => {
    process.env.NETBOX_TOKEN = 'token-for-the-program';
    process.env.ROLLCALL_PASSWORD = 'not-for-the-program';
    const code = `const { NETBOX_TOKEN: a, ROLLCALL_PASSWORD: b } = process.env;
      console.log(JSON.stringify([{ host: 'a', device_type: 'cisco_ios', data: { a, b: String(b), argv: process.argv.slice(2) } }]));`;
    const { devices } = await loadInventory(await program(node + code), { platforms });
    delete process.env.NETBOX_TOKEN;
    delete process.env.ROLLCALL_PASSWORD;
    expect(devices[0]?.data).toEqual({ a: 'token-for-the-program', b: 'undefined', argv: ['--list'] });
    const ansible = `console.log(JSON.stringify({ core: ['r1'], _meta: { hostvars: { r1: { ansible_network_os: 'ios', site: 'x' } } } }));`;
    const found = await loadInventory(await program(node + ansible, 'netbox.py'), { platforms });
    expect(found.devices).toMatchObject([
      { name: 'r1', host: 'r1', platform: 'cisco_ios', groups: ['core'], data: { site: 'x' } },
    ]);
  });

  test.each([
    [
      'fails',
      "console.error('no\\u001b[31m route to netbox'); process.exit(7);",
      'inventory: this program ended with exit code 7; it said: no [31m route to netbox',
    ],
    ['prints nothing', '', 'inventory: this program printed nothing'],
    ['prints no JSON', 'console.log(\'{"a": [1\');', /^output of inventory:2:1: not valid YAML/],
    [
      'prints a wrong device',
      `console.log(JSON.stringify([{ host: 'a', device_type: 'cisco_ios', port: 0 }], null, 1));`,
      'output of inventory:5:11: port must be 1 to 65535, got "0"',
    ],
    [
      'is killed',
      "process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000);",
      'inventory: this program was ended by SIGTERM (15)',
    ],
    ['does not end', 'setInterval(() => {}, 1000);', 'inventory: this program gave no inventory within 1 seconds'],
  ])('that %s', async (why, code, message) => {
    expect(await failure(await program(node + code), why === 'does not end' ? 1000 : 30_000)).toMatch(message);
  });

  test('that prints without end is ended', async () => {
    const code =
      "const b = Buffer.alloc(1 << 20, 'x'); const more = () => { while (process.stdout.write(b)); process.stdout.once('drain', more); }; more();";
    expect(await failure(await program(node + code))).toBe(
      'inventory: this program printed more than 64 MiB: this is no inventory',
    );
  });

  test('without what its first line names', async () => {
    expect(await failure(await program('#!/no/such/interpreter\n'))).toBe(
      'inventory: this program cannot be started: it, or what its first line (#!) names, is not there',
    );
  });

  test('is only a file that looks like one: on some disks every file may be started', async () => {
    const path = await program('- { host: a, device_type: cisco_ios }\n', 'devices.yaml');
    expect((await loadInventory(path, { platforms })).devices).toHaveLength(1);
    const script = await fileWith('hosts', `${node}r1 ansible_network_os=ios\n`);
    // Without the right to be started, its first line is a comment.
    expect((await loadInventory(script, { platforms })).devices).toHaveLength(1);
    await expect(loadInventory(script, { platforms, format: 'executable' })).rejects.toThrow(
      'make it executable (chmod +x)',
    );
  });
});

describe('several', () => {
  test('files are one inventory, and a name that is in two of them is an error', async () => {
    const one = await fileWith('a.csv', 'name,host,platform\nr1,192.0.2.1,ios\n');
    const two = await fileWith('hosts.ini', 'r2 ansible_host=192.0.2.2 ansible_network_os=ios\n');
    const both = await loadInventory([one, two], { platforms });
    expect(both.devices.map(({ name }) => name)).toEqual(['r1', 'r2']);
    expect(both.file).toBe(`${one}, ${two}`);
    const three = await fileWith('b.csv', 'name,host,platform\nr3,192.0.2.3,ios\nr1,192.0.2.4,ios\n');
    await expect(loadInventory([one, three], { platforms })).rejects.toThrow(
      `${three}:3:1: the name "r1" stands twice, first in ${one}:2`,
    );
    await expect(loadInventory([])).rejects.toThrow('an inventory must be a path');
  });

  test('files of a folder are one inventory of Ansible', async () => {
    const path = await mkdtemp(join(folder, 'ansible-'));
    await mkdir(join(path, 'group_vars'));
    await writeFile(join(path, '01-core'), '[core]\nr1\n');
    await writeFile(join(path, '02-edge.yml'), 'edge: { hosts: { r2: }, children: { core: } }\n');
    await writeFile(join(path, 'README.md'), 'not read\n');
    await writeFile(join(path, 'group_vars', 'edge.yml'), 'ansible_network_os: ios\n');
    const { devices } = await loadInventory(path, { platforms });
    expect(devices.map(({ name, groups }) => [name, groups])).toEqual([
      ['r1', ['core', 'edge']],
      ['r2', ['edge']],
    ]);
  });
});
