import { AbortedError, CredentialError, OptionError, RollcallError, Secret } from '../../base/index.js';
import {
  type CredentialSource,
  checkSecretValue,
  credentialSource,
  secretPlaces,
  withSecrets,
} from '../../credentials/index.js';
import { addressOf, type ResolvedTarget, type SessionOptions, type SessionTarget } from '../options.js';

interface Resolving {
  readonly options: Pick<SessionOptions, 'ask' | 'signal' | 'credentialSource'>;
  /** Where the secrets of the login stand, where they are none of the target's own: `credentials[0]`. */
  readonly at?: string | undefined;
  /** Set where those of `credentials` are wanted too, before any was refused. */
  readonly all?: boolean | undefined;
}

/**
 * Returns the target with the secrets that it refers to; what is a Secret already stays as it is.
 * @throws CredentialError, which says which one of which device; AbortedError; OptionError for what is no secret.
 */
export async function resolveSecrets(
  target: SessionTarget,
  { options, at, all = false }: Resolving,
): Promise<ResolvedTarget> {
  const { ask, signal, credentialSource: source = credentialSource() } = options;
  const found: { path: readonly (string | number)[]; secret: Secret }[] = [];
  for (const { path, name, value } of secretPlaces(target, { all })) {
    checkSecretValue(name, value);
    if (Secret.is(value)) continue;
    if (signal?.aborted) throw new AbortedError('cancelled before a secret was resolved', { phase: 'authenticate' });
    const key = at === undefined || /^(?:route|terminalServer)\b/.test(name) ? name : `${at}.${name}`;
    const resolving = resolve(source, () => source.resolve(value, { host: target.host, ask, signal }));
    const secret = await resolving.catch((error: unknown) => {
      throw explain(error, `${addressOf(target)}: ${key}`);
    });
    found.push({ path, secret });
  }
  return withSecrets(target, found) as ResolvedTarget;
}

/** A source of the caller's own may return anything. */
async function resolve(source: CredentialSource, ask: () => Promise<Secret>): Promise<Secret> {
  const secret: unknown = await ask.call(source);
  if (Secret.is(secret)) return secret;
  throw new OptionError(`a credentialSource must return a Secret (new Secret(text)); got a ${typeof secret}`);
}

/** A new error for each device: the same one is told to all that wait for one answer. */
function explain(error: unknown, where: string): unknown {
  if (error instanceof RollcallError && !(error instanceof CredentialError)) return error;
  const says = error instanceof Error ? error.message : String(error);
  return new CredentialError(`${where}: ${says}`, { cause: error });
}
