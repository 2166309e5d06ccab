// Jump hosts for tests: more sshd and dropbear beside a set of real devices, for its users; they end with the set.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accepts, allProcesses, endServer, freePort, startServer } from './processes.mjs';
import { startSshd } from './ssh-servers.mjs';

function serverOf(folder, name, port) {
  const log = () => readFileSync(join(folder, `${name}.log`), 'utf8');
  return {
    host: '127.0.0.1',
    port,
    log,
    logins: () => (log().match(/^(?:Accepted (?:password|publickey)|.* (?:auth succeeded))/gm) ?? []).length,
    connections: () => {
      const file = join(folder, `${name}.pid`);
      if (!existsSync(file)) return 0;
      const { pid } = JSON.parse(readFileSync(file, 'utf8'));
      return allProcesses().filter(({ parent }) => parent === pid).length;
    },
    end: () => endServer(folder, name),
  };
}

/** Starts an sshd that the set's users log in to by password or key. */
export async function startBastion({ folder }, name, { lines = [] } = {}) {
  const port = await freePort();
  const own = ['UsePAM no', 'PasswordAuthentication yes', 'KbdInteractiveAuthentication no'];
  // Of two lines with the same name sshd takes the first.
  const hostKeyFiles = await startSshd(folder, name, { port, lines: [...own, ...lines] });
  return { ...serverOf(folder, name, port), hostKeyFiles };
}

/** Starts a dropbear with the host key of the set's own one. */
export async function startDropbearBastion({ folder }, name, { args = [] } = {}) {
  const port = await freePort();
  await startServer(folder, name, {
    command: '/usr/sbin/dropbear',
    args: [
      ...['-F', '-E', '-p', `127.0.0.1:${port}`],
      ...['-r', join(folder, 'dropbear-host-key')],
      '-P',
      join(folder, `${name}.number`),
      ...args,
    ],
    ready: () => accepts(port),
  });
  return { ...serverOf(folder, name, port), hostKeyFiles: [join(folder, 'dropbear-host-key.pub')] };
}
