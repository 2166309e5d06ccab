import { createHmac, randomBytes } from 'node:crypto';
import { processWide, Secret } from '../../base/index.js';

/** What of a device says whom it logs in as; `Device` and the target of a session have this shape. */
export interface LoginDevice {
  readonly name: string;
  readonly username?: string | undefined;
  readonly password?: unknown;
  readonly secret?: unknown;
  readonly credentials?: readonly object[] | undefined;
  readonly ssh?: object | undefined;
  readonly route?: { readonly jump?: readonly object[] | undefined; readonly socks?: object | undefined } | undefined;
  readonly terminalServer?: object | undefined;
}

interface LoginWith {
  readonly username?: string | undefined;
  readonly password?: unknown;
  readonly secret?: unknown;
  readonly ssh?: object | undefined;
}

/** One thing that a device is let in with, under a name that gives no secret away. */
export interface LoginKey {
  /** `way`: the hosts on the way, or the terminal server; `enable`: the user with the enable secret. */
  readonly kind: 'way' | 'login' | 'enable';
  readonly name: string;
}

/** What a device is let in with, in the order in which it is asked for. */
export interface LoginKeys {
  readonly keys: readonly LoginKey[];
  /** What a person calls the user. */
  readonly user: string;
}

/** Of this process alone: whoever finds a name in its memory, or in a log, cannot try passwords on it. */
const processKey = (): Buffer => processWide('loginKeys', () => randomBytes(32));

/**
 * Names what a device is let in with; two devices that share a credential get the same name. Further credentials of a
 * device belong to its login: they are tried in one row.
 */
export function loginKeysOf(device: LoginDevice): LoginKeys {
  const { username, secret, credentials = [], route, terminalServer } = device;
  const all: readonly LoginWith[] = [device, ...credentials];
  const users = all.map((one) => one.username ?? username);
  const logins = all.map(({ password, ssh }, at) => [users[at], password, keysIn(ssh)]);
  const secrets = all.map((one, at) => [users[at], one.secret ?? secret]);
  const { jump = [], socks } = route ?? {};
  const way = jump.length === 0 && socks === undefined && terminalServer === undefined;
  const hasSecret = secrets.some(([, one]) => one !== undefined);
  return {
    keys: [
      ...(way ? [] : [{ kind: 'way', name: nameOf(['way', jump, socks, terminalServer]) } as const]),
      { kind: 'login', name: nameOf(['login', logins]) },
      ...(hasSecret ? [{ kind: 'enable', name: nameOf(['enable', secrets]) } as const] : []),
    ],
    user: [...new Set(users.map((user) => user ?? '(no name)'))].join(', then '),
  };
}

/** What of the options of SSH is shown to a server. */
function keysIn(ssh: object | undefined): unknown {
  const { keyFile, certificateFile, useKeys, allowAgent } = (ssh ?? {}) as Readonly<Record<string, unknown>>;
  return [keyFile, certificateFile, useKeys, allowAgent];
}

const nameOf = (value: unknown): string => hash(JSON.stringify(withoutSecrets(value)));

/** A reference (`{ env: … }`) is plain data, and so are names; a Secret stands there as its hash. */
function withoutSecrets(value: unknown): unknown {
  if (Secret.is(value)) return { secret: hash(value.reveal()) };
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutSecrets(one)]));
}

const hash = (text: string): string => createHmac('sha256', processKey()).update(text).digest('base64url');
