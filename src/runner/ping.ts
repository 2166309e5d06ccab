import { spawn } from 'node:child_process';
import { connect, isIPv6 } from 'node:net';
import { AbortedError, checkMs, childEnvironment, Deadline, OptionError, quote, RollcallError } from '../base/index.js';
import { hostProblem } from '../inventory/index.js';

export interface PingOptions {
  /** Echo requests, a second apart: 1 by default, at most 100. One answer is enough. TCP tries once. */
  readonly count?: number;
  /** How long the last request may go without an answer, in milliseconds: 2000 by default, at least 1. */
  readonly timeoutMs?: number;
  /** Opens a TCP connection to this port in place of an ICMP echo; 1 to 65535. */
  readonly tcpPort?: number;
  readonly signal?: AbortSignal;
}

/** Whether an address answers; `detail` says why not. */
export interface PingResult {
  readonly address: string;
  readonly reachable: boolean;
  readonly method: 'icmp' | 'tcp';
  /** The shortest round trip, in milliseconds, where it is known. */
  readonly rttMs?: number;
  readonly detail?: string;
}

type Probe = Required<Pick<PingOptions, 'count' | 'timeoutMs'>>;

/**
 * Tells whether a host answers, by the system's `ping` (with an argument vector, never a shell) or a TCP connection.
 * Throws OptionError for an address that is no host name or IP address (nothing runs then), AbortedError, and
 * RollcallError when this machine cannot ping.
 */
export async function pingAddress(address: string, options: PingOptions = {}): Promise<PingResult> {
  const { count = 1, tcpPort, signal } = options;
  const timeoutMs = checkMs('timeoutMs', options.timeoutMs, { minimum: 1 }) ?? 2000;
  checkAddress(address);
  checkInteger('count', count, 100);
  if (tcpPort !== undefined) checkInteger('tcpPort', tcpPort, 65_535);
  if (signal?.aborted) throw aborted(address, signal);
  return tcpPort === undefined
    ? await pingByIcmp(address, { count, timeoutMs }, signal)
    : await pingByTcp({ address, tcpPort, timeoutMs }, signal);
}

function checkAddress(address: unknown): void {
  if (typeof address !== 'string') throw new OptionError(`an address must be a string, got ${typeof address}`);
  const problem = hostProblem(address);
  if (problem !== undefined) throw new OptionError(`cannot ping ${quote(address)}: the address ${problem}`);
}

function checkInteger(name: string, value: unknown, most: number): void {
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most) return;
  throw new OptionError(`${name} must be a whole number from 1 to ${most}, got ${String(value)}`);
}

function aborted(address: string, signal: AbortSignal): AbortedError {
  return new AbortedError(`the ping of ${address} was called off`, { phase: 'task', cause: signal.reason });
}

/**
 * The command line of a system's `ping`. Sources: the manual pages of iputils and BusyBox (`-W` in seconds, whole ones
 * in BusyBox), of macOS and FreeBSD (`-W` in milliseconds; macOS has a `ping6` of its own, without `-W`), and
 * Microsoft's reference (`-n` requests, `-w` milliseconds).
 */
export function pingCommand(address: string, { count, timeoutMs }: Probe, platform: NodeJS.Platform) {
  const ms = String(Math.ceil(timeoutMs));
  if (platform === 'win32') return { program: 'ping', args: ['-n', String(count), '-w', ms, address] };
  const args = ['-n', '-c', String(count)];
  if (platform === 'darwin' && isIPv6(address)) return { program: 'ping6', args: [...args, address] };
  const wait = platform === 'darwin' || platform === 'freebsd' ? ms : String(Math.ceil(timeoutMs / 1000));
  return { program: 'ping', args: [...args, '-W', wait, address] };
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const MOST_OUTPUT = 64 * 1024;
/** What a `ping` that is told to stop gets to print what it has. */
const GRACE_MS = 500;

async function pingByIcmp(address: string, probe: Probe, signal: AbortSignal | undefined): Promise<PingResult> {
  const { program, args } = pingCommand(address, probe, process.platform);
  const limit = (probe.count - 1) * 1000 + probe.timeoutMs;
  const ended = await runProgram({ program, args, limit }, signal);
  if (signal?.aborted) throw aborted(address, signal);
  return { address, method: 'icmp', ...readPing(ended, process.platform) };
}

/** Runs a program until it ends by itself, for that many milliseconds, or until the abort; no process is left behind. */
function runProgram(command: { program: string; args: readonly string[]; limit: number }, signal?: AbortSignal) {
  return new Promise<Ended>((resolve, reject) => {
    const { program, args, limit } = command;
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: childEnvironment(),
      windowsHide: true,
    });
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        if (said[name].length < MOST_OUTPUT) said[name] += text;
      });
    }
    const kill = () => child.kill('SIGKILL');
    const callOff = [
      Deadline.after(limit).schedule(() => child.kill('SIGINT')),
      Deadline.after(limit + GRACE_MS).schedule(kill),
    ];
    signal?.addEventListener('abort', kill);
    const done = () => {
      for (const off of callOff) off();
      signal?.removeEventListener('abort', kill);
    };
    child.once('error', (error) => {
      done();
      reject(cannotRun(program, error));
    });
    child.once('close', (code) => {
      done();
      resolve({ code, ...said });
    });
  });
}

function cannotRun(program: string, error: NodeJS.ErrnoException): RollcallError {
  if (error.code === 'EMFILE' || error.code === 'ENFILE') return tooManyFiles(error);
  const why =
    error.code === 'ENOENT' ? `this machine has no ${program} program` : `${program} cannot run (${error.code})`;
  return cannotPing(why, error);
}

function cannotPing(why: string, cause?: unknown): RollcallError {
  return new RollcallError('task_error', `${why}; try a TCP port instead (--tcp PORT)`, { phase: 'task', cause });
}

function tooManyFiles(cause: unknown): RollcallError {
  const message = 'too many open files: fewer pings at once, or a higher limit (ulimit -n)';
  return new RollcallError('too_many_files', message, { phase: 'connect', cause });
}

/** Reads what a `ping` printed. Throws RollcallError when it says that this machine or this `ping` cannot do it. */
export function readPing({ code, stdout, stderr }: Ended, platform: NodeJS.Platform) {
  const times = [...stdout.matchAll(/[=<]\s?(\d+(?:[.,]\d+)?)\s?(?:ms|мс)/g)].map(([, ms = '']) =>
    Number(ms.replace(',', '.')),
  );
  // The ping of Windows succeeds when a router answers in the host's place; only an answer of the host has a time.
  const reachable = code === 0 && (platform !== 'win32' || times.length > 0);
  if (reachable) return times.length === 0 ? { reachable } : { reachable, rttMs: Math.min(...times) };
  const complaint = lastLine(stderr);
  if (/not permitted|permission|privilege/i.test(complaint)) throw cannotPing(`ping may not run here: ${complaint}`);
  if (/^usage:|(?:invalid|illegal|unrecognized|unknown) option/im.test(stderr)) {
    throw cannotPing('this ping does not know the options that it was given');
  }
  const router = /\b(?:Destination )?\w+ Unreachable\b/i.exec(stdout)?.[0];
  return { reachable, detail: complaint || router || 'no answer' };
}

function lastLine(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/\p{Cc}/gu, ' ').trim());
  return (lines.findLast((line) => line !== '') ?? '').slice(0, 200);
}

/** Why a TCP connection failed, by the system's code. */
const TCP_DETAILS: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'connection refused'],
  ['ECONNRESET', 'connection reset'],
  ['ETIMEDOUT', 'no answer'],
  ['EHOSTUNREACH', 'no route to host'],
  ['ENETUNREACH', 'no route to network'],
  ['ENOTFOUND', 'no such host name'],
  ['EAI_AGAIN', 'the name service does not answer'],
]);

function pingByTcp(
  { address, tcpPort, timeoutMs }: { address: string; tcpPort: number; timeoutMs: number },
  signal: AbortSignal | undefined,
): Promise<PingResult> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const socket = connect({ host: address, port: tcpPort });
    const end = (settle: () => void): void => {
      callOff();
      signal?.removeEventListener('abort', abort);
      socket.destroy();
      settle();
    };
    const abort = () => signal && end(() => reject(aborted(address, signal)));
    const unreachable = (detail: string): void =>
      end(() => resolve({ address, reachable: false, method: 'tcp', detail }));
    const callOff = Deadline.after(timeoutMs).schedule(() => unreachable('no answer'));
    signal?.addEventListener('abort', abort);
    socket.once('connect', () => {
      const rttMs = Math.round((performance.now() - started) * 1000) / 1000;
      end(() => resolve({ address, reachable: true, method: 'tcp', rttMs }));
    });
    // Stays after the first: a socket that is destroyed while it connects may still report an error.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EMFILE' || error.code === 'ENFILE') end(() => reject(tooManyFiles(error)));
      else unreachable(TCP_DETAILS.get(error.code ?? '') ?? error.code ?? error.message);
    });
  });
}
