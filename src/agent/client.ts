import { resolve } from 'node:path';
import { AbortedError, Deadline, logger, type Phase, RollcallError, Secret, stateDirectory } from '../base/index.js';
import {
  type EndedBy,
  isConsole,
  type Question,
  type Response,
  resolveSecrets,
  type SessionOptions,
  type SessionTarget,
} from '../session/index.js';
import { decodeError } from './error-data.js';
import { targetOf } from './key.js';
import type { AgentMessage, OpenOptions } from './messages.js';
import { Talk } from './talk.js';

/** What a caller has of a session that an agent holds. */
export interface AgentSession extends AsyncDisposable {
  readonly hostname: string | undefined;
  readonly platform: string;
  /** @throws what `Session.sendCommand` throws; RollcallError (`agent_lost`). */
  sendCommand(command: string): Promise<Response>;
}

/** What a call that was called off may take to end in order, the agent's 10 s for a configuration included. */
const CALL_OFF_MS = 15_000;

/** The options that an agent can do justice to: it is told of some, and of the others the caller takes care. */
const KNOWN: readonly (keyof SessionOptions)[] = [
  ...(['enable', 'timeouts', 'limits', 'hostKeys', 'platforms'] as const),
  ...(['ask', 'credentialSource', 'signal', 'onPhase'] as const),
];

/**
 * Whether an agent can hold such a session. A program of this machine runs where its caller does, and a console has one
 * seat, which nobody shall sit on between calls; what is wanted beyond these options must happen in the caller's own
 * session, and not be left out silently.
 */
export function canBeKept(target: SessionTarget, options: SessionOptions): boolean {
  if (target.transport === 'process' || isConsole(target)) return false;
  const wanted = Object.entries(options).filter(([, value]) => value !== undefined);
  return wanted.every(([name]) => KNOWN.includes(name as keyof SessionOptions));
}

/**
 * Gets a session of the target from the agent at that address, which opens one where it has none. Questions and phases
 * come to the caller; an abort calls off what is under way. What the target refers to is resolved here, all of it at
 * once: the agent has another environment, and no terminal.
 * @throws what `connect` throws; RollcallError (`agent_lost`).
 */
export async function connectThroughAgent(
  address: string,
  target: SessionTarget,
  options: SessionOptions = {},
): Promise<AgentSession> {
  const client = new Client(options);
  await client.open(address, target);
  return client;
}

class Client implements AgentSession {
  readonly #options: SessionOptions;
  #talk: Talk | undefined;
  #hostname: string | undefined;
  #platform = '';
  /** The mode that the device was in after the last answer. */
  #mode = '';
  #asking: { readonly thrown: unknown } | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get hostname(): string | undefined {
    return this.#hostname;
  }

  get platform(): string {
    return this.#platform;
  }

  async open(address: string, target: SessionTarget): Promise<void> {
    const { signal } = this.#options;
    if (signal?.aborted) throw new AbortedError('cancelled before anything was sent', { phase: 'connect' });
    const resolved = await resolveSecrets(target, { options: this.#options, all: true });
    const talk = await Talk.begin(address);
    this.#talk = talk;
    try {
      talk.say({ type: 'open', target: targetOf(resolved), options: carried(this.#options) });
      const opened = await this.#until(talk, 'opened');
      this.#hostname = opened.hostname ?? undefined;
      this.#platform = opened.platform;
    } catch (error) {
      talk.end();
      throw isLost(error) && signal?.aborted ? calledOff('connect', error) : error;
    }
  }

  async sendCommand(command: string): Promise<Response> {
    const talk = this.#talk;
    if (talk === undefined) throw new RollcallError('session_closed', 'the session is closed');
    if (this.#options.signal?.aborted) {
      throw new AbortedError('cancelled before anything was sent', { phase: 'command' });
    }
    talk.say({ type: 'command', command });
    const pieces: string[] = [];
    try {
      const { response, mode } = await this.#until(talk, 'answered', (text) => pieces.push(text));
      this.#mode = mode;
      const { startedAt, elapsedMs, endedBy, truncated, ...asked } = response;
      return { ...asked, output: pieces.join(''), startedAt, elapsedMs, endedBy: endedBy as EndedBy, truncated };
    } catch (error) {
      throw this.#inDoubt(error, command);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#talk?.end();
    this.#talk = undefined;
  }

  /** Takes what comes until it is that. */
  async #until<T extends AgentMessage['type']>(
    talk: Talk,
    type: T,
    onText: (text: string) => void = () => {},
  ): Promise<Extract<AgentMessage, { type: T }>> {
    const release = this.#callOffOnAbort(talk);
    const unwatch = talk.watch();
    try {
      for (;;) {
        const message = await talk.next();
        if (message.type === type) return message as Extract<AgentMessage, { type: T }>;
        if (message.type === 'text') onText(message.text);
        else if (message.type === 'phase') this.#options.onPhase?.(message.phase);
        else if (message.type === 'warning') logger().warn(message.message);
        else if (message.type === 'question') void this.#answer(talk, message);
        else if (message.type === 'failed') throw this.#asking?.thrown ?? decodeError(message.error);
        else throw new RollcallError('agent_lost', `the rollcall agent said '${message.type}' out of turn`);
      }
    } finally {
      unwatch();
      release();
    }
  }

  /** The agent ends in order what it does, and tells; one that does not is not waited for. */
  #callOffOnAbort(talk: Talk): () => void {
    const { signal } = this.#options;
    let callOff = (): void => {};
    const onAbort = (): void => {
      talk.say({ type: 'cancel' });
      callOff = Deadline.after(CALL_OFF_MS).schedule(() => talk.giveUp());
    };
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
    return () => {
      callOff();
      signal?.removeEventListener('abort', onAbort);
    };
  }

  async #answer(talk: Talk, { id, question }: { readonly id: number; readonly question: Question }): Promise<void> {
    try {
      const { ask } = this.#options;
      if (ask === undefined) return talk.say({ type: 'no_answer', id });
      talk.say({ type: 'answer', id, text: new Secret(await ask(question)) });
    } catch (thrown) {
      this.#asking = { thrown };
      talk.say({ type: 'no_answer', id });
    }
  }

  /** Says of a command that was under way with an agent that is gone what became of it: nobody knows. */
  #inDoubt(error: unknown, command: string): unknown {
    if (!isLost(error)) return error;
    const phase = /^config(?:-|$)/.test(this.#mode) ? 'configure' : 'command';
    if (this.#options.signal?.aborted) return calledOff(phase, error);
    const says = `${error.message}; whether the device has done '${command}' is not known`;
    return new RollcallError('agent_lost', says, { phase, cause: error });
  }
}

function isLost(error: unknown): error is RollcallError {
  return error instanceof RollcallError && error.code === 'agent_lost';
}

const calledOff = (phase: Phase, cause: unknown): AbortedError => new AbortedError('cancelled', { phase, cause });

/** With paths as they are here: the agent may have been started in another folder, or with another state directory. */
function carried({ enable, timeouts, limits, hostKeys, platforms }: SessionOptions): OpenOptions {
  const knownHostsFile = resolve(hostKeys?.knownHostsFile ?? resolve(stateDirectory(), 'known_hosts'));
  return {
    enable,
    timeouts,
    limits: limits?.outputBytes === undefined ? undefined : { outputBytes: limits.outputBytes },
    hostKeys: { ...hostKeys, knownHostsFile },
    platforms,
  };
}
