import { TextDecoder } from 'node:util';
import {
  AbortedError,
  ConversationError,
  Deadline,
  DeviceTimeoutError,
  redact,
  type Secret,
} from '../../base/index.js';
import type { Platform } from '../../platforms/index.js';
import type { Connection, ExecExit } from '../../transport/index.js';
import { findRefusal } from '../commands/refusals.js';
import type { Response } from '../commands/response.js';

/** What a device answered to a command that it ran in a channel of its own; the channel's end proves the answer's. */
export interface ExecResponse extends Response {
  readonly endedBy: 'exit';
  readonly stderr: string;
}

export interface ExecRun {
  readonly platform: Platform;
  readonly encoding: string;
  readonly secrets: readonly Secret[];
  readonly maxOutputBytes: number;
  readonly idleMs: number;
  /** By when the channel must be open. */
  readonly openBy: Deadline;
  /** By when the command must have ended. */
  readonly deadline: Deadline;
  readonly signal: AbortSignal;
  readonly refusals?: 'report' | 'ignore' | undefined;
}

/**
 * Runs one command in a channel of its own and returns what the device answered, refused or not.
 * @throws DeviceTimeoutError (`connect_timeout`, `idle_timeout`, `device_timeout`), ConversationError
 * (`output_too_large`), ConnectionClosedError, AbortedError.
 */
export async function execCommand(connection: Connection, command: string, run: ExecRun): Promise<ExecResponse> {
  const startedAt = new Date();
  const start = performance.now();
  const channel = await connection
    .exec(command, { deadline: run.openBy, signal: run.signal })
    .catch((error: unknown) => {
      // The clock for opening stops no later than the one for all: it says which one ran out.
      throw run.deadline.passed && !run.signal.aborted ? overTime('open') : error;
    });
  // Nobody types: a command that reads gets the end of its input at once.
  channel.stream.end();
  const { output, stderr, exit } = await collect(channel, run);
  const refusal = run.refusals === 'ignore' ? undefined : refusalOf({ output, stderr, exit }, run);
  return {
    command,
    prompt: '',
    ok: refusal === undefined,
    ...(refusal === undefined ? {} : { refusal }),
    output,
    stderr,
    ...(exit.code === undefined ? {} : { exitCode: exit.code }),
    ...(exit.signal === undefined ? {} : { exitSignal: exit.signal }),
    startedAt: startedAt.toISOString(),
    elapsedMs: Math.round((performance.now() - start) * 10) / 10,
    endedBy: 'exit',
    truncated: false,
  };
}

function overTime(phase: 'open' | 'command'): DeviceTimeoutError {
  return new DeviceTimeoutError('device_timeout', 'the command did not end: its time in all is over', { phase });
}

type Channel = Awaited<ReturnType<Connection['exec']>>;

interface Collected {
  readonly output: string;
  readonly stderr: string;
  readonly exit: ExecExit;
}

/** Takes all that comes until the channel has closed, within the limits. */
function collect({ stream, stderr, exit }: Channel, run: ExecRun): Promise<Collected> {
  const { idleMs, maxOutputBytes, deadline, signal, encoding } = run;
  const phase = 'command';
  return new Promise((resolve, reject) => {
    const pieces: { readonly out: Buffer[]; readonly err: Buffer[] } = { out: [], err: [] };
    let size = 0;
    let stopIdle = (): void => {};
    const settle = (finish: () => void): void => {
      stopIdle();
      stopTotal();
      signal.removeEventListener('abort', onAbort);
      finish();
    };
    const fail = (error: Error): void =>
      settle(() => {
        // What runs on at the far end has nobody left to hear it.
        stream.destroy();
        reject(error);
      });
    const onAbort = (): void => fail(new AbortedError('cancelled before the command ended', { phase }));
    const awaitMore = (): void => {
      stopIdle();
      stopIdle = Deadline.after(idleMs).schedule(() =>
        fail(
          new DeviceTimeoutError('idle_timeout', `the command did not end: nothing came for ${idleMs} ms`, { phase }),
        ),
      );
    };
    const stopTotal = deadline.schedule(() => fail(overTime(phase)));
    const take = (into: Buffer[]) => (bytes: Buffer) => {
      into.push(bytes);
      size += bytes.length;
      if (size <= maxOutputBytes) return awaitMore();
      const says = `the answer is larger than ${maxOutputBytes} bytes and was given up (limits.outputBytes)`;
      fail(new ConversationError('output_too_large', says, { phase }));
    };
    stream.on('data', take(pieces.out));
    stderr.on('data', take(pieces.err));
    const text = (bytes: readonly Buffer[]): string => linesOf(new TextDecoder(encoding).decode(Buffer.concat(bytes)));
    const allHeard = new Promise((heard) => stderr.once('end', heard));
    Promise.all([exit, allHeard]).then(
      ([how]) => settle(() => resolve({ output: text(pieces.out), stderr: text(pieces.err), exit: how })),
      fail,
    );
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    awaitMore();
  });
}

/** Without a terminal nothing is drawn: only the ends of lines differ. */
function linesOf(text: string): string {
  return text.replace(/\r+\n/g, '\n').replace(/\n$/, '');
}

/** The line that says no, or the exit status: what goes into errors and logs has no secrets in it. */
function refusalOf({ output, stderr, exit }: Collected, { platform, secrets }: ExecRun): string | undefined {
  const said = findRefusal(platform, output.split('\n')) ?? findRefusal(platform, stderr.split('\n'));
  if (said !== undefined) return redact(said, secrets);
  const { code = 0, signal } = exit;
  if (code === 0 && signal === undefined) return undefined;
  const how = signal === undefined ? `exit status ${code}` : `ended by the signal ${signal}`;
  const why = stderr.split('\n').find((line) => line.trim() !== '');
  return why === undefined ? how : `${how}: ${redact(why.trim(), secrets)}`;
}
