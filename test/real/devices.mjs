// Starts real devices on loopback from Debian's packages and stops them without a trace. Needs root on Linux.
//   node test/real/devices.mjs start    starts a set that stays and prints it as JSON
//   node test/real/devices.mjs stop     removes every such set, and what killed runs have left
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startFrr } from './frr.mjs';
import { endServer, freePort } from './processes.mjs';
import { createSet, ownerHere, ownerKept, removeKept, removeSet, removeStale } from './sets.mjs';
import { makeClientKeys, publicKeysOf, restartSshd, startDropbear, startSshd } from './ssh-servers.mjs';
import { addUser } from './users.mjs';

const script = fileURLToPath(import.meta.url);

/** Starts one set; nothing of it is left when this fails or the signal aborts. See devices.d.mts. */
export async function startRealDevices({ signal, keep = false } = {}) {
  signal?.throwIfAborted();
  await removeStale();
  const set = createSet(keep ? ownerKept() : ownerHere());
  const janitor = keep ? undefined : startJanitor(set);
  let removing;
  const remove = () => {
    removing ??= removeSet(set).finally(() => janitor?.dismiss());
    return removing;
  };
  try {
    const parts = await startParts(set, signal);
    signal?.throwIfAborted();
    signal?.addEventListener('abort', () => remove().catch((error) => console.error(error)), { once: true });
    return {
      ...parts,
      folder: set.folder,
      stop: remove,
      [Symbol.asyncDispose]: remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

// A process that waits for the end of ours, however it comes (a killed test worker runs no hooks), and cleans up then.
function startJanitor({ folder, set }) {
  const janitor = spawn(process.execPath, [script, 'janitor', folder, set], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
  });
  janitor.unref();
  janitor.stdin.unref?.();
  janitor.stdin.on('error', () => {});
  const gone = new Promise((settle) => janitor.once('exit', settle).once('error', settle));
  const dismiss = async () => {
    janitor.ref();
    janitor.stdin.end();
    await gone;
  };
  return { dismiss };
}

async function startParts({ folder, set, owner }, signal) {
  const frr = await startFrr(folder);
  signal?.throwIfAborted();
  const keys = makeClientKeys(folder);
  const user = (role, shell, groups) =>
    addUser({ folder, set, owner, role, shell, groups, publicKeys: publicKeysOf(keys) });
  const routerUser = await user('vty', '/bin/sh', ['frrvty']);
  const shellUser = await user('sh', '/bin/bash');
  signal?.throwIfAborted();

  const main = {
    port: await freePort(),
    lines: [
      'UsePAM no',
      'PasswordAuthentication yes',
      'KbdInteractiveAuthentication no',
      `AllowUsers ${routerUser.username} ${shellUser.username}`,
      `Match User ${routerUser.username}`,
      `  ForceCommand ${frr.vtysh}`,
    ],
  };
  const asking = {
    port: await freePort(),
    lines: [
      'UsePAM yes',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication yes',
      'PubkeyAuthentication no',
      `AllowUsers ${shellUser.username}`,
    ],
  };
  const dropbearPort = await freePort();
  const [mainKeys, askingKeys, dropbearKeys] = await Promise.all([
    startSshd(folder, 'sshd', main),
    startSshd(folder, 'sshd-asking', asking),
    startDropbear(folder, dropbearPort),
  ]);

  const ssh = { transport: 'ssh', host: '127.0.0.1', secret: undefined };
  const devices = [
    frr.telnet,
    { ...ssh, kind: 'vtysh', platform: 'frr', port: main.port, ...routerUser, hostKeyFiles: mainKeys },
    { ...ssh, kind: 'shell', platform: 'linux', port: main.port, ...shellUser, hostKeyFiles: mainKeys },
    { ...ssh, kind: 'dropbear', platform: 'linux', port: dropbearPort, ...shellUser, hostKeyFiles: dropbearKeys },
  ];
  return {
    devices,
    device: (kind) => {
      const found = devices.find((one) => one.kind === kind);
      if (found === undefined) throw new Error(`no such device: ${kind}; there are ${devices.map((one) => one.kind)}`);
      return found;
    },
    keyboardInteractive: {
      ...ssh,
      kind: 'shell',
      platform: 'linux',
      port: asking.port,
      ...shellUser,
      hostKeyFiles: askingKeys,
    },
    clientKeys: keys,
    sshdWith: async (name, lines) => {
      const port = await freePort();
      const own = ['UsePAM no', 'PasswordAuthentication yes', `AllowUsers ${shellUser.username}`, ...lines];
      const hostKeyFiles = await startSshd(folder, `sshd-${name}`, { port, lines: own });
      return { ...ssh, kind: 'shell', platform: 'linux', port, ...shellUser, hostKeyFiles };
    },
    stopSshd: (name) => endServer(folder, `sshd-${name}`),
    restartSshd: ({ newHostKeys = false } = {}) => restartSshd(folder, 'sshd', { ...main, newHostKeys }).then(() => {}),
  };
}

async function main([command, folder, set]) {
  if (command === 'start') {
    const started = await startRealDevices({ keep: true });
    const { devices, keyboardInteractive, clientKeys } = started;
    console.log(JSON.stringify({ folder: started.folder, devices, keyboardInteractive, clientKeys }, null, 2));
  } else if (command === 'stop') {
    await removeKept();
  } else if (command === 'janitor') {
    for await (const _ of process.stdin) void _;
    await removeSet({ folder, set });
  } else {
    console.error('usage: node test/real/devices.mjs start|stop');
    process.exitCode = 2;
  }
}

if (process.argv[1] === script) await main(process.argv.slice(2));
