import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { connect, type SessionOptions, type SessionTarget } from 'rollcall/session';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type RealBastion, startBastion } from './bastions.mjs';
import { realDevicesOrSkip } from './use.ts';

const run = promisify(execFile);
const example = resolve(import.meta.dirname, '../../docs/examples/two-hops.ssh_config');
const folder = mkdtempSync(join(tmpdir(), 'rollcall-two-hops-'));
const keys = join(folder, 'ssh');
const configFile = join(folder, 'config');
const knownHosts = join(keys, 'known_hosts_network');

const real = realDevicesOrSkip();
let hops: { readonly bastion: RealBastion; readonly gateway: RealBastion };

/** A key pair of its own, and a jump host that takes this key only. */
async function jumpHost(name: string, keyName: string): Promise<RealBastion> {
  const key = join(keys, keyName);
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', key]);
  // Where the server's own user may read it.
  const allowed = join(real().folder, `${name}-keys`);
  cpSync(`${key}.pub`, allowed);
  const lines = [`AuthorizedKeysFile ${allowed}`, 'StrictModes no', 'PasswordAuthentication no'];
  return startBastion(real(), name, { lines });
}

const publicKeyOf = (files: readonly string[]): string =>
  readFileSync(files[0] ?? '', 'utf8')
    .split(' ')
    .slice(0, 2)
    .join(' ')
    .trim();

/** The documentation's example with this machine's addresses, users and files in it, and nothing else changed. */
function fillIn(): string {
  const shell = real().device('shell');
  const vtysh = real().device('vtysh');
  const at = (port: number): string => `HostName 127.0.0.1\n  Port ${port}`;
  return readFileSync(example, 'utf8')
    .replace('HostName bastion.example.net', at(hops.bastion.port))
    .replace('HostName 10.0.0.1', at(hops.gateway.port))
    .replaceAll('HostName 10.0.0.2', at(shell.port))
    .replace('User alice', `User ${vtysh.username}`)
    .replace('User operator', `User ${shell.username}`)
    .replaceAll('User cisco', `User ${shell.username}`)
    .replaceAll('~/.ssh/', `${keys}/`);
}

function learn(bastionKey: string): void {
  const { gateway } = hops;
  const lines = [
    `bastion ${bastionKey}`,
    `site-a-gateway ${publicKeyOf(gateway.hostKeyFiles)}`,
    `site-a-r1 ${publicKeyOf(real().device('shell').hostKeyFiles)}`,
  ];
  writeFileSync(knownHosts, `${lines.join('\n')}\n`);
}

beforeAll(async () => {
  mkdirSync(keys, { mode: 0o700 });
  vi.stubEnv('HOME', folder);
  vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
  vi.stubEnv('SSH_AUTH_SOCK', '');
  hops = { bastion: await jumpHost('bastion', 'id_bastion'), gateway: await jumpHost('gateway', 'id_gateway') };
  cpSync(real().clientKeys.plain.file, join(keys, 'id_routers'));
  writeFileSync(configFile, fillIn());
  learn(publicKeyOf(hops.bastion.hostKeyFiles));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const target = (host: string): SessionTarget => ({ host, platform: 'linux', ssh: { configFile } });
const options: SessionOptions = { timeouts: { connectMs: 20_000, idleMs: 5_000 } };
/** Who came from where, as the device sees it: the same for both, but for the port. */
const WHO = 'echo $USER $SSH_CONNECTION';
const withoutPort = (line: string): string => line.trim().replace(/^(\S+ \S+) \d+/, '$1');

test.each(['r1', 'r2'])('an ssh_config with two hops is used unchanged by ssh and by rollcall: %s', async (host) => {
  const before = [hops.bastion.logins(), hops.gateway.logins()];
  const ssh = await run('ssh', ['-F', configFile, '-o', 'BatchMode=yes', host, WHO]);
  expect([hops.bastion.logins(), hops.gateway.logins()]).toEqual(before.map((count) => count + 1));
  await using session = await connect(target(host), options);
  const { output } = await session.sendCommand(WHO);
  expect(withoutPort(output)).toBe(withoutPort(ssh.stdout));
  const { username } = real().device('shell');
  expect(output).toMatch(
    new RegExp(`^${username} 127\\.0\\.0\\.1 \\d+ 127\\.0\\.0\\.1 ${real().device('shell').port}$`),
  );
  // Each hop by its own user.
  expect(hops.bastion.log()).toContain(`Accepted publickey for ${real().device('vtysh').username} `);
  expect(hops.gateway.log()).toContain(`Accepted publickey for ${username} `);
});

test('and neither of them goes on where the key that is known under a hop’s alias is another one', async () => {
  learn(publicKeyOf(hops.gateway.hostKeyFiles));
  try {
    await expect(run('ssh', ['-F', configFile, '-o', 'BatchMode=yes', 'r1', WHO])).rejects.toMatchObject({
      stderr: expect.stringContaining('Host key verification failed'),
    });
    // Another option than before, so that it is another way to the system that shares connections.
    const opening = connect(target('r1'), { ...options, hostKeys: { policy: 'strict' } });
    await expect(opening).rejects.toMatchObject({
      name: 'HostKeyError',
      code: 'host_key_changed',
      message: expect.stringMatching(/jump host bastion: bastion: THE HOST KEY HAS CHANGED/),
    });
  } finally {
    learn(publicKeyOf(hops.bastion.hostKeyFiles));
  }
});
