import { Deadline, Secret } from '#dist/base/index.js';
import { loadPlatform, type Platform } from '#dist/platforms/index.js';
import { Interruption } from '#dist/session/configuration/interruption.js';
import { Channel } from '#dist/session/line/channel.js';
import type { Conversation } from '#dist/session/line/exchange.js';
import { Prompt } from '#dist/session/line/prompt.js';
import { SessionSecrets } from '#dist/session/line/secrets.js';
import { awaitPrompt } from '#dist/session/login/login.js';
import { Session } from '#dist/session/session.js';
import type { Connection, Transport } from '#dist/transport/index.js';

/** How what the device says is cut: whole, byte by byte, in two pieces at that byte, or in many at random. */
export type Split = 'whole' | 'bytes' | number | `random ${number}`;

export interface Reply {
  /** What must have been written, exactly, for the device to say the next. */
  readonly to: string;
  readonly says: string | Uint8Array;
  /** Hangs up behind it. */
  readonly closes?: boolean;
}

const bytesOf = (says: string | Uint8Array): Uint8Array => (typeof says === 'string' ? Buffer.from(says) : says);

/** The places of the cuts that a seed gives, the same each time (xorshift32). */
function randomCuts(seed: number, length: number): number[] {
  let state = seed | 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const cuts = Array.from({ length: 1 + (next() % 12) }, () => next() % (length + 1));
  return [...new Set(cuts)].sort((a, b) => a - b);
}

function pieces(bytes: Uint8Array, split: Split): Uint8Array[] {
  if (typeof split === 'string' && split.startsWith('random')) {
    const cuts = [0, ...randomCuts(Number(split.slice('random '.length)) + bytes.length, bytes.length), bytes.length];
    return cuts
      .slice(1)
      .map((end, index) => bytes.subarray(cuts[index], end))
      .filter(({ length }) => length > 0);
  }
  if (split === 'bytes') return [...bytes].map((byte) => Uint8Array.of(byte));
  const at = typeof split === 'number' ? Math.min(split, bytes.length) : 0;
  return [bytes.subarray(0, at), bytes.subarray(at)].filter(({ length }) => length > 0);
}

/** A device in memory that plays a script: every piece of what it says comes in a turn of the event loop of its own. */
export class ScriptedDevice implements Transport {
  /** All that was ever written to it. */
  written = '';
  paused = false;
  /** Whether the session has time between the pieces to take what it has for all of it. */
  slow = false;
  readonly #replies: Reply[];
  readonly #split: Split;
  readonly #waiting: (() => void)[] = [];
  #pending = '';
  #onData: ((bytes: Uint8Array) => void) | undefined;
  #onClose: ((error?: Error) => void) | undefined;
  #running = false;
  #gone = false;

  constructor(greeting: string | Uint8Array, replies: readonly Reply[] = [], split: Split = 'whole') {
    this.#replies = [...replies];
    this.#split = split;
    this.say(greeting);
  }

  /** Whether all that it was to say has been said. */
  get quiet(): boolean {
    return !this.#running;
  }

  say(text: string | Uint8Array): void {
    for (const piece of pieces(bytesOf(text), this.#split)) this.#later(() => this.#onData?.(piece));
  }

  hangUp(error?: Error): void {
    this.#later(() => {
      this.#gone = true;
      this.#onClose?.(error);
    });
  }

  write(bytes: Uint8Array): void {
    if (this.#gone) return;
    const text = Buffer.from(bytes).toString();
    this.written += text;
    this.#pending += text;
    const [next] = this.#replies;
    if (next === undefined || this.#pending !== next.to) return;
    this.#replies.shift();
    this.#pending = '';
    this.say(next.says);
    if (next.closes === true) this.hangUp();
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#onData = listener;
  }

  onClose(listener: (error?: Error) => void): void {
    this.#onClose = listener;
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }

  destroy(): void {
    this.#gone = true;
    this.#onClose?.();
  }

  #later(work: () => void): void {
    this.#waiting.push(work);
    if (this.#running) return;
    this.#running = true;
    const step = (): void => {
      const next = this.#waiting.shift();
      if (next === undefined) {
        this.#running = false;
        return;
      }
      next();
      later(step);
    };
    // A session looks for more for two turns before it takes a prompt for the end.
    const later = (then: () => void): void => {
      if (!this.slow) setImmediate(then);
      else setImmediate(() => setImmediate(() => setImmediate(then)));
    };
    later(step);
  }
}

export interface ConverseOptions {
  readonly encoding?: string;
  readonly platform?: string | Platform;
  readonly username?: string;
  readonly context?: string;
  readonly password?: string;
  readonly secret?: string;
  readonly maxOutputBytes?: number;
  readonly totalMs?: number;
  readonly settleMs?: number;
  readonly signal?: AbortSignal;
  readonly console?: boolean;
  readonly isOnTheWay?: (line: string, lineAbove: string) => boolean;
}

/** A device in memory, of whatever kind. */
export type MemoryDevice = Transport & { destroy(): void };

export function converse(device: Transport, options: ConverseOptions = {}): Conversation {
  const {
    platform: named = 'cisco_ios',
    password,
    secret,
    maxOutputBytes = 1 << 20,
    settleMs = 0,
    totalMs,
    signal,
    isOnTheWay,
  } = options;
  const platform = typeof named === 'string' ? loadPlatform(named) : named;
  const secrets = [password, secret].filter((text) => text !== undefined).map((text) => new Secret(text));
  const deadline = Deadline.after(totalMs);
  const channel = new Channel(device, {
    encoding: options.encoding ?? 'utf-8',
    platform,
    secrets: new SessionSecrets(secrets),
    maxOutputBytes,
    settleMs,
    deadline,
    signal,
    isOnTheWay,
  });
  return { platform, channel, prompt: new Prompt(platform), entered: {} };
}

/** A session that is logged in, as `connect` would have made it. */
export async function openSession(
  device: MemoryDevice,
  options: ConverseOptions & { readonly idleMs?: number } = {},
): Promise<Session> {
  const interruption = new Interruption(options.signal);
  const conversation = converse(device, { ...options, signal: interruption.signal });
  const { idleMs = 5_000, secret, password } = options;
  await awaitPrompt(conversation, { phase: 'login', expected: 'the first prompt', idleMs });
  const connection: Connection = {
    facts: { transport: 'ssh' },
    openShell: async () => device,
    exec: () => Promise.reject(new Error('a scripted device has a shell only')),
    forward: () => Promise.reject(new Error('a scripted device has a shell only')),
    openSftp: () => Promise.reject(new Error('a scripted device has a shell only')),
    close: async () => device.destroy(),
    destroy: () => device.destroy(),
  };
  const timeouts = { connectMs: 5_000, idleMs, totalMs: undefined, settleMs: 0 };
  const target = {
    host: '192.0.2.1',
    platform: conversation.platform.name,
    username: options.username,
    context: options.context,
    password: Secret.of(password),
    secret: Secret.of(secret),
    console: options.console,
  };
  return new Session({ target, connection, conversation, timeouts, interruption });
}

/** How many random cuts each script gets. `ROLLCALL_SPLIT_SEED` repeats those of a failure, which names its seed. */
const RANDOM_SPLITS = 24;

const FIRST_SEED = Number(process.env.ROLLCALL_SPLIT_SEED ?? Math.floor(Math.random() * 2 ** 30));

/**
 * Runs the same for every way of cutting a script in two, for all of its bytes alone, uncut, and cut at random in many
 * pieces; all at the same time.
 */
export async function inEverySplit(
  greeting: string,
  replies: readonly Reply[],
  run: (device: ScriptedDevice, split: Split) => Promise<void>,
): Promise<void> {
  const longest = Math.max(...[greeting, ...replies.map(({ says }) => says)].map((says) => bytesOf(says).length));
  const random = Array.from({ length: RANDOM_SPLITS }, (_, index): Split => `random ${FIRST_SEED + index}`);
  const splits: Split[] = ['whole', 'bytes', ...random, ...Array.from({ length: longest - 1 }, (_, n) => n + 1)];
  await Promise.all(
    splits.map(async (split) => {
      try {
        await run(new ScriptedDevice(greeting, replies, split), split);
      } catch (error) {
        (error as Error).message = `cut at ${split}: ${(error as Error).message}`;
        throw error;
      }
    }),
  );
}
