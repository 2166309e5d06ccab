import { Deadline, processWide } from '../base/index.js';
import { classesKnown } from './error-codec.js';
import { learnTaskErrors } from './task.js';

/**
 * How long to wait for a task's module, which is nearly always loaded already. A program that awaits its own tasks at
 * its top level is not loaded before they are done: waiting on would be waiting for ever.
 */
const LONGEST_MS = 250;

const learning = () => processWide('learning', () => new Map<string, Promise<void>>());

/**
 * Returns a promise when classes of error have to be learned from the task's module before an error of them can be
 * rebuilt, else undefined. It never rejects: what stays unknown becomes a RemoteError.
 */
export function learnErrors(classes: readonly string[], moduleUrl: string): Promise<void> | undefined {
  if (classes.length === 0 || classesKnown(classes, moduleUrl)) return undefined;
  const known = learning().get(moduleUrl);
  if (known !== undefined) return known;
  const learned = new Promise<void>((resolve) => {
    const callOff = Deadline.after(LONGEST_MS).schedule(resolve);
    learnTaskErrors(moduleUrl)
      .catch(() => {})
      .finally(() => {
        callOff();
        resolve();
      });
  });
  learning().set(moduleUrl, learned);
  return learned;
}
