// Processes by their number: who is alive, who descends from whom, and how to end them all.
// Linux only (/proc), as everything in this folder.
import { spawn, spawnSync } from 'node:child_process';
import { openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, connect as openSocket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** The fields of /proc/PID/stat that matter here, or undefined when there is no such process (a zombie counts as none). */
export function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name is in parentheses and may itself hold spaces and parentheses: count from the last one.
    const rest = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return rest[0] === 'Z' ? undefined : { pid, parent: Number(rest[1]), startedAt: rest[19] };
  } catch {
    return undefined;
  }
}

export function allProcesses() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? []);
}

/** Whether this very process still runs; a process number alone may have been given to another one. */
export function isAlive({ pid, startedAt }) {
  return statOf(pid)?.startedAt === startedAt;
}

/** A process and all that descend from it. */
export function familyOf(pid) {
  const everyone = allProcesses();
  const family = everyone.filter((one) => one.pid === pid);
  for (const one of family) family.push(...everyone.filter((other) => other.parent === one.pid));
  return family;
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already: that is what was wanted.
  }
}

/** Ends these processes: asked first, killed when they do not listen within two seconds. */
export async function end(processes) {
  for (const name of ['SIGTERM', 'SIGKILL']) {
    for (const one of processes) if (isAlive(one)) signal(one.pid, name);
    const deadline = Date.now() + 2000;
    while (processes.some(isAlive) && Date.now() < deadline) await delay(10);
  }
  const left = processes.filter(isAlive);
  if (left.length > 0) throw new Error(`still running: ${left.map((one) => one.pid).join(', ')}`);
}

/** Runs a program to its end; its failure is an error that holds what it printed. */
export function run(command, args, { input } = {}) {
  const done = spawnSync(command, args, { input, encoding: 'utf8', timeout: 60_000 });
  if (done.status !== 0) {
    const said = `${done.stdout ?? ''}${done.stderr ?? ''}`.trim();
    throw new Error(`${command} ${args[0] ?? ''}: ${done.error?.message ?? `exit code ${done.status}`} ${said}`);
  }
  return done.stdout;
}

/** A port of 127.0.0.1 that nobody listens on, below the range from which outgoing connections get theirs. */
export async function freePort() {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = 15_000 + Math.floor(Math.random() * 17_000);
    const server = createServer();
    const free = await new Promise((settle) => {
      server.once('error', () => settle(false)).listen(port, '127.0.0.1', () => settle(true));
    });
    await new Promise((settle) => server.close(settle));
    if (free) return port;
  }
  throw new Error('no free port on 127.0.0.1 between 15000 and 32000');
}

export function accepts(port) {
  return new Promise((settle) => {
    const socket = openSocket(port, '127.0.0.1');
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.destroy());
  });
}

/**
 * Starts a server that stays in the foreground, as a process of its own that outlives us, and waits until `ready`.
 * What it prints goes to FOLDER/NAME.log; its number stands in FOLDER/NAME.pid, for whoever cleans up after us.
 */
export async function startServer(folder, name, { command, args, ready }) {
  const log = join(folder, `${name}.log`);
  const output = openSync(log, 'a', 0o600);
  const child = spawn(command, args, { detached: true, stdio: ['ignore', output, output], cwd: '/' });
  let failure;
  child.once('error', (error) => {
    failure = error.message;
  });
  child.once('exit', (code, killedBy) => {
    failure = `ended with ${killedBy ?? `exit code ${code}`}`;
  });
  child.unref();
  const server = child.pid === undefined ? undefined : statOf(child.pid);
  if (server !== undefined) writeFileSync(join(folder, `${name}.pid`), JSON.stringify(server));
  const deadline = Date.now() + 20_000;
  while (!(await ready())) {
    if (failure === undefined && Date.now() > deadline) failure = 'was not ready within 20 seconds';
    if (failure === undefined) await delay(20);
    else throw new Error(`${name} ${failure}: ${readFileSync(log, 'utf8').trim().slice(-2000)}`);
  }
}

/** Ends a server that `startServer` began, in this process or in another one, with every session it serves. */
export async function endServer(folder, name) {
  const server = JSON.parse(readFileSync(join(folder, `${name}.pid`), 'utf8'));
  if (isAlive(server)) await end(familyOf(server.pid));
}
