// A set of real devices is one folder and some accounts. It has an owner; when the owner is gone, it may be removed.
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endServer, isAlive, statOf } from './processes.mjs';
import { ourUsers, removeUsers } from './users.mjs';

// Not the user's TMPDIR: the servers' own users must be able to enter it, and a socket's path may have 107 bytes only.
const PARENT = '/tmp';
const PREFIX = 'rollcall-real-';

const boot = () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);

/** This process as an owner. Its number would not do: after a while, or a restart, another process has it. */
export const ownerHere = () => `${boot()}.${process.pid}.${statOf(process.pid)?.startedAt}`;
/** The owner of a set that stays until it is stopped by command or the machine restarts. */
export const ownerKept = () => `${boot()}.kept`;

function isGone(owner) {
  const [bootId, pid, startedAt] = owner.split('.');
  return bootId !== boot() || (pid !== 'kept' && !isAlive({ pid: Number(pid), startedAt }));
}

export function createSet(owner) {
  const set = randomBytes(4).toString('hex');
  const folder = join(PARENT, `${PREFIX}${set}`);
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'owner'), owner);
  return { folder, owner, set };
}

function setsHere() {
  return readdirSync(PARENT)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => join(PARENT, name))
    .flatMap((folder) => {
      try {
        return [
          {
            folder,
            set: folder.slice(join(PARENT, PREFIX).length),
            owner: readFileSync(join(folder, 'owner'), 'utf8'),
          },
        ];
      } catch {
        // Just being made or just being removed by another process.
        return [];
      }
    });
}

/** Stops the servers of a set, removes its accounts and its folder. May be called twice, and by two processes. */
export async function removeSet({ folder, set }) {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.pid')) : [];
  const failures = [];
  const attempt = async (work) => {
    try {
      await work();
    } catch (error) {
      if (error.code !== 'ENOENT') failures.push(error);
    }
  };
  await Promise.all(names.map((name) => attempt(() => endServer(folder, name.slice(0, -'.pid'.length)))));
  await attempt(() => removeUsers(ourUsers().filter((user) => user.set === set)));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  if (failures.length > 0) throw new AggregateError(failures, failures.map((error) => error.message).join('; '));
}

async function removeWhere(condition) {
  for (const found of setsHere()) if (condition(found.owner)) await removeSet(found);
  // Accounts outlive a restart of the machine, folders in /tmp may not.
  await removeUsers(ourUsers().filter((user) => condition(user.owner)));
}

/** Removes what runs that were killed have left behind. */
export const removeStale = () => removeWhere(isGone);
/** Removes the sets that were started to stay. */
export const removeKept = () => removeWhere((owner) => owner.endsWith('.kept') || isGone(owner));
