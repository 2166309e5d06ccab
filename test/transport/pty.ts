import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, vi } from 'vitest';

/** A serial line that socat makes, and the program that is its cable. */
export interface PtyLine extends AsyncDisposable {
  readonly path: string;
  /** Pulls the plug. */
  unplug(): Promise<void>;
}

/**
 * Makes a line at that path whose other end is a socat address (`TCP:127.0.0.1:2001`, `EXEC:login,pty`, a second pty).
 * With `waits` that is started when the line is opened: what it says before would be lost, as on every serial line.
 */
export async function ptyLine(path: string, otherEnd: string, { waits = false } = {}): Promise<PtyLine> {
  const wait = waits ? ',wait-slave,pty-interval=0.05' : '';
  const socat = spawn('socat', [`PTY,raw,echo=0,link=${path}${wait}`, otherEnd], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  socat.stderr.on('data', (bytes) => {
    said += bytes;
  });
  const ended = new Promise<void>((resolve) => socat.once('close', () => resolve()));
  await vi.waitFor(() => expect(existsSync(path), `socat made no line: ${said}`).toBe(true), {
    timeout: 5_000,
    interval: 5,
  });
  const unplug = (): Promise<void> => {
    socat.kill();
    return ended;
  };
  return { path, unplug, [Symbol.asyncDispose]: unplug };
}
