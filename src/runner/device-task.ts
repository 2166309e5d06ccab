import { AbortedError } from '../base/index.js';
import { CancelledError, currentWorker, moduleTasks, type TaskAddress, task } from '../futures/index.js';

/** What a task gets beside its device and input. */
export interface TaskContext<T = unknown> {
  /** Aborts when the run is called off. */
  readonly signal: AbortSignal | undefined;
  /** Keeps what is there so far: it becomes the result's value when the task fails after this. */
  keep(value: T): void;
  /** Tells the run's observers of a step; plain data. */
  tell(event: StepEvent): void;
  /** Asks the person at the terminal; undefined where nobody is there. */
  readonly ask: ((question: unknown) => Promise<string>) | undefined;
}

/** A step of a device's turn; plain data, in the order in which they come. */
export type StepEvent =
  | { readonly type: 'started'; readonly worker: string; readonly thread: string }
  | { readonly type: 'phase'; readonly phase: string }
  /** The device has taken the credentials, also the enable secret where one was needed. */
  | { readonly type: 'logged_in' }
  | { readonly type: 'sent'; readonly command: string }
  | { readonly type: 'answered'; readonly command: string }
  /** Of the bytes of one file, so many have gone over. */
  | { readonly type: 'progress'; readonly bytes: number; readonly total: number }
  /** The session goes on, and its recording does not. */
  | { readonly type: 'unrecorded'; readonly file: string; readonly reason: string };

/** A function that does its work on one device. */
export type DeviceTask<D, I, T> = (device: D, input: I, context: TaskContext<T>) => T | Promise<T>;

/** What came of one device's turn, as it is sent back to the run. */
export interface Outcome<T> {
  readonly value?: T;
  /** Set when the task threw: the thing thrown may itself be undefined. */
  readonly failure?: { readonly thrown: unknown };
  readonly worker: string;
  readonly startedAt: number;
  readonly elapsedMs: number;
}

/** Runs the function on the device, and turns whatever comes of it into data. */
export async function perform<D, I, T>(
  fn: DeviceTask<D, I, T>,
  device: D,
  { input, mayAsk }: { input: I; mayAsk: boolean },
): Promise<Outcome<T>> {
  const worker = currentWorker();
  const startedAt = Date.now();
  const start = performance.now();
  let kept: { value?: T } = {};
  const context: TaskContext<T> = {
    signal: worker?.signal,
    keep: (value) => {
      kept = { value };
    },
    tell: (event) => worker?.emit(event),
    ask: mayAsk && worker !== undefined ? async (question) => String(await worker.ask(question)) : undefined,
  };
  const outcome = (rest: Pick<Outcome<T>, 'value' | 'failure'>): Outcome<T> => ({
    ...rest,
    worker: worker?.name ?? 'MainThread',
    startedAt,
    elapsedMs: Math.round((performance.now() - start) * 10) / 10,
  });
  context.tell({ type: 'started', worker: worker?.name ?? '', thread: worker?.threadName ?? 'MainThread' });
  try {
    return outcome({ value: await fn(device, input, context) });
  } catch (thrown) {
    return outcome({ ...kept, failure: { thrown: wasCalledOff(thrown, worker?.signal) ? calledOff(thrown) : thrown } });
  }
}

/** Whether the task threw what Node's own functions throw when their signal aborts, or the reason itself. */
function wasCalledOff(thrown: unknown, signal: AbortSignal | undefined): boolean {
  if (signal?.aborted !== true) return false;
  if (thrown === signal.reason || thrown instanceof CancelledError) return true;
  return thrown instanceof Error && thrown.name === 'AbortError';
}

const calledOff = (cause: unknown): AbortedError => new AbortedError('cancelled', { phase: 'task', cause });

/** The same for a task that is known by its address: what a thread or a process runs. */
export const performTask = task(
  import.meta.url,
  'performTask',
  ({ url, name }: TaskAddress, device: unknown, options: { input: unknown; mayAsk: boolean }) => {
    const tasks = moduleTasks<Record<string, DeviceTask<unknown, unknown, unknown>>>(url);
    const fn = tasks[name] as DeviceTask<unknown, unknown, unknown>;
    return perform(fn, device, options);
  },
);
