import { createHash } from 'node:crypto';
import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { OptionError } from '../../base/index.js';
import type { Located } from './settings.js';

/** What the letters behind `%` stand for (ssh_config(5), TOKENS). */
export type Tokens = Readonly<Record<string, string>>;

/** What of a connection the tokens tell. */
export interface Destination {
  readonly host: string;
  readonly originalHost: string;
  readonly port: number;
  readonly user: string;
  readonly hostKeyAlias: string | undefined;
  /** ProxyJump as it is written. */
  readonly jump: string;
}

/** Returns the name of the user who runs the program; empty where the system has none. */
export function localUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A number without an entry in the list of users, as in some containers.
    return '';
  }
}

export function tokensOf({ host, originalHost, port, user, hostKeyAlias, jump }: Destination): Tokens {
  const here = hostname();
  const tokens = { l: here, h: host, p: String(port), r: user, j: jump };
  return {
    ...tokens,
    '%': '%',
    C: createHash('sha1').update(Object.values(tokens).join('')).digest('hex'),
    L: here.replace(/\..*$/s, ''),
    d: homedir(),
    i: String(process.getuid?.() ?? ''),
    k: hostKeyAlias ?? originalHost,
    n: originalHost,
    u: localUser(),
  };
}

/** Fills in the tokens of a text. @throws OptionError with `file:line` for one that there is not. */
export function expandTokens({ text, where }: Located, tokens: Tokens): string {
  return text.replace(/%(.?)/gs, (token, letter: string) => tokenOf(token, letter, { tokens, where }));
}

/** Fills in tokens and `${NAME}`, and the home of the user for a leading `~`. @throws OptionError with `file:line`. */
export function expandPath({ text, where }: Located, tokens: Tokens): string {
  const path = withHome(text, where);
  return path.replace(/%(.?)|\$\{([^}]*)\}/gs, (token, letter: string | undefined, name: string | undefined) => {
    if (name === undefined) return tokenOf(token, letter ?? '', { tokens, where });
    const value = process.env[name];
    if (value === undefined || value === '') {
      throw new OptionError(`ssh_config ${where}: the environment has no ${token}`, { phase: 'connect' });
    }
    return value;
  });
}

function tokenOf(token: string, letter: string, { tokens, where }: { tokens: Tokens; where: string }): string {
  const value = Object.hasOwn(tokens, letter) ? tokens[letter] : undefined;
  if (value !== undefined) return value;
  const known = Object.keys(tokens).map((name) => `%${name}`);
  throw new OptionError(`ssh_config ${where}: '${token}' is none of ${known.join(' ')}`, { phase: 'connect' });
}

function withHome(path: string, where: string): string {
  if (path === '~' || path.startsWith('~/')) return join(homedir(), path.slice(1));
  if (!path.startsWith('~')) return path;
  const says = 'the home of another user is not looked up: write the path out';
  throw new OptionError(`ssh_config ${where}: ${says}`, { phase: 'connect' });
}
