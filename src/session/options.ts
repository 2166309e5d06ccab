import {
  checkChoice,
  checkKind,
  checkMs,
  checkNames,
  got,
  OptionError,
  type Phase,
  type Secret,
  type SecretValue,
} from '../base/index.js';
import { type CredentialSource, checkSecretValue, secretPlaces } from '../credentials/index.js';
import { loadPlatform, type Platform } from '../platforms/index.js';
import type { ConnectionTarget, HostKeyOptions, OpenConnection, Question } from '../transport/index.js';
import { type Credential, checkCredentials } from './login/credentials.js';

/**
 * What a session can be opened to; plain data, and a `Device` of an inventory has this shape. Where a secret stands, a
 * reference to one may stand as well, which is resolved when the session is opened.
 */
export interface SessionTarget<S extends SecretValue = SecretValue> extends ConnectionTarget<S> {
  /** The platform's name. */
  readonly platform: string;
  /** The enable secret. The login password is never tried in its place. */
  readonly secret?: S | undefined;
  /**
   * Other credentials for the same device, tried in order when it has refused those before, each on a connection of its
   * own: a local account, for when the central server is down. No password is sent twice for one user. What they refer
   * to is resolved only then.
   */
  readonly credentials?: readonly Credential[] | undefined;
  readonly timeouts?: TimeoutOptions | undefined;
  /** The virtual device inside the device that commands are typed in: VDOM, context, vsys, logical system. */
  readonly context?: string | undefined;
  /**
   * Whether the line is the device's console, as behind a terminal server: a silent one is woken with the key that the
   * platform declares for it, and logged in to in the shell also over SSH. Default: with the transport `serial`, and
   * behind a terminal server that needs no command.
   */
  readonly console?: boolean | undefined;
  /**
   * What is logged in to first, the device being behind it on the same stream: host, port, transport, ssh and route are
   * those of the terminal server then.
   */
  readonly terminalServer?: TerminalServerOptions<S> | undefined;
  /** How the device writes its characters, by WHATWG's name (`latin1`, `windows-1251`, `gbk`); default utf-8. */
  readonly encoding?: string | undefined;
}

/** A terminal server, or a host to go on from. It never gets the device's credentials, nor the device its own. */
export interface TerminalServerOptions<S extends SecretValue = SecretValue> {
  readonly username?: string | undefined;
  readonly password?: S | undefined;
  /** Its enable secret, where the command is typed in privileged mode. */
  readonly secret?: S | undefined;
  /** Its platform's name; default `generic`. */
  readonly platform?: string | undefined;
  /**
   * What leads on to the device, typed at its prompt (`telnet 10.0.0.1 2005`, `connect line 5`, `ssh ann@r1`). Absent:
   * the port is the device's own line (reverse telnet), which is silent once the terminal server has logged us in.
   */
  readonly command?: string | undefined;
}

/** A target whose own secrets are at hand; those of `credentials` need not be. */
export type ResolvedTarget = SessionTarget<Secret>;

/** The clocks of a session. */
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

/** How much a session may hold. */
export interface LimitOptions {
  /** What one answer may hold, in bytes as received; default 512 MiB. */
  readonly outputBytes?: number | undefined;
  /**
   * What all sessions of this thread have received, and nobody has taken yet, may take in memory; what is more goes to
   * disk. Default 512 MiB. The last one that is given counts, for all of them; each worker has its own.
   */
  readonly memoryBytes?: number | undefined;
}

/** What a session is opened with, beside its target. */
export interface SessionOptions {
  /** A platform of the caller's own, in place of the one that the target names. */
  readonly platform?: Platform | undefined;
  /** Platforms of the caller's own, for targets that name one of them: they go before those of the catalogue. */
  readonly platforms?: readonly Platform[] | undefined;
  /** `auto` enables when the target has a secret and the platform has a privileged mode; default `auto`. */
  readonly enable?: 'auto' | 'always' | 'never' | undefined;
  /**
   * Sends only commands that the platform's data calls harmless (`readOnly`), and never enters a mode of configuration:
   * anything else fails with `read_only`, before a byte of it is sent. Default false.
   */
  readonly readOnly?: boolean | undefined;
  /** Those of the target go before these. */
  readonly timeouts?: TimeoutOptions | undefined;
  readonly limits?: LimitOptions | undefined;
  readonly hostKeys?: HostKeyOptions | undefined;
  /** Answers what a server asks beyond the password, such as a one-time code. */
  readonly ask?: ((question: Question) => Promise<string>) | undefined;
  /**
   * Where the secrets are had that the target refers to; default: all kinds of references, resolved once per process.
   * Asks with `ask`.
   */
  readonly credentialSource?: CredentialSource | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told when a phase begins. */
  readonly onPhase?: ((phase: Phase) => void) | undefined;
  /** Writes the session down, both directions, without its secrets; default: not. */
  readonly recording?: RecordingOptions | undefined;
  /** Told when a recording cannot be written any more; the session goes on. Default: a warning of the logger. */
  readonly onRecordingLost?: ((reason: string) => void) | undefined;
  /** Opens the way to the device in place of rollcall's own ways, as `replayConnection` does. */
  readonly openConnection?: OpenConnection | undefined;
}

/** Plain data, so that it crosses to workers. */
export interface RecordingOptions {
  /** Made anew, for its owner alone; folders that lack are made. */
  readonly file: string;
  /** What the recording calls the device; default its host. */
  readonly device?: string | undefined;
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

const OPTION_NAMES: readonly (keyof SessionOptions)[] = [
  ...(['platform', 'platforms', 'enable', 'readOnly', 'timeouts', 'limits'] as const),
  ...([
    'hostKeys',
    'ask',
    'credentialSource',
    'signal',
    'onPhase',
    'recording',
    'onRecordingLost',
    'openConnection',
  ] as const),
];
const TIMEOUT_NAMES = ['connectMs', 'idleMs', 'totalMs', 'settleMs'] satisfies (keyof TimeoutOptions)[];
const LIMIT_NAMES = ['outputBytes', 'memoryBytes'] satisfies (keyof LimitOptions)[];

/** Checks what has no clock and no size, and the names of all. @throws OptionError. */
export function checkOptions(target: SessionTarget, options: SessionOptions): void {
  checkTarget(target);
  checkNames('connect', options, OPTION_NAMES);
  const { enable, platform, platforms = [], timeouts = {}, limits = {}, signal } = options;
  checkNames('timeouts', timeouts, TIMEOUT_NAMES);
  checkNames('limits', limits, LIMIT_NAMES);
  checkChoice('enable', enable, ['auto', 'always', 'never']);
  checkKind('readOnly', options.readOnly, 'boolean');
  checkKind('ask', options.ask, 'function');
  if (options.credentialSource !== undefined) {
    checkKind('credentialSource.resolve', options.credentialSource.resolve ?? null, 'function');
  }
  checkKind('onPhase', options.onPhase, 'function');
  checkKind('onRecordingLost', options.onRecordingLost, 'function');
  checkKind('openConnection', options.openConnection, 'function');
  if (options.recording !== undefined) {
    checkNames('recording', options.recording, ['file', 'device']);
    const { file } = options.recording;
    if (typeof file !== 'string' || file === '')
      throw new OptionError(`recording.file must be a path; got ${got(file)}`);
    checkKind('recording.device', options.recording.device, 'string');
  }
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new OptionError(`signal must be an AbortSignal; got ${got(signal)}`);
  }
  if (!Array.isArray(platforms))
    throw new OptionError(
      `platforms are a list of platforms, as loadPlatforms(path) returns it; got ${got(platforms)}`,
    );
  for (const one of platforms) checkOwn(one);
  if (platform !== undefined) checkOwn(platform);
}

function checkTarget(target: SessionTarget): void {
  if (typeof target !== 'object' || target === null) {
    throw new OptionError(`connect takes a target: { host, platform, … }; got ${got(target)}`);
  }
  const { host, platform, timeouts = {} } = target;
  if (typeof host !== 'string' || host.trim() === '') {
    throw new OptionError(`host must be a name or an address; got ${got(host)}`);
  }
  checkKind('platform', platform ?? null, 'string');
  checkKind('username', target.username, 'string');
  checkKind('context', target.context, 'string');
  checkKind('console', target.console, 'boolean');
  checkNames('timeouts', timeouts, TIMEOUT_NAMES);
  checkCredentials(target);
  checkTerminalServer(target.terminalServer);
  encodingOf(target);
  for (const { name, value } of secretPlaces(target)) checkSecretValue(name, value);
}

const SERVER_NAMES: readonly (keyof TerminalServerOptions)[] = [
  'username',
  'password',
  'secret',
  'platform',
  'command',
];

function checkTerminalServer(server: TerminalServerOptions | undefined): void {
  if (server === undefined) return;
  checkNames('terminalServer', server, SERVER_NAMES);
  const { username, platform, command, secret } = server;
  for (const [name, text] of Object.entries({ username, platform, command })) {
    checkKind(`terminalServer.${name}`, text, 'string');
  }
  if (command !== undefined && !/^[^\r\n]*\S[^\r\n]*$/.test(command)) {
    throw new OptionError(`terminalServer.command must be one line; got ${got(command)}`);
  }
  if (secret !== undefined && command === undefined) {
    throw new OptionError('terminalServer.secret is for one that a command is typed at: give its command as well');
  }
}

/** Whether the line is the device's console. */
export function isConsole({ transport, terminalServer, console }: SessionTarget): boolean {
  return console ?? (transport === 'serial' || (terminalServer !== undefined && terminalServer.command === undefined));
}

/** What a session reads of a platform without looking whether it is there. */
const NEEDED: readonly (keyof Platform)[] = [
  ...(['name', 'modes', 'terminal', 'login', 'prepare', 'pager', 'questions'] as const),
  ...(['refusals', 'beforeRefusal', 'renames', 'exit'] as const),
];

function checkOwn(platform: Platform): void {
  if (typeof platform !== 'object' || platform === null) {
    throw new OptionError(`a platform is an object, as those that loadPlatforms(path) returns; got ${got(platform)}`);
  }
  const missing = NEEDED.filter((key) => platform[key] === undefined);
  if (missing.length === 0) return;
  const says = 'a platform is a whole one, as those that loadPlatforms(path) returns';
  throw new OptionError(`${says}; got one without ${missing.join(', ')}`);
}

/** Returns how much one answer may hold. @throws OptionError. */
export function outputLimit({ outputBytes = DEFAULT_OUTPUT_BYTES }: LimitOptions = {}): number {
  if (Number.isSafeInteger(outputBytes) && outputBytes > 0) return outputBytes;
  throw new OptionError(`limits.outputBytes must be a whole number of bytes above 0; got ${got(outputBytes)}`);
}

const STANDARD_PORTS = { ssh: 22, telnet: 23, serial: undefined, process: undefined } as const;

/** Returns `host:port` of a target, with the transport's standard port where it names none; its path where it has no port. */
export function addressOf({ host, port, transport = 'ssh' }: SessionTarget): string {
  if (STANDARD_PORTS[transport] === undefined) return host;
  return `${host.includes(':') ? `[${host}]` : host}:${port ?? STANDARD_PORTS[transport]}`;
}

/** Returns the character encoding of a target. @throws OptionError for one that is not known. */
export function encodingOf({ encoding = 'utf-8' }: SessionTarget): string {
  try {
    return new TextDecoder(encoding).encoding;
  } catch (error) {
    throw new OptionError(`encoding must be one that the WHATWG names; got ${got(encoding)}`, {
      cause: error,
    });
  }
}
