// A host that only the user's ssh_config knows: its address, port, user and keys are nowhere else.
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, Secret, type SessionOptions } from 'rollcall/session';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { main } from '../cli/cli.ts';
import { realDevicesOrSkip } from './use.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-ssh-config-'));
const home = join(folder, 'home');
const ssh = join(home, '.ssh');
const key = join(ssh, 'lab key');
const knownHosts = join(ssh, 'lab_known_hosts');
const real = realDevicesOrSkip();

beforeAll(() => {
  mkdirSync(ssh, { recursive: true, mode: 0o700 });
  vi.stubEnv('HOME', home);
  vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
  vi.stubEnv('SSH_AUTH_SOCK', '');
});

beforeEach(() => {
  const { port, username, hostKeyFiles } = real().device('shell');
  copyFileSync(real().clientKeys.plain.file, key);
  const keys = hostKeyFiles.map((file) => readFileSync(file, 'utf8').trim().split(' ').slice(0, 2).join(' '));
  writeFileSync(knownHosts, keys.map((line) => `lab-server ${line}\n`).join(''));
  const lines = [
    'Host lab-*',
    '  HostName 127.0.0.1',
    '  HostKeyAlias lab-server',
    `  User ${username}`,
    '  StrictHostKeyChecking yes',
    '  UserKnownHostsFile ~/.ssh/lab_known_hosts',
    '  IdentityFile ~/.ssh/missing',
    '  IdentityFile "~/.ssh/lab key"',
    'Match originalhost lab-server exec "test %h = 127.0.0.1"',
    `  Port ${port}`,
    'Host *',
    '  ForwardX11 no',
  ];
  writeFileSync(join(ssh, 'config'), `Include lab.conf\n`, { mode: 0o600 });
  writeFileSync(join(ssh, 'lab.conf'), `${lines.join('\n')}\n`, { mode: 0o600 });
});

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const options: SessionOptions = { timeouts: { idleMs: 5_000 } };
const target = { host: 'lab-server', platform: 'linux' };

test('a host is reached by its name in ssh_config alone', async () => {
  await using session = await connect(target, options);
  const { output } = await session.sendCommand('echo "$LOGNAME at $SSH_CONNECTION"');
  const { username, port } = real().device('shell');
  expect(output).toMatch(new RegExp(`^${username} at 127\\.0\\.0\\.1 \\d+ 127\\.0\\.0\\.1 ${port}$`));
});

test('ssh takes the same file to the same place', () => {
  const { username } = real().device('shell');
  const args = ['-F', join(ssh, 'lab.conf'), '-o', `IdentityFile="${key}"`, '-o', `UserKnownHostsFile=${knownHosts}`];
  const { stdout, stderr } = spawnSync('ssh', [...args, 'lab-server', 'echo $LOGNAME'], { encoding: 'utf8' });
  expect({ stdout, stderr }).toEqual({ stdout: `${username}\n`, stderr: '' });
});

test('the program needs neither a user name nor a password', () => {
  const inventory = join(folder, 'devices.yaml');
  writeFileSync(inventory, 'devices:\n  - { host: lab-server, device_type: linux }\n');
  const args = [main, 'run', '-i', inventory, '-q', '--host-keys', 'strict', '--format', 'json', 'echo $LOGNAME'];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  expect(stdout).toContain(real().device('shell').username);
});

test('a host key that the strict file does not know is refused, though rollcall would learn it', async () => {
  writeFileSync(knownHosts, '');
  await expect(connect(target, options)).rejects.toMatchObject({ code: 'host_key_unknown' });
});

test('a device with a password is not offered the keys of the file, unless it is told', async () => {
  const password = new Secret('wrong');
  const refused = await connect({ ...target, password }, options).then(
    () => undefined,
    (error: Error) => error,
  );
  expect(refused).toMatchObject({ code: 'authentication' });
  expect(refused?.message).toContain('(tried: password;');
  await using session = await connect({ ...target, password, ssh: { useKeys: true } }, options);
  expect(session.mode).toBeDefined();
});

test('without the file there is no such host', async () => {
  const ssh = { configFile: 'none' };
  await expect(connect({ ...target, username: 'nobody', ssh }, options)).rejects.toMatchObject({ code: 'dns' });
});

test('of the keys of an agent only the one of the file is offered, also where the file itself is encrypted', async () => {
  const at = join(folder, 'agent');
  const agent = spawn('ssh-agent', ['-D', '-a', at], { stdio: 'ignore' });
  try {
    await vi.waitFor(() => expect(existsSync(at)).toBe(true), { timeout: 5_000, interval: 5 });
    const run = (command: string, ...args: string[]): void => {
      const { status, stderr } = spawnSync(command, args, {
        encoding: 'utf8',
        env: { ...process.env, SSH_AUTH_SOCK: at },
      });
      expect({ status, stderr }).toMatchObject({ status: 0 });
    };
    // More than the server lets anybody try.
    for (let index = 0; index < 7; index += 1) {
      const other = join(folder, `other-${index}`);
      run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', other);
      run('ssh-add', '-q', other);
    }
    const { file, passphrase } = real().clientKeys.protected;
    const open = join(folder, 'opened');
    copyFileSync(file, open);
    run('ssh-keygen', '-q', '-p', '-P', passphrase, '-N', '', '-f', open);
    run('ssh-add', '-q', open);
    copyFileSync(file, key);
    const text = readFileSync(join(ssh, 'lab.conf'), 'utf8');
    const withAgent = `IdentityAgent ${at}\n${text}`;
    writeFileSync(join(ssh, 'config'), withAgent, { mode: 0o600 });
    await expect(connect({ ...target, ssh: { configFile: join(ssh, 'config') } }, options)).rejects.toMatchObject({
      code: 'authentication',
    });
    const only = join(ssh, 'only');
    writeFileSync(only, `IdentitiesOnly yes\n${withAgent}`, { mode: 0o600 });
    await using session = await connect({ ...target, ssh: { configFile: only } }, options);
    expect((await session.sendCommand('echo $LOGNAME')).output).toBe(real().device('shell').username);
  } finally {
    agent.kill();
  }
});
