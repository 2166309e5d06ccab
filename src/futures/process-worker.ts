import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { childEnvironment, processWide } from '../base/index.js';
import { workerFlags } from './exec-flags.js';
import frames from './frames.cjs';
import { failedStart, NO_PORT, type WorkerEvents, type WorkerPort } from './worker-port.js';

const { encodeFrame, FrameReader } = frames;

/** Loaded when the first process starts: it takes 2 ms, which a program with threads need not pay. */
const childProcess = () => process.getBuiltinModule('node:child_process');

/** The children that are alive; when this program exits they go with it, also those that are too busy to notice. */
const children = () =>
  processWide('children', () => {
    const alive = new Set<ChildProcess>();
    process.on('exit', () => {
      for (const child of alive) child.kill('SIGKILL');
    });
    return alive;
  });

function open(): ChildProcess {
  const entry = fileURLToPath(new URL('./worker-main.cjs', import.meta.url));
  return childProcess().spawn(process.execPath, [...workerFlags(), entry], {
    // 'overlapped' is what a socket needs on Windows, and the same as 'pipe' elsewhere.
    stdio: ['ignore', 'inherit', 'inherit', 'overlapped'],
    env: childEnvironment(),
    windowsHide: true,
  });
}

/** Starts a child process. Its channel is a pipe of its own: Node's takes one message, and one clone, for each call. */
export function startProcess(_name: string, events: WorkerEvents): WorkerPort {
  let child: ChildProcess;
  try {
    child = open();
  } catch (error) {
    // Node's permission model refuses it, for one.
    queueMicrotask(() => events.onExit(failedStart(error)));
    return NO_PORT;
  }
  // Where no descriptor is left there is not even a list of pipes, and the error is the only event.
  const pipes: ChildProcess['stdio'] | undefined = child.stdio;
  if (pipes === undefined) {
    child.once('error', (error) => events.onExit(failedStart(error)));
    return NO_PORT;
  }
  const channel = pipes[3] as Socket;
  const reader = new FrameReader((batch) => events.onBatch(batch));
  children().add(child);
  let over = false;
  const exit = (code: number | null, signal: NodeJS.Signals | null, error?: unknown): void => {
    if (over) return;
    over = true;
    children().delete(child);
    events.onExit({ code, signal, error });
  };
  channel.on('data', (piece) => reader.push(piece as Buffer));
  // A child that is gone takes no message; its exit tells the rest.
  channel.on('error', () => {});
  child.on('error', (error) => {
    // It could not be started; errors of a child that runs show in its exit.
    if (child.pid === undefined) exit(null, null, error);
  });
  child.on('exit', (code, signal) => {
    // What the child sent before its end is still to be read.
    if (channel.destroyed) exit(code, signal);
    else channel.once('close', () => exit(code, signal));
  });
  return {
    pid: child.pid,
    post: (batch) => {
      const pieces = encodeFrame(batch);
      if (channel.writable) for (const piece of pieces) channel.write(piece);
    },
    hold: (on) => {
      if (on) {
        child.ref();
        channel.ref();
      } else {
        child.unref();
        channel.unref();
      }
    },
    stop: (how) => void child.kill(how === 'kill' ? 'SIGKILL' : 'SIGTERM'),
  };
}
