import { BrokenExecutorError, NotTransferableError, type TaskAddress } from 'rollcall/futures';
import { processWide } from '#dist/base/index.js';
import {
  CallContext,
  COMMON_KINDS,
  Codec,
  type Encoded,
  runInCall,
  type WorkerIdentity,
} from '#dist/futures/engine.js';
import { LossyWire, type Weather } from './lossy-wire.ts';

export interface JobRequest {
  readonly address: TaskAddress;
  readonly args: Encoded;
  readonly key: string | undefined;
  readonly priority: number;
  readonly repeatable: boolean;
}

/** What a submitter says to the engine; a job goes by the id of its call. */
export type ToEngine =
  | readonly [type: 'enqueue', id: string, request: JobRequest]
  | readonly [type: 'attach', id: string]
  | readonly [type: 'cancel', id: string, request: number]
  | readonly [type: 'abort', id: string, reason: Encoded]
  | readonly [type: 'answer', question: number, ok: boolean, value: Encoded];

export type FromEngine =
  | readonly [type: 'started', id: string]
  | readonly [type: 'finished', id: string, failed: boolean, outcome: Encoded, worker: string]
  | readonly [type: 'dropped', id: string]
  | readonly [type: 'cancelReply', request: number, cancelled: boolean]
  | readonly [type: 'event', id: string, event: Encoded]
  | readonly [type: 'question', id: string, question: number, value: Encoded];

export const codec = new Codec(COMMON_KINDS, { sharedMemory: false });

type AnyTask = (...args: unknown[]) => unknown;

/** The engine lives where the tasks are registered. */
async function taskAt({ url, name }: TaskAddress): Promise<AnyTask> {
  const known = processWide('tasks', () => new Map<string, AnyTask>()).get(`${url}#${name}`);
  return known ?? ((await import(url)) as Record<string, AnyTask>)[name] ?? Promise.reject(new TypeError(name));
}

interface Job extends JobRequest {
  readonly id: string;
  state: 'queued' | 'running' | 'finished' | 'cancelled';
  /** What a run that was lost still says is told from the run after it by this. */
  run: number;
  context: CallContext | undefined;
  outcome: FromEngine | undefined;
  readonly watchers: Set<(message: FromEngine) => void>;
}

export interface EngineOptions {
  readonly name: string;
  readonly maxWorkers: number;
  readonly weather: Weather;
}

/** A job engine in memory: it outlives those who submit, and is reached over lines that delay, lose and double. */
export class MemoryEngine {
  readonly #options: EngineOptions;
  readonly #jobs = new Map<string, Job>();
  #queued: Job[] = [];
  readonly #keys = new Set<string>();
  readonly #idle: number[];
  readonly #workers = new Map<Job, number>();
  readonly #questions = new Map<number, (ok: boolean, value: unknown) => void>();
  #lastQuestion = 0;
  /** How often a function was begun, of each job. */
  readonly runs = new Map<string, number>();
  readonly wires: LossyWire<never>[] = [];

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#idle = Array.from({ length: options.maxWorkers }, (_, at) => options.maxWorkers - 1 - at);
  }

  /** Opens a line for a submitter, and returns its end for what goes to the engine. */
  connect(hear: (message: FromEngine) => void): LossyWire<ToEngine> {
    const { weather } = this.#options;
    const out = new LossyWire<FromEngine>({ ...weather, seed: weather.seed + 1 }, hear);
    const say = (message: FromEngine): void => out.send(message);
    const wire = new LossyWire<ToEngine>(weather, (message) => this.#receive(message, say));
    this.wires.push(out as unknown as LossyWire<never>, wire as unknown as LossyWire<never>);
    return wire;
  }

  /** Loses the worker that runs the job; a job that is repeatable is run again, another one fails. */
  loseWorkerOf(id: string): void {
    const job = this.#jobs.get(id);
    if (job?.state !== 'running') throw new Error(`the job ${id} does not run`);
    job.run += 1;
    if (job.repeatable) {
      job.state = 'queued';
      this.#free(job);
      this.#queued.unshift(job);
    } else {
      const lost = new BrokenExecutorError('the worker that ran this call was lost');
      this.#finish(job, true, codec.encode(lost, 'the error'), 'the engine');
      this.#free(job);
    }
    this.#startWaiting();
  }

  #receive(message: ToEngine, say: (message: FromEngine) => void): void {
    switch (message[0]) {
      case 'enqueue':
        this.#enqueue(message[1], message[2], say);
        break;
      case 'attach':
        this.#attach(message[1], say);
        break;
      case 'cancel':
        say(['cancelReply', message[2], this.#cancel(this.#jobs.get(message[1]))]);
        break;
      case 'abort': {
        const job = this.#jobs.get(message[1]);
        if (job !== undefined && !this.#cancel(job)) job.context?.abort(codec.decode(message[2]));
        break;
      }
      case 'answer': {
        const [, question, ok, value] = message;
        this.#questions.get(question)?.(ok, codec.decode(value));
        this.#questions.delete(question);
      }
    }
  }

  #enqueue(id: string, request: JobRequest, say: (message: FromEngine) => void): void {
    const watchers = new Set([say]);
    const job: Job = { ...request, id, state: 'queued', run: 1, context: undefined, outcome: undefined, watchers };
    this.#jobs.set(id, job);
    let at = this.#queued.length;
    while (at > 0 && (this.#queued[at - 1]?.priority ?? 0) < job.priority) at -= 1;
    this.#queued.splice(at, 0, job);
    this.#startWaiting();
  }

  #attach(id: string, say: (message: FromEngine) => void): void {
    const job = this.#jobs.get(id);
    if (job === undefined) {
      const unknown = new RangeError(`the engine has no call '${id}'`);
      say(['finished', id, true, codec.encode(unknown, 'the error'), 'the engine']);
    } else if (job.outcome !== undefined) say(job.outcome);
    else {
      job.watchers.add(say);
      if (job.state === 'running') say(['started', id]);
    }
  }

  #cancel(job: Job | undefined): boolean {
    if (job?.state === 'cancelled') return true;
    if (job?.state !== 'queued') return false;
    this.#queued = this.#queued.filter((other) => other !== job);
    job.state = 'cancelled';
    job.outcome = ['dropped', job.id];
    this.#tell(job, job.outcome);
    return true;
  }

  #startWaiting(): void {
    while (this.#idle.length > 0) {
      const at = this.#queued.findIndex(({ key }) => key === undefined || !this.#keys.has(key));
      const [job] = at < 0 ? [] : this.#queued.splice(at, 1);
      if (job === undefined) return;
      const worker = this.#idle.pop() ?? 0;
      if (job.key !== undefined) this.#keys.add(job.key);
      job.state = 'running';
      this.#tell(job, ['started', job.id]);
      void this.#run(job, worker);
    }
  }

  async #run(job: Job, worker: number): Promise<void> {
    const { run } = job;
    const executor = this.#options.name;
    const name = `${executor}_${worker}`;
    const identity: WorkerIdentity = { kind: 'loop', executor, name, threadName: name };
    const context = new CallContext(identity, job.id, {
      emit: (event) => this.#tell(job, ['event', job.id, codec.encode(event, 'an event')]),
      ask: (question) => this.#ask(job, question),
    });
    job.context = context;
    this.#workers.set(job, worker);
    let failed = false;
    let outcome: Encoded;
    try {
      const fn = await taskAt(job.address);
      context.throwIfAborted();
      const args = codec.decode(structuredClone(job.args)) as unknown[];
      this.runs.set(job.id, (this.runs.get(job.id) ?? 0) + 1);
      const what = `what '${job.address.name}' returned`;
      outcome = this.#cloned(codec.encode(await runInCall(context, () => fn(...args)), what), what);
    } catch (error) {
      failed = true;
      outcome = this.#thrown(error);
    }
    if (job.run !== run) return;
    this.#finish(job, failed, outcome, name);
    this.#free(job);
    this.#startWaiting();
  }

  #free(job: Job): void {
    const worker = this.#workers.get(job);
    this.#workers.delete(job);
    if (worker !== undefined) this.#idle.push(worker);
    if (job.key !== undefined) this.#keys.delete(job.key);
    job.context = undefined;
  }

  #finish(job: Job, failed: boolean, outcome: Encoded, worker: string): void {
    job.state = 'finished';
    job.outcome = ['finished', job.id, failed, outcome, worker];
    this.#tell(job, job.outcome);
  }

  #tell(job: Job, message: FromEngine): void {
    for (const say of job.watchers) say(message);
  }

  #ask(job: Job, question: unknown): Promise<unknown> {
    this.#lastQuestion += 1;
    const number = this.#lastQuestion;
    const encoded = codec.encode(question, 'a question');
    return new Promise((resolve, reject) => {
      this.#questions.set(number, (ok, value) => (ok ? resolve(value) : reject(value)));
      this.#tell(job, ['question', job.id, number, encoded]);
    });
  }

  #cloned(encoded: Encoded, what: string): Encoded {
    try {
      return structuredClone(encoded);
    } catch (cause) {
      throw new NotTransferableError(`${what} cannot cross: ${String(cause)}`, { cause });
    }
  }

  #thrown(error: unknown): Encoded {
    try {
      return codec.encode(error, 'what was thrown');
    } catch (refused) {
      return codec.encode(refused, 'the error');
    }
  }
}
