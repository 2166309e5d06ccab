import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { processWide } from './registry.js';

/**
 * Names this process for those who find the name in a file later: its number, where it runs, and when the system started
 * it, where the system tells (a number is given to another process one day).
 */
export const ownerName = (): string =>
  processWide('ownerName', () =>
    [process.pid, hostname(), startOf(process.pid)].filter((part) => part !== '').join(' '),
  );

/** Returns the number of the process that wrote the name, or undefined where the text is none. */
export function ownerPid(name: string): number | undefined {
  const pid = /^\d+(?= \S)/.exec(name)?.[0];
  return pid === undefined ? undefined : Number(pid);
}

/** Where the process runs that wrote the name. */
export const ownerHost = (name: string): string => name.split(' ')[1] ?? '';

/** Whether the process has ended; only this machine's can be asked after: those of another are taken to live. */
export function ownerIsGone(name: string): boolean {
  const pid = ownerPid(name);
  if (pid === undefined || ownerHost(name) !== hostname()) return false;
  if (!isAlive(pid)) return true;
  const [written, now] = [name.split(' ')[2], startOf(pid)];
  return written !== undefined && now !== '' && written !== now;
}

/** Clock ticks since the machine started, behind the name in brackets (Linux, proc_pid_stat(5), field 22). */
function startOf(pid: number): string {
  if (process.platform !== 'linux') return '';
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8);
    return `${boot}-${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
