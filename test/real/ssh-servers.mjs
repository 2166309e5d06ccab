// OpenSSH's sshd and dropbear on high ports of 127.0.0.1, with files of their own: the machine's sshd is not touched.
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accepts, endServer, run, startServer } from './processes.mjs';

const SSHD = '/usr/sbin/sshd';
const DROPBEAR = '/usr/sbin/dropbear';
const KEY_TYPES = ['ed25519', 'rsa'];

function freshKey(file, type, passphrase = '') {
  for (const old of [file, `${file}.pub`]) rmSync(old, { force: true });
  run('ssh-keygen', [
    '-q',
    '-t',
    type,
    ...(type === 'rsa' ? ['-b', '2048'] : []),
    '-N',
    passphrase,
    '-C',
    '',
    '-f',
    file,
  ]);
}

/** The key pairs of the test's user: one plain, one that needs its passphrase. */
export function makeClientKeys(folder) {
  const keys = join(folder, 'keys');
  mkdirSync(keys, { mode: 0o700 });
  const plain = join(keys, 'plain');
  const locked = join(keys, 'protected');
  const passphrase = 'four words make phrases';
  freshKey(plain, 'ed25519');
  freshKey(locked, 'rsa', passphrase);
  return { plain: { file: plain }, protected: { file: locked, passphrase } };
}

export const publicKeysOf = (keys) =>
  [keys.plain.file, keys.protected.file].map((file) => readFileSync(`${file}.pub`, 'utf8'));

function makeHostKeys(folder, name) {
  const keys = join(folder, `${name}-host-keys`);
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  return KEY_TYPES.map((type) => {
    freshKey(join(keys, type), type);
    return join(keys, `${type}.pub`);
  });
}

const privateOf = (publicFile) => publicFile.slice(0, -'.pub'.length);

/** Starts sshd; the same name again means the same files, so the port and (unless asked) the host keys stay. */
export async function startSshd(folder, name, { port, lines = [], newHostKeys = true }) {
  // sshd's unprivileged half lives in this folder; the service would have made it.
  mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const hostKeys = newHostKeys
    ? makeHostKeys(folder, name)
    : KEY_TYPES.map((type) => join(folder, `${name}-host-keys`, `${type}.pub`));
  const config = join(folder, `${name}.conf`);
  writeFileSync(
    config,
    [
      `ListenAddress 127.0.0.1:${port}`,
      ...hostKeys.map((file) => `HostKey ${privateOf(file)}`),
      'PidFile none',
      // 4 executors with many sessions at once, all from one address.
      ...(lines.some((line) => line.startsWith('MaxStartups')) ? [] : ['MaxStartups 500']),
      'MaxAuthTries 6',
      'PermitRootLogin no',
      'UseDNS no',
      ...lines,
      '',
    ].join('\n'),
  );
  run(SSHD, ['-t', '-f', config]);
  await startServer(folder, name, { command: SSHD, args: ['-D', '-e', '-f', config], ready: () => accepts(port) });
  return hostKeys;
}

export async function restartSshd(folder, name, options) {
  await endServer(folder, name);
  return await startSshd(folder, name, options);
}

/** dropbear knows one key format of its own; the public half is kept in OpenSSH's, as the other servers' are. */
export async function startDropbear(folder, port) {
  const key = join(folder, 'dropbear-host-key');
  if (!existsSync(key)) {
    const said = run('dropbearkey', ['-t', 'ed25519', '-f', key]);
    writeFileSync(`${key}.pub`, `${/^ssh-ed25519 \S+/m.exec(said)?.[0]}\n`);
    chmodSync(key, 0o600);
  }
  await startServer(folder, 'dropbear', {
    command: DROPBEAR,
    args: ['-F', '-E', '-p', `127.0.0.1:${port}`, '-r', key, '-P', join(folder, 'dropbear.number')],
    ready: () => accepts(port),
  });
  return [`${key}.pub`];
}
