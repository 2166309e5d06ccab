import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadInventory } from 'rollcall/inventory';
import { connect } from 'rollcall/session';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { main } from '../cli/cli.ts';
import { listen } from '../transport/surroundings.ts';
import { startBastion } from './bastions.mjs';
import { needOrSkip } from './needs.ts';
import { accepts } from './processes.mjs';
import { realDevicesOrSkip } from './use.ts';

// The examples of docs/ways-in.md on the ways to a device, with this machine's servers in the place of theirs.
const page = readFileSync(resolve(import.meta.dirname, '../../docs/ways-in.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'rollcall-ways-in-'));

beforeAll(() => {
  vi.stubEnv('HOME', folder);
  vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
  vi.stubEnv('SSH_AUTH_SOCK', '');
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const real = realDevicesOrSkip();
needOrSkip('socks');

type Settings = Record<string, unknown>;

/** The n-th example in that language of a section. */
function exampleIn(language: string, title: string, index = 0): string {
  const section = page.split(/^(?=##+ )/m).find((one) => /^##+ (.*)\r?\n/.exec(one)?.[1] === title) ?? '';
  const examples = [...section.matchAll(/```(\w+)\r?\n([\s\S]*?)```/g)].filter(([, one]) => one === language);
  return examples[index]?.[2] ?? '';
}

/** The device of the n-th example of a section. */
function example(title: string, index = 0): Settings {
  const [device] = parse(exampleIn('yaml', title, index)) as Settings[];
  return device ?? {};
}

/** Runs the example against the real shell, with what else of it is another one here. */
async function answer(device: Settings, changes: Settings = {}): Promise<string> {
  const { port, username, password } = real().device('shell');
  const file = join(folder, 'devices.yaml');
  const here = { device_type: 'linux', host: '127.0.0.1', port, username, password };
  writeFileSync(file, JSON.stringify([{ ...device, ...here, ...changes }]));
  const [found] = (await loadInventory(file)).devices;
  if (found === undefined) throw new Error('the example has no device');
  await using session = await connect(found, { hostKeys: { knownHostsFile: join(folder, 'known_hosts') } });
  return (await session.sendCommand('echo $SSH_CONNECTION')).output;
}

test('the example of SSH works', async () => {
  const device = example('SSH');
  expect(device).toMatchObject({ key_file: expect.any(String), password: expect.any(String) });
  expect(await answer(device, { key_file: real().clientKeys.plain.file, password: 'not asked for' })).toMatch(/^127\./);
});

test('the example of legacy algorithms works', async () => {
  const lines = ['KexAlgorithms diffie-hellman-group1-sha1', 'HostKeyAlgorithms ssh-rsa', 'Ciphers aes256-cbc'];
  const { port } = await real().sshdWith('doc-old', [...lines, 'MACs hmac-sha1']);
  const device = example('Algorithms');
  await expect(answer({ ...device, legacy_algorithms: [] }, { port })).rejects.toMatchObject({ code: 'negotiation' });
  expect(await answer(device, { port })).toMatch(/^127\./);
  await real().stopSshd('doc-old');
});

test('the example of single commands works', () => {
  const { host, port, username, password } = real().device('shell');
  const hosts = [{ name: 'h1', device_type: 'linux', host, port, username, password }];
  writeFileSync(join(folder, 'hosts.yaml'), JSON.stringify(hosts));
  const command = exampleIn('sh', 'exec').replace('rollcall ', `'${process.execPath}' '${main}' `);
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, expect.stringContaining('1 ok')]);
  expect(stdout).toMatch(/^df -h \/\nFilesystem[\s\S]*\nuptime\n.*load average/m);
});

test('the example of jump hosts works', async () => {
  const device = example('Jump hosts');
  const hops = device.jump as Settings[];
  expect(hops).toHaveLength(2);
  const [first, second] = await Promise.all([startBastion(real(), 'doc-1'), startBastion(real(), 'doc-2')]);
  const { username } = real().device('shell');
  const key_file = real().clientKeys.plain.file;
  const at = [first, second];
  const jump = hops.map((hop, index) => ({ ...hop, host: '127.0.0.1', port: at[index]?.port, username, key_file }));
  expect(await answer(device, { jump })).toMatch(/^127\.0\.0\.1 /);
  expect([first.logins(), second.logins()]).toEqual([1, 1]);
});

test('the example of a proxy command works', async () => {
  const device = example('Proxies');
  const { port, username } = real().device('shell');
  const key = join(folder, 'key');
  cpSync(real().clientKeys.plain.file, key);
  chmodSync(key, 0o600);
  const how = `-F none -i ${key} -p ${port} -o StrictHostKeyChecking=no -o UserKnownHostsFile=${folder}/hosts`;
  const proxy_command = String(device.proxy_command)
    .replace('ssh ', `ssh ${how} `)
    .replace('alice@bastion.example.net', `${username}@127.0.0.1`);
  expect(proxy_command).toContain('-W %h:%p rollcall-');
  expect(await answer(device, { proxy_command })).toMatch(/^127\.0\.0\.1 /);
});

test('the example of a SOCKS proxy works', async () => {
  const device = example('Proxies', 1);
  const socks = device.socks as Settings;
  const free = await listen(() => {});
  await free[Symbol.asyncDispose]();
  const { port } = free;
  const args = ['-i', '127.0.0.1', '-p', String(port), '-u', String(socks.username), '-P', String(socks.password)];
  const child = spawn('microsocks', args, { stdio: 'ignore' });
  const ended = new Promise((settle) => child.once('close', settle));
  try {
    await vi.waitFor(async () => expect(await accepts(port)).toBe(true), { timeout: 5_000, interval: 20 });
    expect(await answer(device, { socks: { ...socks, host: '127.0.0.1', port } })).toMatch(/^127\.0\.0\.1 /);
  } finally {
    child.kill();
    await ended;
  }
});

test('the example of a source address works', async () => {
  const device = example('Source address, VRF, IPv6');
  expect(device).toMatchObject({ source_address: '192.0.2.10', address_family: 4 });
  expect(await answer(device, { source_address: '127.0.0.9', host: 'localhost' })).toMatch(/^127\.0\.0\.9 /);
});
