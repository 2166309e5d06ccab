import type { Secret } from '../base/index.js';
import { currentWorker, moduleTasks, type TaskAddress, task } from '../futures/index.js';
import type { CredentialSource, Session, SessionOptions } from '../session/index.js';
import { heedingAbort } from './called-off.js';
import { HeardSecrets } from './heard-secrets.js';
import type { StepEvent } from './step.js';
import { type RunSessionOptions, TurnSessions } from './tasks/sessions.js';
import { type Subtask, Subtasks } from './tasks/subtasks.js';

export type { StepEvent } from './step.js';

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
  /** Where the secrets are had that a device refers to; the run's journal is written without what it gives. */
  readonly credentialSource: CredentialSource;
  /**
   * Opens a session with the device, with the run's session options beneath these; what is sent through it is told as
   * steps. It is closed when the turn ends, and when the run is called off.
   * @throws what `connect` throws.
   */
  connect(options?: SessionOptions): Promise<Session>;
  /**
   * Runs a named part of the task, with a status and a time of its own in the device's result, and returns what it
   * returns. A part inside of another is named after both: `checks/bgp`. @throws what the part throws.
   */
  run<R>(name: string, part: () => R | Promise<R>): Promise<R>;
}

/** A function that does its work on one device. */
export type DeviceTask<D, I, T> = (device: D, input: I, context: TaskContext<T>) => T | Promise<T>;

/** What came of one device's turn, as it is sent back to the run. */
export interface Outcome<T> {
  readonly value?: T;
  /** Set when the task threw: the thing thrown may itself be undefined. */
  readonly failure?: { readonly thrown: unknown };
  /** Absent where the task had no named parts. */
  readonly subtasks?: readonly Subtask[];
  /** What the device's references came to; only where a journal has to be written without it. */
  readonly secrets?: readonly Secret[];
  readonly worker: string;
  readonly startedAt: number;
  readonly elapsedMs: number;
}

/** What a turn gets beside its device; plain data. */
export interface TurnOptions<I> {
  readonly input: I;
  readonly mayAsk: boolean;
  /** What the sessions of the task's context are opened with. */
  readonly session?: RunSessionOptions | undefined;
  /** Whether anybody listens to the steps: those that nobody hears need not cross from a worker. */
  readonly steps: boolean;
  /** Whether the run is written down: only then secrets are sent back to it. */
  readonly journaled: boolean;
}

/** Runs the function on the device, and turns whatever comes of it into data. */
export async function perform<D, I, T>(
  fn: DeviceTask<D, I, T>,
  device: D,
  { input, mayAsk, session, steps, journaled }: TurnOptions<I>,
): Promise<Outcome<T>> {
  const worker = currentWorker();
  const startedAt = Date.now();
  const start = performance.now();
  let kept: { value?: T } = {};
  // Most tasks open no session this way and have no parts: 100,000 turns need not make what they do not use.
  let sessions: TurnSessions | undefined;
  let subtasks: Subtasks | undefined;
  const heard = new HeardSecrets();
  const signal = worker?.signal;
  const emit = (event: StepEvent): void => worker?.emit({ ...event, at: Date.now() });
  const tell = steps ? emit : (): void => {};
  const ask =
    mayAsk && worker !== undefined ? async (question: unknown) => String(await worker.ask(question)) : undefined;
  const context: TaskContext<T> = {
    signal,
    keep: (value) => {
      kept = { value };
    },
    tell,
    ask,
    credentialSource: heard,
    connect: (options) => {
      sessions ??= new TurnSessions({ device, options: session, signal, ask, credentialSource: heard, tell });
      return sessions.connect(options);
    },
    run: (name, part) => {
      subtasks ??= new Subtasks({ signal, tell });
      return subtasks.run(name, part);
    },
  };
  const outcome = async (rest: Pick<Outcome<T>, 'value' | 'failure'>): Promise<Outcome<T>> => {
    await sessions?.end();
    return {
      ...rest,
      ...(subtasks === undefined ? {} : { subtasks: subtasks.results }),
      ...(journaled && heard.all.length > 0 ? { secrets: heard.all } : {}),
      worker: worker?.name ?? 'MainThread',
      startedAt,
      elapsedMs: Math.round((performance.now() - start) * 10) / 10,
    };
  };
  // Always told: where a worker is lost, this is how its name and its turn are known.
  emit({ type: 'started', worker: worker?.name ?? '', thread: worker?.threadName ?? 'MainThread' });
  try {
    return await outcome({ value: await fn(device, input, context) });
  } catch (thrown) {
    return await outcome({ ...kept, failure: { thrown: heedingAbort(thrown, signal) } });
  }
}

/** The same for a task that is known by its address: what a thread or a process runs. */
export const performTask = task(
  import.meta.url,
  'performTask',
  ({ url, name }: TaskAddress, device: unknown, options: TurnOptions<unknown>) => {
    const tasks = moduleTasks<Record<string, DeviceTask<unknown, unknown, unknown>>>(url);
    const fn = tasks[name] as DeviceTask<unknown, unknown, unknown>;
    return perform(fn, device, options);
  },
);
