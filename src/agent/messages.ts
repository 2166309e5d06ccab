import { type Phase, RollcallError, Secret } from '../base/index.js';
import type { Response, SessionOptions, SessionTarget } from '../session/index.js';
import type { EncodedError } from './error-data.js';

/** The version of what the two sides say to each other. */
export const PROTOCOL = 1;

/** How often a client that waits is told that the agent is still at work. */
export const ALIVE_MS = 5_000;

/** What of a session's options goes to the agent; the rest stays with the caller. */
export type OpenOptions = Pick<SessionOptions, 'enable' | 'timeouts' | 'limits' | 'hostKeys' | 'platforms'>;

/** What a client says; the first is `hello`, and then one of the others. */
export type ClientMessage =
  | { readonly type: 'hello'; readonly protocol: number }
  /** Wants a session, for as long as the connection lasts. */
  | { readonly type: 'open'; readonly target: SessionTarget; readonly options: OpenOptions }
  | { readonly type: 'command'; readonly command: string }
  | { readonly type: 'answer'; readonly id: number; readonly text: Secret }
  | { readonly type: 'no_answer'; readonly id: number }
  | { readonly type: 'cancel' }
  | { readonly type: 'status' }
  | { readonly type: 'forget'; readonly device: string }
  | { readonly type: 'stop' };

/** A session that the agent holds; plain data without secrets. */
export interface SessionStatus {
  /** `host:port`. */
  readonly device: string;
  readonly user: string | null;
  readonly platform: string;
  /** ISO 8601, UTC. */
  readonly openedAt: string;
  /** How long nobody has used it, in milliseconds; null while somebody does. */
  readonly idleMs: number | null;
  /** How many commands it has answered. */
  readonly commands: number;
}

/** What the agent says. */
export type AgentMessage =
  | { readonly type: 'hello'; readonly protocol: number; readonly pid: number }
  /** Still at work. */
  | { readonly type: 'alive' }
  | { readonly type: 'phase'; readonly phase: Phase }
  /** What the program that logs in would have said on its own standard error. */
  | { readonly type: 'warning'; readonly message: string }
  | { readonly type: 'question'; readonly id: number; readonly question: AskedQuestion }
  | { readonly type: 'opened'; readonly hostname: string | null; readonly platform: string }
  /** A piece of the output of the answer that is told of next. */
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'answered'; readonly response: Omit<Response, 'output'>; readonly mode: string }
  | { readonly type: 'failed'; readonly error: EncodedError }
  | { readonly type: 'sessions'; readonly sessions: readonly SessionStatus[] }
  | { readonly type: 'done'; readonly count: number };

export interface AskedQuestion {
  readonly host: string;
  readonly prompt: string;
  readonly echo: boolean;
}

type Kind = 'string' | 'number' | 'boolean' | 'object' | 'list' | 'secret' | 'text or null' | 'number or null';
type Shape = Readonly<Record<string, Kind | `${Kind}?`>>;

const IS: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && !Secret.is(value),
  list: Array.isArray,
  secret: Secret.is,
  'text or null': (value) => value === null || typeof value === 'string',
  'number or null': (value) => value === null || typeof value === 'number',
};

const FROM_CLIENT: Readonly<Record<ClientMessage['type'], Shape>> = {
  hello: { protocol: 'number' },
  open: { target: 'object', options: 'object' },
  command: { command: 'string' },
  answer: { id: 'number', text: 'secret' },
  no_answer: { id: 'number' },
  cancel: {},
  status: {},
  forget: { device: 'string' },
  stop: {},
};

const FROM_AGENT: Readonly<Record<AgentMessage['type'], Shape>> = {
  hello: { protocol: 'number', pid: 'number' },
  alive: {},
  phase: { phase: 'string' },
  warning: { message: 'string' },
  question: { id: 'number', question: 'object' },
  opened: { hostname: 'text or null', platform: 'string' },
  text: { text: 'string' },
  answered: { response: 'object', mode: 'string' },
  failed: { error: 'object' },
  sessions: { sessions: 'list' },
  done: { count: 'number' },
};

const SESSION: Shape = {
  ...{ device: 'string', user: 'text or null', platform: 'string' },
  ...{ openedAt: 'string', idleMs: 'number or null', commands: 'number' },
};

const RESPONSE: Shape = {
  ...{ command: 'string', prompt: 'string', ok: 'boolean', refusal: 'string?', startedAt: 'string' },
  ...{ elapsedMs: 'number', endedBy: 'string', truncated: 'boolean' },
};

/** @throws RollcallError (`agent_lost`) for what no client says. */
export function clientMessage(value: unknown): ClientMessage {
  return read(value, FROM_CLIENT) as ClientMessage;
}

/** @throws RollcallError (`agent_lost`) for what no agent says. */
export function agentMessage(value: unknown): AgentMessage {
  const message = read(value, FROM_AGENT) as AgentMessage;
  if (message.type === 'answered') fits(message.response, RESPONSE, 'answered.response');
  if (message.type === 'question') {
    fits(message.question, { host: 'string', prompt: 'string', echo: 'boolean' }, 'question.question');
  }
  if (message.type === 'sessions') for (const one of message.sessions) fits(one, SESSION, 'sessions.sessions');
  return message;
}

function read(value: unknown, shapes: Readonly<Record<string, Shape>>): unknown {
  const type = IS.object(value) ? (value as { type?: unknown }).type : undefined;
  const shape = typeof type === 'string' && Object.hasOwn(shapes, type) ? shapes[type] : undefined;
  if (shape === undefined) throw broken('a message of an unknown type came');
  fits(value, shape, String(type));
  return value;
}

function fits(value: unknown, shape: Shape, what: string): void {
  if (!IS.object(value)) throw broken(`'${what}' must be an object`);
  for (const [name, kind] of Object.entries(shape)) {
    const part = (value as Record<string, unknown>)[name];
    if (kind.endsWith('?') && part === undefined) continue;
    const plain = kind.replace('?', '') as Kind;
    if (!IS[plain](part)) throw broken(`'${what}' must have a ${plain} called '${name}'`);
  }
}

const broken = (says: string): RollcallError => new RollcallError('agent_lost', says, { phase: 'task' });
