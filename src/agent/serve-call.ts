import { AuthenticationError, Deadline, RollcallError } from '../base/index.js';
import { type Question, type SessionResponse, timeoutsOf } from '../session/index.js';
import { tellingCaller } from './caller-log.js';
import { encodeError } from './error-data.js';
import type { Keeper } from './keeper.js';
import type { KeptSession } from './kept-session.js';
import { type AgentMessage, ALIVE_MS, type ClientMessage } from './messages.js';

/** So many characters of an output go into one message: as JSON they have at most six bytes each. */
const PIECE = 128 * 1024;

/** How long a client may hold a session without sending a command, and without taking what it is sent. */
const HOLD_MS = 30_000;

export interface CallLine {
  send(message: AgentMessage): Promise<void>;
  /** Drops the client. */
  drop(): void;
}

type Opening = Extract<ClientMessage, { type: 'open' }>;

/** One client's call: it has a session for as long as it is there, and one thing under way at a time. */
export class Call {
  readonly #keeper: Keeper;
  readonly #line: CallLine;
  readonly #opening: Opening;
  readonly #deadline: Deadline;
  readonly #gone = new AbortController();
  readonly #questions = new Map<number, { resolve(text: string): void; reject(error: Error): void }>();
  #kept: KeptSession | undefined;
  #work: Promise<void> | undefined;
  #sent = false;
  #asked = 0;
  #cancelHold = (): void => {};

  constructor(keeper: Keeper, line: CallLine, opening: Opening) {
    this.#keeper = keeper;
    this.#line = line;
    this.#opening = opening;
    this.#deadline = Deadline.after(timeoutsOf(opening.target, opening.options).totalMs);
  }

  /** Gets the session. */
  open(): void {
    this.#do(async () => {
      const { target, options } = this.#opening;
      const { signal } = this.#gone;
      this.#kept = await this.#keeper.take(target, options, { signal, deadline: this.#deadline });
      const { hostname, platform } = await this.#session(this.#kept);
      await this.#line.send({ type: 'opened', hostname: hostname ?? null, platform });
    });
  }

  /** Takes what the client says after that. @throws RollcallError (`agent_lost`) for what it cannot say now. */
  heed(message: ClientMessage): void {
    if (message.type === 'command') return this.#send(message.command);
    if (message.type === 'cancel') return this.#gone.abort();
    if (message.type !== 'answer' && message.type !== 'no_answer') throw outOfTurn(message);
    const question = this.#questions.get(message.id);
    this.#questions.delete(message.id);
    if (message.type === 'answer') question?.resolve(message.text.reveal());
    else question?.reject(unanswered());
  }

  /** Calls off what is under way, and resolves when that has ended and the client was told. */
  async callOff(): Promise<void> {
    this.#gone.abort();
    this.#cancelHold();
    await this.#work;
  }

  /** The client has gone: what is under way is called off, and the session goes back. */
  async end(): Promise<void> {
    this.#gone.abort();
    this.#cancelHold();
    for (const { reject } of this.#questions.values()) reject(unanswered());
    await this.#work;
    const kept = this.#kept;
    this.#kept = undefined;
    if (kept !== undefined) await this.#keeper.release(kept);
  }

  #send(command: string): void {
    this.#do(async () => {
      const kept = this.#kept;
      if (kept === undefined) throw outOfTurn({ type: 'command' });
      // A device that has hung up since is called anew, as long as it has been sent nothing.
      if (!this.#sent) await this.#session(kept);
      this.#sent = true;
      const { response, mode } = await kept.send(command, { signal: this.#gone.signal, deadline: this.#deadline });
      await this.#answer(response, mode);
    });
  }

  #session(kept: KeptSession) {
    const handlers = {
      signal: this.#gone.signal,
      ask: (question: Question) => this.#ask(question),
      onPhase: (phase: Extract<AgentMessage, { type: 'phase' }>['phase']) =>
        void this.#line.send({ type: 'phase', phase }),
    };
    return kept.session(handlers, this.#deadline);
  }

  async #answer(response: SessionResponse, mode: string): Promise<void> {
    // Not the whole text at once: it may be larger than one string can be.
    for (const text of piecesOf(response.lines())) {
      const stalled = Deadline.after(HOLD_MS).schedule(() => this.#line.drop());
      await this.#line.send({ type: 'text', text });
      stalled();
    }
    const { output: _sent, ...rest } = Object.getOwnPropertyDescriptors(response);
    const plain = Object.entries(rest).filter(([, { enumerable }]) => enumerable === true);
    const told = Object.fromEntries(plain.map(([name, { value }]) => [name, value]));
    await this.#line.send({ type: 'answered', response: told as typeof response, mode });
  }

  /** Does one thing; a second one at the same time is a client that does not know what it does. */
  #do(work: () => Promise<void>): void {
    if (this.#work !== undefined) throw outOfTurn({ type: 'command' });
    this.#cancelHold();
    const beat = this.#beat();
    const warn = (message: string): void => void this.#line.send({ type: 'warning', message });
    this.#work = tellingCaller(warn, work)
      .catch((error: unknown) => {
        const told = this.#keeper.closing ? stopped(error) : error;
        return this.#line.send({ type: 'failed', error: encodeError(told) });
      })
      .finally(() => {
        beat();
        this.#work = undefined;
        if (!this.#gone.signal.aborted) {
          this.#cancelHold = Deadline.after(HOLD_MS).schedule(() => this.#line.drop());
        }
      });
  }

  #beat(): () => void {
    let callOff = (): void => {};
    const again = (): void => {
      callOff = Deadline.after(ALIVE_MS).schedule(() => {
        void this.#line.send({ type: 'alive' });
        again();
      });
    };
    again();
    return () => callOff();
  }

  #ask({ host, prompt, echo }: Question): Promise<string> {
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      if (this.#gone.signal.aborted) return reject(unanswered());
      this.#questions.set(id, { resolve, reject });
      void this.#line.send({ type: 'question', id, question: { host, prompt, echo } });
    });
  }
}

/** Joins lines to pieces of a fitting size, and cuts those that are longer. */
function* piecesOf(lines: Iterable<string>): Generator<string> {
  let piece = '';
  let first = true;
  for (const line of lines) {
    piece += first ? line : `\n${line}`;
    first = false;
    for (; piece.length > PIECE; piece = piece.slice(PIECE)) yield piece.slice(0, PIECE);
  }
  if (piece !== '') yield piece;
}

const unanswered = (): AuthenticationError =>
  new AuthenticationError('authentication', 'the device asks something, and nobody has answered', {
    phase: 'authenticate',
  });

/** Nobody has called off the run: it was the agent that ended. */
function stopped(cause: unknown): RollcallError {
  const { phase, message } = cause instanceof RollcallError ? cause : { phase: undefined, message: String(cause) };
  const says = `the rollcall agent was stopped in the middle: ${message}`;
  return new RollcallError('agent_lost', says, { phase: phase ?? 'task', cause });
}

const outOfTurn = ({ type }: { readonly type: string }): RollcallError =>
  new RollcallError('agent_lost', `'${type}' came out of turn`, { phase: 'task' });
