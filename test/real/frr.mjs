// FRRouting on loopback: zebra with its telnet vty, and staticd so that static routes can be configured over vtysh.
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accepts, freePort, run, startServer } from './processes.mjs';

const PROGRAMS = '/usr/lib/frr';
const LOGIN_PASSWORD = 'cisco';
const ENABLE_PASSWORD = 'cisco';

/** A zebra that is none of ours manages this machine's routes: a second one would meddle with them. */
export function foreignZebra() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return /(^|\/)zebra$/.test(line[0]) && !line.some((word) => word.startsWith('/tmp/rollcall-real-'));
      } catch {
        return false;
      }
    });
}

export async function startFrr(folder) {
  const vty = join(folder, 'frr');
  const uid = Number(run('id', ['-u', 'frr']).trim());
  const gid = Number(run('id', ['-g', 'frr']).trim());
  mkdirSync(vty);
  chmodSync(vty, 0o755);
  chownSync(vty, uid, gid);
  const config = (name, lines) => {
    const file = join(vty, `${name}.conf`);
    writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o640 });
    chownSync(file, uid, gid);
    return ['-f', file, '-i', join(vty, `${name}.number`), '-z', join(vty, 'zserv.api'), '--vty_socket', vty];
  };
  const port = await freePort();
  const zebra = config('zebra', [
    'hostname R1',
    `password ${LOGIN_PASSWORD}`,
    `enable password ${ENABLE_PASSWORD}`,
    'line vty',
  ]);
  await startServer(folder, 'zebra', {
    command: join(PROGRAMS, 'zebra'),
    // -K: at its start zebra would otherwise remove from the kernel the routes of a zebra beside it.
    args: [...zebra, '-A', '127.0.0.1', '-P', String(port), '-K', '86400'],
    ready: async () => existsSync(join(vty, 'zserv.api')) && (await accepts(port)),
  });
  await startServer(folder, 'staticd', {
    command: join(PROGRAMS, 'staticd'),
    args: [...config('staticd', ['hostname R1']), '-A', '127.0.0.1', '-P', '0'],
    ready: () => existsSync(join(vty, 'staticd.vty')),
  });
  const telnet = {
    kind: 'zebra',
    platform: 'frr_telnet',
    transport: 'telnet',
    host: '127.0.0.1',
    port,
    username: undefined,
    password: LOGIN_PASSWORD,
    secret: ENABLE_PASSWORD,
    hostKeyFiles: [],
  };
  return { telnet, vtysh: `vtysh --vty_socket ${vty}` };
}
