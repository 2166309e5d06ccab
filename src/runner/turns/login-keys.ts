import { hash, randomBytes } from 'node:crypto';
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
  /** What may be locked: the same for all secrets of one user. */
  readonly account: string;
  /** How many refusals of one user one login may cost: several, where he has several passwords. */
  readonly refusals: number;
}

/** What a device is let in with, in the order in which it is asked for. */
export interface LoginKeys {
  readonly keys: readonly LoginKey[];
  /** What a person calls the user. */
  readonly user: string;
}

/**
 * Names what devices are let in with; two devices that share a credential get the same name. One set of names is for one
 * run: devices that share all of it share what is kept of it, so that 100,000 of them need little.
 */
export class LoginNames {
  readonly #known = new Map<string, LoginKeys>();

  of(device: LoginDevice): LoginKeys {
    const { username, password, secret, credentials, ssh, route, terminalServer } = device;
    const whole = textOf([username, password, secret, credentials, keysIn(ssh), route, terminalServer]);
    let keys = this.#known.get(whole);
    if (keys === undefined) {
      keys = loginKeysOf(device);
      this.#known.set(whole, keys);
    }
    return keys;
  }
}

/** Further credentials of a device belong to its login: they are tried in one row. */
function loginKeysOf(device: LoginDevice): LoginKeys {
  const { username, secret, credentials = [], route, terminalServer } = device;
  const all: readonly LoginWith[] = [device, ...credentials];
  const users = all.map((one) => one.username ?? username);
  const logins = all.map(({ password, ssh }, at) => [users[at], password, keysIn(ssh)] as const);
  const secrets = all.map((one, at) => [users[at], one.secret ?? secret]);
  const { jump = [], socks } = route ?? {};
  const straight = jump.length === 0 && socks === undefined && terminalServer === undefined;
  const hasSecret = secrets.some(([, one]) => one !== undefined);
  const way = textOf(['way', jump, socks, terminalServer]);
  const keyOf = (kind: 'login' | 'enable', ofUsers: unknown, refusals: number): LoginKey => {
    return { kind, name: textOf([kind, ofUsers]), account: textOf([kind, users[0]]), refusals };
  };
  return {
    keys: [
      ...(straight ? [] : [{ kind: 'way', name: way, account: way, refusals: 1 } as const]),
      keyOf('login', logins, mostOfOneUser(logins)),
      ...(hasSecret ? [keyOf('enable', secrets, 1)] : []),
    ],
    user: [...new Set(users.map((user) => user ?? '(no name)'))].join(', then '),
  };
}

/** How many different passwords the user has who has most of them; none is sent twice. */
function mostOfOneUser(
  logins: readonly (readonly [user: string | undefined, password: unknown, ...unknown[]])[],
): number {
  const ofUser = new Map<string | undefined, Set<string>>();
  for (const [user, password] of logins) {
    ofUser.set(user, (ofUser.get(user) ?? new Set()).add(textOf([password])));
  }
  return Math.max(...[...ofUser.values()].map(({ size }) => size));
}

/** What of the options of SSH is shown to a server. */
function keysIn(ssh: object | undefined): unknown {
  const { keyFile, certificateFile, useKeys, allowAgent } = (ssh ?? {}) as Readonly<Record<string, unknown>>;
  return [keyFile, certificateFile, useKeys, allowAgent];
}

const textOf = (value: unknown): string => JSON.stringify(withoutSecrets(value));

/** A reference (`{ env: … }`) is plain data, and so are names; a Secret stands there as its hash. */
function withoutSecrets(value: unknown): unknown {
  if (Secret.is(value)) return { secret: hashOf(value) };
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutSecrets(one)]));
}

/** With a key of this process alone: whoever finds the hash in its memory cannot try passwords on it. */
function hashOf(secret: Secret): string {
  const { key, known } = processWide('loginKeys', () => ({
    key: randomBytes(32).toString('base64'),
    known: new WeakMap<Secret, string>(),
  }));
  let made = known.get(secret);
  if (made === undefined) {
    made = hash('sha256', key + secret.reveal(), 'base64');
    known.set(secret, made);
  }
  return made;
}
