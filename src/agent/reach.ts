import { connect, type Socket } from 'node:net';
import { Deadline } from '../base/index.js';

/** How long a queue that is full is tried again. */
const FULL_MS = 30_000;

/** How long one is tried again that may be full, or nobody's: on Linux it is nobody's. */
const REFUSED_MS = process.platform === 'linux' ? 0 : 1_000;

/** No system tells when there is room in the queue, so it is tried again, after a pause that differs by chance. */
const PAUSE_MS = 20;

/**
 * Connects to a socket whose queue may be full for a moment, as with thousands of devices in one run: Linux says EAGAIN
 * then, and BSD, macOS with it, ECONNREFUSED, which may also mean that nobody is there (connect(2)).
 * @throws what Node's `connect` emits.
 */
export async function reach(address: string, { fullMs = FULL_MS } = {}): Promise<Socket> {
  const [full, refused] = [Deadline.after(fullMs), Deadline.after(REFUSED_MS)];
  for (;;) {
    try {
      return await attempt(address);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const isWorthIt = (code === 'EAGAIN' && !full.passed) || (code === 'ECONNREFUSED' && !refused.passed);
      if (!isWorthIt) throw error;
    }
    await new Promise<void>((resolve) => {
      Deadline.after(PAUSE_MS * (1 + Math.random())).schedule(resolve);
    });
  }
}

function attempt(address: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}
