import { checkMs, OptionError, type Phase, Secret } from '../base/index.js';
import { loadPlatform, type Platform } from '../platforms/index.js';
import type { ConnectionTarget, HostKeyOptions, Question } from '../transport/index.js';

/** What a session can be opened to; plain data, and a `Device` of an inventory has this shape. */
export interface SessionTarget extends ConnectionTarget {
  /** The platform's name. */
  readonly platform: string;
  /** The enable secret. The login password is never tried in its place. */
  readonly secret?: Secret | undefined;
  readonly timeouts?: TimeoutOptions | undefined;
  /** The virtual device inside the device that commands are typed in: VDOM, context, vsys, logical system. */
  readonly context?: string | undefined;
  /**
   * Whether the line is the device's console, as behind a terminal server: a silent one is woken with the key that the
   * platform declares for it, and logged in to in the shell also over SSH. Default: only with the transport `serial`.
   */
  readonly console?: boolean | undefined;
  /** How the device writes its characters, by WHATWG's name (`latin1`, `windows-1251`, `gbk`); default utf-8. */
  readonly encoding?: string | undefined;
}

export interface TimeoutOptions {
  /** Until logged in, with everything that belongs to it; default 30,000. */
  readonly connectMs?: number | undefined;
  /** Without a byte while an answer is due; default 30,000. */
  readonly idleMs?: number | undefined;
  /** The device in all, from `connect` to the last answer; default: no limit. */
  readonly totalMs?: number | undefined;
  /**
   * How long nothing may follow the prompt that ends an answer; default 0. Above 0 it tells the prompt from a line of
   * the answer that begins with an exact copy of it, and every command takes that much longer.
   */
  readonly settleMs?: number | undefined;
}

export interface LimitOptions {
  /** What one answer may hold, in bytes as received; default 512 MiB. */
  readonly outputBytes?: number | undefined;
  /**
   * What the answers under way of all sessions of this process may take in memory; what is more goes to disk. Default
   * 512 MiB. The last one that is given counts, for all of them.
   */
  readonly memoryBytes?: number | undefined;
}

export interface SessionOptions {
  /** A platform of the caller's own, in place of the one that the target names. */
  readonly platform?: Platform | undefined;
  /** Platforms of the caller's own, for targets that name one of them: they go before those of the catalogue. */
  readonly platforms?: readonly Platform[] | undefined;
  /** `auto` enables when the target has a secret and the platform has a privileged mode; default `auto`. */
  readonly enable?: 'auto' | 'always' | 'never' | undefined;
  /** Those of the target go before these. */
  readonly timeouts?: TimeoutOptions | undefined;
  readonly limits?: LimitOptions | undefined;
  readonly hostKeys?: HostKeyOptions | undefined;
  /** Answers what a server asks beyond the password, such as a one-time code. */
  readonly ask?: ((question: Question) => Promise<string>) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told when a phase begins. */
  readonly onPhase?: ((phase: Phase) => void) | undefined;
}

export interface Timeouts {
  readonly connectMs: number;
  readonly idleMs: number;
  readonly totalMs: number | undefined;
  readonly settleMs: number;
}

const DEFAULT_CONNECT_MS = 30_000;
const DEFAULT_IDLE_MS = 30_000;
const DEFAULT_OUTPUT_BYTES = 512 * 1024 * 1024;

/** Returns the clocks that rule a session. @throws OptionError. */
export function timeoutsOf(target: SessionTarget, options: SessionOptions): Timeouts {
  const pick = (name: keyof TimeoutOptions, minimum = 1): number | undefined =>
    checkMs(`timeouts.${name}`, target.timeouts?.[name] ?? options.timeouts?.[name], { minimum });
  return {
    connectMs: pick('connectMs') ?? DEFAULT_CONNECT_MS,
    idleMs: pick('idleMs') ?? DEFAULT_IDLE_MS,
    totalMs: pick('totalMs'),
    settleMs: pick('settleMs', 0) ?? 0,
  };
}

/** Returns the platform of a target. @throws RollcallError (`unknown_platform`). */
export function platformOf(name: string, { platform, platforms = [] }: Pick<SessionOptions, 'platform' | 'platforms'>) {
  return platform ?? platforms.find((own) => own.name === name) ?? loadPlatform(name);
}

/** Checks what has no clock and no size. @throws OptionError. */
export function checkOptions(
  { secret, console: isConsole = false }: SessionTarget,
  { enable = 'auto', platform, platforms = [] }: SessionOptions,
): void {
  const all: unknown[] = Array.isArray(platforms) ? [...platforms, platform ?? {}] : [platforms];
  const wrong = all.find((one) => typeof one !== 'object' || one === null);
  if (wrong !== undefined) {
    throw new OptionError(`platforms are objects, as loadPlatforms(path) returns them in a list; got ${String(wrong)}`);
  }
  if (secret !== undefined && !Secret.is(secret)) {
    throw new OptionError(`secret must be a Secret (new Secret(text)); got a ${typeof secret}`);
  }
  if (typeof isConsole !== 'boolean') {
    throw new OptionError(`console must be true or false; got ${JSON.stringify(isConsole)}`);
  }
  if (!['auto', 'always', 'never'].includes(enable)) {
    throw new OptionError(`enable must be 'auto', 'always' or 'never'; got '${String(enable)}'`);
  }
}

/** Returns how much one answer may hold. @throws OptionError. */
export function outputLimit({ outputBytes = DEFAULT_OUTPUT_BYTES }: LimitOptions = {}): number {
  if (Number.isSafeInteger(outputBytes) && outputBytes > 0) return outputBytes;
  throw new OptionError(`limits.outputBytes must be a whole number of bytes above 0; got ${String(outputBytes)}`);
}

const STANDARD_PORTS = { ssh: 22, telnet: 23, serial: 0 } as const;

/** Returns `host:port` of a target, with the transport's standard port where it names none. */
export function addressOf({ host, port, transport = 'ssh' }: SessionTarget): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port ?? STANDARD_PORTS[transport]}`;
}

/** Returns the character encoding of a target. @throws OptionError for one that is not known. */
export function encodingOf({ encoding = 'utf-8' }: SessionTarget): string {
  try {
    return new TextDecoder(encoding).encoding;
  } catch (error) {
    throw new OptionError(`encoding must be one that the WHATWG names; got ${JSON.stringify(encoding)}`, {
      cause: error,
    });
  }
}
