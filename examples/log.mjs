// Log lines as Python's logging writes them in the course: thread name, logger, level, message.
import { currentWorker } from 'rollcall';

/** The time of day with microseconds. */
export function time() {
  const now = performance.timeOrigin + performance.now();
  return `${new Date(now).toTimeString().slice(0, 8)}.${String(Math.trunc((now % 1000) * 1000)).padStart(6, '0')}`;
}

export function log(message) {
  console.error(`${currentWorker()?.threadName ?? 'MainThread'} root INFO: ${message}`);
}
