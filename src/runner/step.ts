import type { Status } from './result.js';

/** A step of a device's turn; plain data, in the order in which they come. */
export type StepEvent =
  /** The device was taken from the input, and waits for its turn. */
  | { readonly type: 'queued' }
  | { readonly type: 'started'; readonly worker: string; readonly thread: string }
  /** `resolve` and `connect` are the way to the device. */
  | { readonly type: 'phase'; readonly phase: string }
  /** The device has taken the credentials, also the enable secret where one was needed. */
  | { readonly type: 'logged_in' }
  /** It, or a host on the way to it (`onTheWay`), has refused a credential: `code` and `message` are those of the error. */
  | { readonly type: 'refused'; readonly code: string; readonly message: string; readonly onTheWay: boolean }
  | { readonly type: 'sent'; readonly command: string }
  | { readonly type: 'answered'; readonly command: string }
  /** A named part of a task: one inside of another has that one's name before it, `checks/bgp`. */
  | { readonly type: 'subtask_started'; readonly name: string }
  | { readonly type: 'subtask_ended'; readonly name: string; readonly status: Status; readonly elapsedMs: number }
  /** Of the bytes of one file, so many have gone over. */
  | { readonly type: 'progress'; readonly bytes: number; readonly total: number }
  /** The session goes on, and its recording does not. */
  | { readonly type: 'unrecorded'; readonly file: string; readonly reason: string };

/** A step and its time, in milliseconds since the epoch, taken where it happened. */
export type Step = StepEvent & { readonly at: number };

const STEPS: readonly unknown[] = [
  ...(['queued', 'started', 'phase', 'logged_in', 'refused', 'sent', 'answered'] as const),
  ...(['subtask_started', 'subtask_ended', 'progress', 'unrecorded'] as const),
] satisfies StepEvent['type'][];

/** A task may emit what it likes; only the steps are ours. */
export function isStep(event: unknown): event is Step {
  return typeof event === 'object' && event !== null && STEPS.includes((event as { type?: unknown }).type);
}
