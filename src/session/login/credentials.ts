import {
  AuthenticationError,
  checkKind,
  checkNames,
  Deadline,
  OptionError,
  RollcallError,
  reword,
  Secret,
  type SecretValue,
} from '../../base/index.js';
import type { SshOptions } from '../../transport/index.js';
import type { ResolvedTarget, SessionTarget } from '../options.js';

/** A way to log in that is tried when the device has refused those before it. */
export interface Credential {
  /** Default: that of the target. */
  readonly username?: string | undefined;
  readonly password?: SecretValue | undefined;
  /** The enable secret of whoever logs in with it; default: that of the target. */
  readonly secret?: SecretValue | undefined;
  /** Its keys; those of the target are not tried with it. */
  readonly ssh?: Pick<SshOptions<SecretValue>, 'keyFile' | 'passphrase' | 'certificateFile'> | undefined;
}

/** One login that a device has judged. */
export interface LoginAttempt {
  readonly username: string | undefined;
  readonly outcome: 'accepted' | 'refused';
}

const NAMES = ['username', 'password', 'secret', 'ssh'] satisfies (keyof Credential)[];
const SSH_NAMES = ['keyFile', 'passphrase', 'certificateFile'] as const;

/** @throws OptionError for credentials that are none. */
export function checkCredentials({ credentials = [] }: Pick<SessionTarget, 'credentials'>): void {
  if (!Array.isArray(credentials)) throw new OptionError(`credentials are a list; got a ${typeof credentials}`);
  for (const [index, one] of credentials.entries()) {
    const name = `credentials[${index}]`;
    checkNames(name, one, NAMES);
    checkKind(`${name}.username`, one.username, 'string');
    if (one.ssh !== undefined) checkNames(`${name}.ssh`, one.ssh, SSH_NAMES);
  }
}

/** So deep in a target nobody puts a secret. */
const DEEPEST = 8;

/** Every secret that stands anywhere in a target, those of jump hosts and key files as well, for what hides them. */
export function secretsOf(target: SessionTarget): readonly Secret[] {
  return [...secretsIn(target)];
}

function secretsIn(value: unknown, depth = 0): Set<Secret> {
  const found = new Set<Secret>();
  if (Secret.is(value)) return found.add(value);
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return found;
  for (const inner of Object.values(value)) for (const secret of secretsIn(inner, depth + 1)) found.add(secret);
  return found;
}

/** How a choice among the credentials is made ready, and tried. */
interface Trying<T> {
  /** Gets what the choice refers to. `index` is its place among `credentials`. */
  readonly resolve: (choice: SessionTarget, index: number) => Promise<ResolvedTarget>;
  readonly open: (target: ResolvedTarget, before: readonly LoginAttempt[]) => Promise<T>;
}

/**
 * Opens with the target's own credentials, and with the further ones in order as long as the device refuses, each time
 * from the start. What is no refusal ends it: a second try would not help a device that is unreachable.
 * @throws what `resolve` and `open` throw, with the attempts in its details.
 */
export async function inOrder<T>(
  target: ResolvedTarget,
  totalMs: number | undefined,
  { resolve, open }: Trying<T>,
): Promise<T> {
  const deadline = Deadline.after(totalMs);
  const attempts: LoginAttempt[] = [];
  const refused: ResolvedTarget[] = [];
  let last: unknown;
  for (const [at, choice] of choicesOf(target).entries()) {
    if (attempts.length > 0 && deadline.passed) continue;
    // The first one's are at hand: they were got before the clocks started.
    const resolved =
      at === 0 ? target : await resolve(choice, at - 1).catch((error) => Promise.reject(tell(error, attempts)));
    const tried = withoutRefusedPassword(resolved, refused);
    if (tried === undefined) continue;
    try {
      return await open(attempts.length === 0 ? tried : within(tried, deadline), attempts);
    } catch (error) {
      last = error;
      if (!isRefusal(error)) throw tell(error, attempts, tried);
      attempts.push({ username: tried.username, outcome: 'refused' });
      refused.push(tried);
    }
  }
  throw tell(last, attempts);
}

/** The target with each of its credentials; the others stay with it, so that their secrets are hidden too. */
function choicesOf(target: ResolvedTarget): SessionTarget[] {
  const { username, password, secret, credentials = [] } = target;
  const { keyFile, passphrase, certificateFile, ...ssh } = target.ssh ?? {};
  const own: Credential = { username, password, secret, ssh: { keyFile, passphrase, certificateFile } };
  const all = [own, ...credentials];
  const further = credentials.map((one) => ({
    ...target,
    username: one.username ?? username,
    password: one.password,
    secret: one.secret ?? secret,
    // Which keys are tried unasked was said for the target's own login; behind a terminal server all of it is for that.
    ssh:
      target.terminalServer === undefined
        ? { ...ssh, useKeys: undefined, allowAgent: undefined, ...one.ssh }
        : target.ssh,
    credentials: all.filter((other) => other !== one),
  }));
  return [target, ...further];
}

/** A password that the device has refused for that user is not sent again; undefined when nothing else is left. */
function withoutRefusedPassword(
  choice: ResolvedTarget,
  refused: readonly ResolvedTarget[],
): ResolvedTarget | undefined {
  const { username, password } = choice;
  const known = refused.some((one) => one.username === username && one.password?.reveal() === password?.reveal());
  if (password === undefined || !known) return choice;
  return choice.ssh?.keyFile === undefined ? undefined : { ...choice, password: undefined };
}

const within = (target: ResolvedTarget, deadline: Deadline): ResolvedTarget => {
  const leftMs = deadline.remainingMs();
  return leftMs === Infinity ? target : { ...target, timeouts: { ...target.timeouts, totalMs: Math.max(1, leftMs) } };
};

/**
 * Whether the device has judged the login: a key file that cannot be read is for its owner to mend, and a host on the
 * way (`at`) has credentials of its own.
 */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof AuthenticationError) || error.code !== 'authentication') return false;
  return error.details?.refused === true && error.details.at === undefined;
}

function tell(error: unknown, attempts: readonly LoginAttempt[], tried?: SessionTarget): unknown {
  if (!(error instanceof RollcallError) || attempts.length === 0) return error;
  const outcomes = attempts.map(({ username = '(no name)', outcome }) => `${username}: ${outcome}`);
  if (tried !== undefined) outcomes.push(`${tried.username ?? '(no name)'}: ${error.code}`);
  Object.assign(error, { details: { ...error.details, attempts: outcomes } });
  return outcomes.length === 1 ? error : reword(error, `${error.message} (logins in order: ${outcomes.join(', ')})`);
}
