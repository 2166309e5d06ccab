import { AbortedError, type Phase, RollcallError } from '../../base/index.js';
import { connect, type Question, type Session, type SessionOptions, type SessionTarget } from '../../session/index.js';
import { describeError, statusOf } from '../status.js';
import type { StepEvent } from '../step.js';
import { tellingSteps } from './telling-session.js';

/** What the sessions of a run are opened with; plain data, which crosses to workers. */
export type RunSessionOptions = Pick<
  SessionOptions,
  'enable' | 'readOnly' | 'timeouts' | 'limits' | 'hostKeys' | 'platforms' | 'recording'
>;

interface TurnParts {
  readonly device: unknown;
  readonly options: RunSessionOptions | undefined;
  readonly signal: AbortSignal | undefined;
  readonly ask: ((question: unknown) => Promise<string>) | undefined;
  readonly credentialSource: SessionOptions['credentialSource'];
  tell(event: StepEvent): void;
}

/** The sessions that a task opens through its context: they end with its turn, and with the run that is called off. */
export class TurnSessions {
  readonly #turn: TurnParts;
  readonly #open: Session[] = [];
  readonly #opening = new Set<Promise<Session>>();
  #opened = 0;
  #over = false;
  readonly #onAbort = (): void => {
    for (const session of this.#open) void callOff(session);
  };

  constructor(turn: TurnParts) {
    this.#turn = turn;
    turn.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** Opens a session with the device. @throws what `connect` throws. */
  async connect(given: SessionOptions = {}): Promise<Session> {
    if (this.#over) throw new RollcallError('session_closed', "the device's turn is over", { phase: 'task' });
    const { device, signal, tell } = this.#turn;
    if (signal?.aborted) throw new AbortedError('cancelled', { phase: 'task' });
    const opening = connect(device as SessionTarget, this.#options(given));
    this.#opening.add(opening);
    // Told here: a task may catch the error, and nobody else would hear of the refusal.
    opening.catch((error: unknown) => this.#tellRefusal(error));
    const session = await opening.finally(() => this.#opening.delete(opening));
    tellingSteps(session, tell);
    this.#open.push(session);
    tell({ type: 'logged_in' });
    return session;
  }

  /** Closes what is open, and what is about to be. */
  async end(): Promise<void> {
    this.#over = true;
    this.#turn.signal?.removeEventListener('abort', this.#onAbort);
    const late = [...this.#opening].map(async (opening) => (await opening).close());
    await Promise.allSettled([...late, ...this.#open.map((session) => session.close())]);
  }

  #tellRefusal(error: unknown): void {
    const info = describeError(error);
    if (statusOf(info) !== 'authentication') return;
    const { code, message, details } = info;
    this.#turn.tell({ type: 'refused', code, message, onTheWay: details?.at !== undefined });
  }

  #options(given: SessionOptions): SessionOptions {
    const { options = {}, signal, ask, credentialSource, tell } = this.#turn;
    const recording = given.recording ?? this.#recording();
    const signals = [signal, given.signal].filter((one) => one !== undefined);
    return {
      ...options,
      credentialSource,
      ...(ask === undefined ? {} : { ask: (question: Question) => ask(question) }),
      ...(recording === undefined
        ? {}
        : { onRecordingLost: (reason: string) => tell({ type: 'unrecorded', file: recording.file, reason }) }),
      ...given,
      timeouts: { ...options.timeouts, ...given.timeouts },
      hostKeys: { ...options.hostKeys, ...given.hostKeys },
      // The run says that it only reads: no task takes that back.
      readOnly: options.readOnly === true || given.readOnly,
      recording,
      signal: signals.length > 1 ? AbortSignal.any(signals) : signals[0],
      onPhase: (phase: Phase) => {
        tell({ type: 'phase', phase });
        given.onPhase?.(phase);
      },
    };
  }

  /** A second session must not overwrite what was written of the first. */
  #recording(): SessionOptions['recording'] {
    const recording = this.#turn.options?.recording;
    this.#opened++;
    if (recording === undefined || this.#opened === 1) return recording;
    return { ...recording, file: recording.file.replace(/(?:\.rec)?$/, `-${this.#opened}$&`) };
  }
}

/**
 * Ends a session whose signal has aborted. What is under way heeds that by itself and ends in order; at rest nothing
 * looks at the signal but the next call, whose turn comes after that.
 */
export async function callOff(session: Session): Promise<void> {
  await session.leaveMode().catch(() => {});
  await session.close();
}
