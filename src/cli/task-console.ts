import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { task } from '../futures/index.js';

/** Has what a task prints told: standard output is for the results, in json and ndjson for nothing else. */
export function hearConsole(tell: (line: string) => void): () => void {
  const before = globalThis.console;
  const heard = new Writable({
    decodeStrings: false,
    write: (text: string, _encoding, done) => {
      tell(text.replace(/\n$/, ''));
      done();
    },
  });
  globalThis.console = new Console({ stdout: heard, stderr: heard });
  return () => {
    globalThis.console = before;
  };
}

/** Has promises told that a task has forgotten, and that fail: unheard they would end the run, or the worker. */
export function hearStrayFailures(tell: (line: string) => void): () => void {
  const heard = (reason: unknown): void => {
    const says = reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
    tell(`rollcall: warning: the task did not wait for something that has failed: ${says.replaceAll('\n', ' ')}`);
  };
  process.on('unhandledRejection', heard);
  return () => process.removeListener('unhandledRejection', heard);
}

/** Makes a worker one in which tasks of users run; the same as this program does for the event loop. */
export const prepareWorker = task(import.meta.url, 'prepareWorker', (): void => {
  const tell = (line: string): void => void process.stderr.write(`${line}\n`);
  hearConsole(tell);
  hearStrayFailures(tell);
});
