import { expandTokens, hostTokens, localUser, type Tokens, tokensOf } from './expand.js';
import { candidates, type IndexedFile } from './indexed.js';
import type { Block, LoadedConfig } from './load.js';
import type { Circumstances } from './match.js';
import type { JumpText, Settings } from './settings.js';

/** Who is asked about, with what is settled before any file is read. */
export interface Asked {
  readonly host: string;
  readonly username?: string | undefined;
  readonly port?: number | undefined;
  readonly hostKeyAlias?: string | undefined;
  /** Whether the way is settled: then no ProxyJump and no ProxyCommand counts. */
  readonly wayIsGiven: boolean;
}

/** Runs a command of Match exec and tells whether it succeeded. */
export type RunCommand = (command: string, where: string) => Promise<boolean>;

export interface Resolved {
  readonly settings: Settings;
  /** The name or address to connect to. */
  readonly host: string;
  readonly tokens: Tokens;
}

/** Goes through a configuration for one host as ssh does: the first value counts. @throws OptionError. */
export async function resolveConfig(config: LoadedConfig, asked: Asked, run: RunCommand): Promise<Resolved> {
  const settings = settled(asked);
  const walk = new Walk(settings, asked, run);
  await walk.through(config.files);
  if (config.wantsFinalPass || settings.canonicalize === true) await walk.again(config.files);
  return { settings, host: walk.host, tokens: walk.tokens };
}

function settled({ username, port, hostKeyAlias, wayIsGiven }: Asked): Settings {
  return {
    identityFiles: [],
    certificateFiles: [],
    ...(username === undefined ? {} : { user: username }),
    ...(port === undefined ? {} : { port }),
    ...(hostKeyAlias === undefined ? {} : { hostKeyAlias }),
    ...(wayIsGiven ? { jump: { hops: [], where: '' }, command: { text: '', where: '' } } : {}),
  };
}

/** SSH's own port (RFC 4253, section 4.1). */
const SSH_PORT = 22;

class Walk {
  readonly #settings: Settings;
  readonly #asked: Asked;
  readonly #run: RunCommand;
  /** The name that Host is compared with. */
  #name: string;
  #finalPass = false;

  constructor(settings: Settings, asked: Asked, run: RunCommand) {
    this.#settings = settings;
    this.#asked = asked;
    this.#run = run;
    this.#name = asked.host;
  }

  async through(files: readonly IndexedFile[]): Promise<void> {
    for (const file of files) {
      for (const block of candidates(file, this.#name)) {
        const applies = this.#applies(block);
        if (applies === false || (applies !== true && !(await applies))) continue;
        for (const item of block.body) {
          if (typeof item === 'function') item(this.#settings);
          else await this.through(item.files);
        }
      }
    }
  }

  /** The second pass: the name is settled, and Host is compared with it. */
  async again(files: readonly IndexedFile[]): Promise<void> {
    this.#name = this.host;
    this.#settings.hostname = { text: this.#name.replaceAll('%', '%%'), where: '' };
    this.#finalPass = true;
    await this.through(files);
  }

  /** In small letters, as ssh has it at the end: it is part of names of files. */
  get host(): string {
    return this.#hostSoFar.toLowerCase();
  }

  get tokens(): Tokens {
    return this.#tokensFor(this.host, this.#settings.hostKeyAlias);
  }

  get #hostSoFar(): string {
    const { hostname } = this.#settings;
    const { host } = this.#asked;
    return hostname === undefined ? host : expandTokens(hostname, hostTokens(host));
  }

  #tokensFor(host: string, hostKeyAlias: string | undefined): Tokens {
    const { port = SSH_PORT, user = localUser(), jump } = this.#settings;
    const { host: originalHost } = this.#asked;
    return tokensOf({ host, originalHost, port, user, hostKeyAlias, jump: jumpText(jump?.hops ?? []) });
  }

  /** At once where no command has to be asked: most files have none, and devices are many. */
  #applies({ host, match, where }: Block): boolean | Promise<boolean> {
    if (host !== undefined) return host(this.#name);
    if (match === undefined) return true;
    const about = this.#circumstances;
    const commands: { command: string; negated: boolean }[] = [];
    for (const criterion of match) {
      if ('command' in criterion) commands.push(criterion);
      else if (criterion.test(about) === criterion.negated) return false;
    }
    return commands.length === 0 || this.#all(commands, where);
  }

  async #all(commands: readonly { command: string; negated: boolean }[], where: string): Promise<boolean> {
    // Here ssh takes the name as it is at this point, and %k for that name where there is no alias.
    const host = this.#hostSoFar;
    const tokens = this.#tokensFor(host, this.#settings.hostKeyAlias ?? host);
    for (const { command, negated } of commands) {
      const succeeded = await this.#run(expandTokens({ text: command, where }, tokens), where);
      if (succeeded === negated) return false;
    }
    return true;
  }

  get #circumstances(): Circumstances {
    const { user } = this.#settings;
    return {
      host: this.#hostSoFar,
      originalHost: this.#asked.host,
      localUser: localUser(),
      user: user ?? localUser(),
      finalPass: this.#finalPass,
    };
  }
}

/** Writes hops as ProxyJump does. */
export function jumpText(hops: readonly JumpText[]): string {
  const texts = hops.map(({ host, port, username }) => {
    const bracketed = host.includes(':') ? `[${host}]` : host;
    return `${username === undefined ? '' : `${username}@`}${bracketed}${port === undefined ? '' : `:${port}`}`;
  });
  return texts.join(',');
}
