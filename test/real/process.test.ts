import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, Secret } from 'rollcall/session';
import { expect, test } from 'vitest';
import { failure } from '../session/failure.ts';
import { ownSurroundings } from '../transport/surroundings.ts';
import { realDevicesOrSkip } from './use.ts';

ownSurroundings();
const real = realDevicesOrSkip();

const vtysh = () => ['vtysh', '--vty_socket', join(real().folder, 'frr')];
const local = { host: 'here', transport: 'process' } as const;

/** OpenSSH's client, as it is typed at a terminal. */
function ssh(kind: 'shell' | 'vtysh'): string[] {
  const { host, port, username } = real().device(kind);
  const options = [
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'LogLevel=ERROR',
    'PubkeyAuthentication=no',
  ];
  return ['ssh', ...options.flatMap((one) => ['-o', one]), '-p', String(port), `${username}@${host}`];
}

/** The arguments and environments of this machine's processes that hold a text. */
function placesOf(text: string): string[] {
  const files = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => [`/proc/${pid}/cmdline`, `/proc/${pid}/environ`]);
  return files.filter((file) => {
    try {
      return readFileSync(file, 'latin1').includes(text);
    } catch {
      // It has ended meanwhile.
      return false;
    }
  });
}

test('vtysh of this machine is a router like one over SSH: read, configured, read back', async () => {
  await using session = await connect({ ...local, platform: 'frr', command: vtysh() });
  expect((await session.sendCommand('show version')).output).toContain('FRRouting');
  const route = 'ip route 203.0.113.0/24 Null0';
  expect(await session.sendConfig([route])).toMatchObject({ ok: true });
  expect((await session.sendCommand('show running-config')).output).toContain(route);
  expect(await session.sendConfig([`no ${route}`])).toMatchObject({ ok: true });
});

test('tells its platform by itself', async () => {
  await using session = await connect({ ...local, platform: 'autodetect', command: vtysh() });
  expect(session.platform).toBe('frr');
});

test('ssh as the program asks for the password, which is typed and nowhere else to be seen', async () => {
  const { password } = real().device('shell');
  const target = { ...local, platform: 'linux', command: ssh('shell'), password: new Secret(password) };
  await using session = await connect(target);
  expect((await session.sendCommand('echo "$SSH_CONNECTION"')).output).toMatch(/^127\.0\.0\.1 \d+ 127\.0\.0\.1 \d+$/);
  expect(placesOf(`${target.command.at(-1)}`)).not.toEqual([]);
  expect(placesOf(password)).toEqual([]);
});

test('ssh that is refused is a login that was refused', async () => {
  const target = { ...local, platform: 'linux', command: ssh('shell'), password: new Secret('wrong one') };
  const error = await failure(connect(target));
  expect(error).toMatchObject({ name: 'AuthenticationError', code: 'authentication', phase: 'login' });
});
