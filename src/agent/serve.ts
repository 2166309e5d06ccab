import { createServer, type Server, type Socket } from 'node:net';
import { checkMs, Deadline, got, OptionError, RollcallError } from '../base/index.js';
import { encodeError } from './error-data.js';
import { Keeper, type KeeperLimits } from './keeper.js';
import { targetOf } from './key.js';
import { listenAt } from './listen.js';
import { type AgentMessage, type ClientMessage, clientMessage, PROTOCOL } from './messages.js';
import type { AgentPlace } from './place.js';
import { Call } from './serve-call.js';
import { Wire } from './wire.js';

export interface AgentOptions {
  readonly place: AgentPlace;
  /** How long a session may go without use; default 600,000. */
  readonly idleMs?: number | undefined;
  /** How old a session may get; default 28,800,000. */
  readonly lifeMs?: number | undefined;
  /** How many sessions are kept while nobody uses them; default 500. */
  readonly maxSessions?: number | undefined;
}

/** An agent at work. */
export interface Agent {
  /** What clients connect to. */
  readonly address: string;
  readonly limits: KeeperLimits;
  /** Resolves when a client has asked it to stop. */
  readonly stopWanted: Promise<void>;
  /** Closes every session in an orderly way, and removes the socket. */
  close(): Promise<void>;
}

const MINUTE_MS = 60_000;

/** How long a client may take to say what it wants. */
const GREETING_MS = 10_000;

/** How long a client may take to hear that the agent ends. */
const GOODBYE_MS = 1_000;

/**
 * Starts an agent in this process.
 * @throws OptionError for limits that are none, where one runs already, and for a place that others can enter.
 */
export async function startAgent({ place, ...options }: AgentOptions): Promise<Agent> {
  const limits = limitsOf(options);
  const keeper = new Keeper(limits);
  const clients = new Set<Client>();
  let stop = (): void => {};
  const stopWanted = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const server = createServer((socket) => {
    const client: Client = new Client(socket, { keeper, stop, onGone: () => clients.delete(client) });
    clients.add(client);
  });
  const address = await listenAt(server, place);
  server.on('error', () => {});
  return {
    address,
    limits,
    stopWanted,
    async close() {
      const closed = closeServer(server);
      keeper.retire();
      const all = [...clients];
      await Promise.all(all.map((client) => client.callOff()));
      await keeper.close();
      for (const client of clients) client.end();
      // One that does not read is not waited for.
      const callOff = Deadline.after(GOODBYE_MS).schedule(() => {
        for (const client of clients) client.destroy();
      });
      await closed;
      callOff();
    },
  };
}

function limitsOf({ idleMs, lifeMs, maxSessions = 500 }: Omit<AgentOptions, 'place'>): KeeperLimits {
  if (!Number.isSafeInteger(maxSessions) || maxSessions < 1) {
    throw new OptionError(`maxSessions must be a whole number above 0; got ${got(maxSessions)}`);
  }
  return {
    idleMs: checkMs('idleMs', idleMs, { minimum: 1 }) ?? 10 * MINUTE_MS,
    lifeMs: checkMs('lifeMs', lifeMs, { minimum: 1 }) ?? 8 * 60 * MINUTE_MS,
    maxSessions,
  };
}

/** Node removes the socket as well. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

interface ClientParts {
  readonly keeper: Keeper;
  readonly stop: () => void;
  readonly onGone: () => void;
}

/** One client, from its greeting on; whatever it sends, only it is dropped for that. */
class Client {
  readonly #parts: ClientParts;
  readonly #wire: Wire;
  readonly #cancelGreeting: () => void;
  #greeted = false;
  #asked = false;
  #call: Call | undefined;

  constructor(socket: Socket, parts: ClientParts) {
    this.#parts = parts;
    this.#cancelGreeting = Deadline.after(GREETING_MS).schedule(() => socket.destroy());
    this.#wire = new Wire(socket, {
      onMessage: (message) => this.#heed(clientMessage(message)),
      onEnd: () => void this.#gone(),
    });
  }

  /** Calls off what it has under way, and tells it. */
  async callOff(): Promise<void> {
    await this.#call?.callOff();
  }

  /** Takes leave after what was sent. */
  end(): void {
    this.#wire.end();
    this.#cancelGreeting();
  }

  destroy(): void {
    this.#wire.destroy();
  }

  #heed(message: ClientMessage): void {
    if (!this.#greeted) return this.#greet(message);
    if (this.#call !== undefined) return this.#call.heed(message);
    if (this.#asked) throw new RollcallError('agent_lost', `'${message.type}' came out of turn`, { phase: 'task' });
    this.#asked = true;
    this.#cancelGreeting();
    this.#begin(message).catch((error: unknown) => this.#say({ type: 'failed', error: encodeError(error) }));
  }

  #greet(message: ClientMessage): void {
    if (message.type !== 'hello') {
      throw new RollcallError('agent_lost', "a client says 'hello' first", { phase: 'task' });
    }
    this.#say({ type: 'hello', protocol: PROTOCOL, pid: process.pid });
    if (message.protocol !== PROTOCOL) return this.#wire.end();
    this.#greeted = true;
  }

  async #begin(message: ClientMessage): Promise<void> {
    const { keeper, stop } = this.#parts;
    if (message.type === 'open') {
      const opening = { ...message, target: targetOf(message.target) };
      this.#call = new Call(keeper, { send: (told) => this.#say(told), drop: () => this.#wire.destroy() }, opening);
      return this.#call.open();
    }
    if (message.type === 'status') return this.#say({ type: 'sessions', sessions: keeper.status() });
    if (message.type === 'forget') return this.#say({ type: 'done', count: await keeper.forget(message.device) });
    if (message.type !== 'stop') {
      throw new RollcallError('agent_lost', `'${message.type}' came out of turn`, { phase: 'task' });
    }
    const count = keeper.status().length;
    stop();
    return this.#say({ type: 'done', count });
  }

  /** What cannot be said must not be waited for: the client is dropped. Never rejects. */
  async #say(message: AgentMessage): Promise<void> {
    try {
      await this.#wire.send(message);
    } catch {
      this.#wire.destroy();
    }
  }

  async #gone(): Promise<void> {
    this.#cancelGreeting();
    await this.#call?.end();
    this.#parts.onGone();
  }
}
