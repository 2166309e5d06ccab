import { task } from '../futures/index.js';
import {
  connect,
  type FileOptions,
  type FileProgress,
  type FileResult,
  type Question,
  type Session,
  type SessionOptions,
  type SessionTarget,
} from '../session/index.js';
import type { TaskContext } from './device-task.js';
import { tellingLogin } from './turns/login-guard.js';

/** Which file goes where, for the tasks `putFile` and `getFile`. */
export interface TransferInput {
  /** The file of this machine. */
  readonly local: string;
  /** The file on the device. */
  readonly remote: string;
  readonly files?: Omit<FileOptions, 'signal' | 'onProgress'> | undefined;
  readonly session?: Pick<SessionOptions, 'enable' | 'timeouts' | 'limits' | 'hostKeys' | 'platforms'> | undefined;
}

/** What became of the file of one device. */
export interface TransferOutput {
  /** What the device calls itself. */
  readonly hostname: string | null;
  /** The name of its platform: the one that was found where the device's is `autodetect`. */
  readonly platform: string;
  /** How many logins the session took, where it was more than one: the others were refused. */
  readonly logins?: number;
  /** Absent where the transfer failed. */
  readonly file?: FileResult;
}

/** How often progress is told, at most: it may cross to another process. */
const TELL_MS = 100;

/** Sends a file to the device: the task behind `rollcall put`. @throws what `connect` and `session.files.put` throw. */
export const putFile = task(
  import.meta.url,
  'putFile',
  (device: SessionTarget, input: TransferInput, context: TaskContext<TransferOutput>) =>
    transfer(device, input, context, ({ files }, options) => files.put(input.local, input.remote, options)),
);

/** Fetches a file from the device: the task behind `rollcall get`. @throws what `connect` and `session.files.get` throw. */
export const getFile = task(
  import.meta.url,
  'getFile',
  (device: SessionTarget, input: TransferInput, context: TaskContext<TransferOutput>) =>
    transfer(device, input, context, ({ files }, options) => files.get(input.remote, input.local, options)),
);

async function transfer(
  device: SessionTarget,
  { files = {}, session: options = {} }: TransferInput,
  context: TaskContext<TransferOutput>,
  work: (session: Session, options: FileOptions) => Promise<FileResult>,
): Promise<TransferOutput> {
  const { signal, ask } = context;
  await using session = await connect(device, {
    ...options,
    signal,
    ...(ask === undefined ? {} : { ask: (question: Question) => ask(question) }),
    onPhase: (phase) => context.tell({ type: 'phase', phase }),
  });
  context.tell({ type: 'logged_in' });
  const { platform, hostname = null, attempts } = session;
  const output: TransferOutput = { hostname, platform, ...(attempts.length > 1 ? { logins: attempts.length } : {}) };
  context.keep(output);
  context.tell({ type: 'phase', phase: 'transfer' });
  const file = await work(session, { ...files, signal, onProgress: tellSometimes(context) });
  return { ...output, file };
}

function tellSometimes(context: TaskContext<TransferOutput>): (progress: FileProgress) => void {
  let last = Number.NEGATIVE_INFINITY;
  return ({ bytes, total }) => {
    const now = performance.now();
    if (bytes < total && now - last < TELL_MS) return;
    last = now;
    context.tell({ type: 'progress', bytes, total });
  };
}

tellingLogin(putFile);
tellingLogin(getFile);
