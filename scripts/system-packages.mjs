// What some test suites need beside Node, whether it is here, how to get it, and getting it where we may.
// Asked by scripts/test.mjs before the tests run and by test/real/needs.ts while they run.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { foreignZebra } from '../test/real/frr.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const requirements = join(root, 'test', 'peers', 'requirements.txt');
const venv = join(root, '.test-env', 'python');
/** The Python that has the packages of test/peers/requirements.txt. */
export const testPython = join(venv, ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']));

const isRoot = process.getuid?.() === 0;
const aptGet = '/usr/bin/apt-get';

function find(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/lib/frr'];
  return folders
    .map((folder) => join(folder, process.platform === 'win32' ? `${program}.exe` : program))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function withoutPrograms(programs) {
  const missing = programs.filter((program) => find(program) === undefined);
  return missing.length === 0 ? undefined : `not installed: ${missing.join(', ')}`;
}

const NEEDS = {
  'real-devices': {
    packages: ['frr', 'openssh-server', 'openssh-client', 'dropbear-bin'],
    how: 'run the tests as root on Debian or Ubuntu (a container will do)',
    why() {
      if (process.platform !== 'linux') return 'the real devices are servers from Debian’s packages: Linux only';
      if (!isRoot) return 'the servers of the real devices need root';
      if (foreignZebra()) return 'FRRouting manages the routes of this machine: a second zebra would meddle with them';
      return withoutPrograms([
        ...['zebra', 'staticd', 'vtysh', 'sshd', 'ssh-keygen', 'dropbear', 'dropbearkey'],
        ...['useradd', 'userdel', 'chpasswd'],
      ]);
    },
  },
  terminal: { packages: ['tmux'], how: 'install tmux', why: () => withoutPrograms(['tmux']) },
  'openssh-client': { packages: ['openssh-client'], how: 'install OpenSSH’s ssh', why: () => withoutPrograms(['ssh']) },
  ping: { packages: ['iputils-ping'], how: 'install the system’s ping', why: () => withoutPrograms(['ping']) },
  netns: {
    packages: ['iproute2'],
    how: 'run the tests as root on Linux where network namespaces can be made',
    why() {
      if (process.platform !== 'linux' || !isRoot) return 'network namespaces need root on Linux';
      const missing = withoutPrograms(['ip']);
      if (missing !== undefined) return missing;
      const name = `rollcall-probe-${process.pid}`;
      const made = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8' });
      if (made.status === 0) spawnSync('ip', ['netns', 'delete', name]);
      return made.status === 0 ? undefined : `'ip netns add' fails: ${made.stderr.trim()}`;
    },
  },
  socks: { packages: ['microsocks'], how: 'install microsocks', why: () => withoutPrograms(['microsocks']) },
  telnet: { packages: ['inetutils-telnet'], how: 'install a telnet client', why: () => withoutPrograms(['telnet']) },
  age: { packages: ['age'], how: 'install age', why: () => withoutPrograms(['age', 'age-keygen']) },
  keyring: {
    packages: ['gnome-keyring', 'dbus-daemon'],
    how: 'install GNOME’s keyring and D-Bus on Linux',
    why() {
      if (process.platform !== 'linux') return 'the keyring of the tests is GNOME’s: Linux only';
      return withoutPrograms(['dbus-run-session', 'gnome-keyring-daemon']);
    },
  },
  socat: { packages: ['socat'], how: 'install socat', why: () => withoutPrograms(['socat']) },
  netmiko: {
    packages: ['python3', 'python3-venv'],
    how: 'install python3 with its venv module and run `npm test`, which puts netmiko into .test-env/',
    why() {
      if (!existsSync(requirements)) return 'test/peers/requirements.txt is not there';
      return stampOf() === wantedStamp()
        ? undefined
        : `netmiko as pinned in test/peers/requirements.txt is not in .test-env/`;
    },
    prepare: makeVenv,
  },
};

const wantedStamp = () => createHash('sha256').update(readFileSync(requirements)).digest('hex');
const stampOf = () => (existsSync(join(venv, 'stamp')) ? readFileSync(join(venv, 'stamp'), 'utf8') : undefined);

function needOf(name) {
  const need = NEEDS[name];
  if (need === undefined) throw new Error(`no such need: ${name}; expected one of ${Object.keys(NEEDS).join(', ')}`);
  return need;
}

export const needNames = Object.keys(NEEDS);

/** Why a suite with this need cannot run here, or undefined when it can. */
export const whyMissing = (name) => needOf(name).why();

export function howToGet(name) {
  const { packages, how } = needOf(name);
  return `${how}; Debian's packages: ${packages.join(' ')}`;
}

/** Gets what is missing, where we may; says what it does on standard error. Whether it worked, `whyMissing` tells. */
export function provide(name) {
  if (whyMissing(name) === undefined) return;
  const { packages, prepare } = needOf(name);
  // A virtual environment may be possible with the Python that is here; only then are its packages of use or not.
  if (prepare?.()) return;
  if (!isRoot || !existsSync(aptGet)) return;
  install(packages);
  prepare?.();
}

function shout(command, args, env = {}) {
  const done = spawnSync(command, args, { stdio: ['ignore', 2, 2], env: { ...process.env, ...env } });
  return done.status === 0;
}

const isInstalled = (name) =>
  /^Status: install ok installed$/m.test(spawnSync('dpkg', ['-s', name], { encoding: 'utf8' }).stdout ?? '');

function install(packages) {
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  console.error(`rollcall: installing ${missing.join(' ')} for the tests …`);
  withoutStartingServices(() => {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    const args = ['install', '-y', '-qq', '--no-install-recommends', ...missing];
    // The list of packages may be absent or old: then, and only then, it is fetched.
    if (!shout(aptGet, args, env) && shout(aptGet, ['update', '-qq'], env)) shout(aptGet, args, env);
  });
  // Neither now nor at the next start of this machine: it was not its owner who wanted these servers.
  const services = { frr: 'frr.service', 'openssh-server': 'ssh.service' };
  if (existsSync('/run/systemd/system')) {
    for (const name of missing)
      if (services[name] !== undefined) shout('systemctl', ['disable', '--now', services[name]]);
  }
}

/** Debian asks this file, when there is one, before it starts the service of a package that it installs. */
function withoutStartingServices(work) {
  const policy = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    work();
  } finally {
    if (ours) rmSync(policy, { force: true });
  }
}

function makeVenv() {
  if (!existsSync(requirements)) return false;
  const python = find('python3') ?? find('python');
  if (python === undefined) return false;
  console.error('rollcall: installing netmiko into .test-env/ for the tests …');
  rmSync(venv, { recursive: true, force: true });
  const made =
    shout(python, ['-m', 'venv', venv]) &&
    shout(testPython, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  if (made) writeFileSync(join(venv, 'stamp'), wantedStamp());
  return made;
}
