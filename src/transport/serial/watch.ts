import { access } from 'node:fs';

/** How often it is looked whether the line is still there. */
const LOOK_EVERY_MS = 250;

/**
 * Calls back once the line's path is gone, as when its adapter is unplugged; returns what ends the watch. serialport 13
 * reads on for ever from a line that was hung up, where a read returns 0 bytes (bindings-cpp, unix-read.js). On Windows
 * a line is no file, and serialport tells by itself.
 */
export function watchPath(path: string, onGone: () => void): () => void {
  if (process.platform === 'win32') return () => {};
  const timer = setInterval(() => {
    access(path, (error) => {
      if (error?.code !== 'ENOENT') return;
      clearInterval(timer);
      onGone();
    });
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
