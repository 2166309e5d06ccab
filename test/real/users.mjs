// The accounts that the real SSH servers log in: made for one set of devices, gone with it.
import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { allProcesses, end, run, statOf } from './processes.mjs';

/** Every account of ours starts like this, and its comment names the owner, so that a later run can tell what is stale. */
const PREFIX = 'rollcall-';

// Another test file may be at the same files under /etc: the tools take one lock and give up when it is held for long.
async function untilUnlocked(work) {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!/lock/i.test(error.message) || Date.now() > deadline) throw error;
      await delay(50 + Math.random() * 200);
    }
  }
}

/** The accounts of ours that exist: name, user id, the set they belong to, and its owner. */
export function ourUsers() {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter(([name, , , , comment]) => name.startsWith(PREFIX) && /^rollcall tests \S+$/.test(comment))
    .map(([name, , uid, , comment]) => ({
      name,
      uid: Number(uid),
      set: name.split('-')[1],
      owner: comment.split(' ')[2],
    }));
}

/** Makes an account with a random password and a home inside `folder`; `publicKeys` may log in as well. */
export async function addUser({ folder, set, owner, role, shell, groups = [], publicKeys = [] }) {
  const name = `${PREFIX}${set}-${role}`;
  const home = join(folder, 'home', role);
  const password = randomBytes(12).toString('base64url');
  await untilUnlocked(() =>
    run('useradd', [
      ...['--system', '--no-create-home', '--home-dir', home, '--no-user-group', '--gid', 'nogroup'],
      ...(groups.length > 0 ? ['--groups', groups.join(',')] : []),
      ...['--shell', shell, '--comment', `rollcall tests ${owner}`, name],
    ]),
  );
  await untilUnlocked(() => run('chpasswd', [], { input: `${name}:${password}\n` }));
  const { uid } = ourUsers().find((user) => user.name === name);
  const keys = join(home, '.ssh', 'authorized_keys');
  mkdirSync(home, { recursive: true });
  mkdirSync(join(home, '.ssh'), { mode: 0o700 });
  writeFileSync(keys, publicKeys.join(''), { mode: 0o600 });
  const nogroup = Number(run('id', ['-g', name]).trim());
  for (const path of [home, join(home, '.ssh'), keys]) chownSync(path, uid, nogroup);
  return { username: name, password };
}

function uidOf(pid) {
  try {
    return Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

/** Ends what still runs as these users and removes the accounts. */
export async function removeUsers(users) {
  const uids = new Set(users.map((user) => user.uid));
  await end(allProcesses().filter((one) => uids.has(uidOf(one.pid)) && statOf(one.pid) !== undefined));
  for (const { name } of users) {
    await untilUnlocked(() => {
      try {
        run('userdel', [name]);
      } catch (error) {
        // Someone else who cleans up was faster.
        if (ourUsers().some((user) => user.name === name)) throw error;
      }
    });
  }
}
