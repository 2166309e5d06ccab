// sshd for the ways to log in: one account, and as many servers as a test wants, each with lines of its own.
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, run } from './processes.mjs';
import { createSet, ownerHere, removeSet, removeStale } from './sets.mjs';
import { restartSshd, startDropbear, startSshd } from './ssh-servers.mjs';
import { addUser } from './users.mjs';

/** See login-servers.d.mts. */
export async function startLoginServers() {
  await removeStale();
  const set = createSet(ownerHere());
  const { folder } = set;
  const ports = new Map();
  try {
    const user = await addUser({ folder, set: set.set, owner: set.owner, role: 'sh', shell: '/bin/bash' });
    return {
      folder,
      ...user,
      authorizedKeys: join(folder, 'home', 'sh', '.ssh', 'authorized_keys'),
      async start(name, lines, { sameHostKeys = false } = {}) {
        const port = ports.get(name) ?? (await freePort());
        const options = { port, lines: [`AllowUsers ${user.username}`, ...lines], newHostKeys: !sameHostKeys };
        const hostKeyFiles = await (ports.has(name) ? restartSshd : startSshd)(folder, name, options);
        ports.set(name, port);
        return { port, hostKeyFiles };
      },
      async startDropbear() {
        const port = await freePort();
        await startDropbear(folder, port);
        return { port };
      },
      expirePassword: () => void run('chage', ['-d', '0', user.username]),
      logOf: (name) => readFileSync(join(folder, `${name}.log`), 'utf8'),
      stop: () => removeSet(set),
    };
  } catch (error) {
    await removeSet(set);
    throw error;
  }
}

/** Makes a key pair; the public half is beside it. */
export function makeKey(file, type, { bits, passphrase = '', rounds } = {}) {
  const more = [...(bits === undefined ? [] : ['-b', `${bits}`]), ...(rounds === undefined ? [] : ['-a', `${rounds}`])];
  run('ssh-keygen', ['-q', '-t', type, ...more, '-N', passphrase, '-C', `comment of ${type}`, '-f', file]);
  return file;
}

/** Has an authority sign a public key; the certificate is beside it. */
export function certify(authority, file, { names, host = false, valid = '-1h:+1h', more = [] }) {
  const kind = host ? ['-h'] : [];
  const forNames = names === undefined ? [] : ['-n', names];
  run('ssh-keygen', ['-q', '-s', authority, ...kind, '-I', 'a test', ...forNames, '-V', valid, ...more, `${file}.pub`]);
  chmodSync(`${file}-cert.pub`, 0o644);
  return `${file}-cert.pub`;
}
