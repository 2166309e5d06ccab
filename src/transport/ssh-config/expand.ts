import { createHash } from 'node:crypto';
import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { OptionError, processWide } from '../../base/index.js';
import type { Located } from './settings.js';

/** Returns what stands for a letter behind `%` (ssh_config(5), TOKENS); undefined for one that there is not. */
export type Tokens = (letter: string) => string | undefined;

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

/** What the system says of this machine and its user: asked once, and for each device it would cost more than the rest. */
interface Here {
  readonly user: string;
  readonly host: string;
}

function here(): Here {
  return processWide('sshConfigHere', () => {
    try {
      return { user: userInfo().username, host: hostname() };
    } catch {
      // A number without an entry in the list of users, as in some containers.
      return { user: '', host: hostname() };
    }
  });
}

/** Returns the name of the user who runs the program; empty where the system has none. */
export const localUser = (): string => here().user;

const TOKENS: Readonly<Record<string, (about: Destination) => string>> = {
  '%': () => '%',
  C: ({ host, port, user, jump }) =>
    createHash('sha1').update([here().host, host, port, user, jump].join('')).digest('hex'),
  L: () => here().host.replace(/\..*$/s, ''),
  d: () => homedir(),
  h: ({ host }) => host,
  i: () => String(process.getuid?.() ?? ''),
  j: ({ jump }) => jump,
  k: ({ hostKeyAlias, originalHost }) => hostKeyAlias ?? originalHost,
  l: () => here().host,
  n: ({ originalHost }) => originalHost,
  p: ({ port }) => String(port),
  r: ({ user }) => user,
  u: () => here().user,
};

export const tokensOf =
  (about: Destination): Tokens =>
  (letter) =>
    Object.hasOwn(TOKENS, letter) ? TOKENS[letter]?.(about) : undefined;

/** Those of HostName: no more than the name that is asked for is known there. */
export const hostTokens =
  (host: string): Tokens =>
  (letter) =>
    letter === 'h' ? host : letter === '%' ? '%' : undefined;

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
  const value = tokens(letter);
  if (value !== undefined) return value;
  const known = Object.keys(TOKENS).filter((name) => tokens(name) !== undefined);
  const says = `'${token}' is none of ${known.map((name) => `%${name}`).join(' ')}`;
  throw new OptionError(`ssh_config ${where}: ${says}`, { phase: 'connect' });
}

function withHome(path: string, where: string): string {
  if (path === '~' || path.startsWith('~/')) return join(homedir(), path.slice(1));
  if (!path.startsWith('~')) return path;
  const says = 'the home of another user is not looked up: write the path out';
  throw new OptionError(`ssh_config ${where}: ${says}`, { phase: 'connect' });
}
