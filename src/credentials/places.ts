import type { Secret, SecretValue } from '../base/index.js';

interface HasPassphrase<S> {
  readonly ssh?: { readonly passphrase?: S | undefined } | undefined;
}

interface HasLogin<S> extends HasPassphrase<S> {
  readonly password?: S | undefined;
  readonly secret?: S | undefined;
}

/** Whatever has secrets where devices, and targets of sessions, have them. */
export interface HoldsSecrets<S = SecretValue> extends HasLogin<S> {
  readonly credentials?: readonly HasLogin<S>[] | undefined;
  readonly route?:
    | {
        readonly jump?: readonly Omit<HasLogin<S>, 'secret'>[] | undefined;
        readonly socks?: { readonly password?: S | undefined } | undefined;
      }
    | undefined;
  readonly terminalServer?: Omit<HasLogin<S>, 'ssh'> | undefined;
}

/** One secret of a target, and the way of properties that leads to it. */
export interface SecretPlace {
  readonly path: readonly (string | number)[];
  /** The same for messages: `route.jump[0].password`. */
  readonly name: string;
  readonly value: SecretValue;
}

/**
 * Returns the secrets of a target, those of `credentials` only where `all` says so: they are of use only when the device
 * has refused what came before.
 */
export function secretPlaces(target: HoldsSecrets, { all = true } = {}): readonly SecretPlace[] {
  const found: SecretPlace[] = [];
  const take = (value: SecretValue | undefined, ...path: readonly (string | number)[]): void => {
    if (value !== undefined) found.push({ path, name: nameOf(path), value });
  };
  const login = (one: HasLogin<SecretValue> | undefined, ...path: readonly (string | number)[]): void => {
    take(one?.password, ...path, 'password');
    take(one?.secret, ...path, 'secret');
    take(one?.ssh?.passphrase, ...path, 'ssh', 'passphrase');
  };
  login(target);
  for (const [index, hop] of target.route?.jump?.entries() ?? []) login(hop, 'route', 'jump', index);
  take(target.route?.socks?.password, 'route', 'socks', 'password');
  login(target.terminalServer, 'terminalServer');
  if (all) for (const [index, one] of target.credentials?.entries() ?? []) login(one, 'credentials', index);
  return found;
}

function nameOf(path: readonly (string | number)[]): string {
  return path.map((one, at) => (typeof one === 'number' ? `[${one}]` : at === 0 ? one : `.${one}`)).join('');
}

/** Returns a copy of a target with other secrets in these places; the target itself stays as it is. */
export function withSecrets<T extends object>(
  target: T,
  secrets: readonly { readonly path: SecretPlace['path']; readonly secret: Secret }[],
): T {
  return secrets.reduce((copy, { path, secret }) => replaced(copy, path, secret) as T, target);
}

function replaced(value: unknown, [name, ...rest]: SecretPlace['path'], secret: Secret): unknown {
  if (name === undefined) return secret;
  if (Array.isArray(value)) return value.map((one, index) => (index === name ? replaced(one, rest, secret) : one));
  const object = value as Readonly<Record<string, unknown>>;
  return { ...object, [name]: replaced(object[name], rest, secret) };
}
