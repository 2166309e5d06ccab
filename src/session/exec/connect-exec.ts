import { Deadline, OptionError, Secret } from '../../base/index.js';
import { type Connection, openConnection } from '../../transport/index.js';
import { Interruption } from '../configuration/interruption.js';
import { SessionSecrets } from '../line/secrets.js';
import { inOrder, type LoginAttempt, secretsOf } from '../login/credentials.js';
import { explain } from '../login/explain.js';
import { askOf } from '../login/questions.js';
import { resolveSecrets } from '../login/resolve-secrets.js';
import {
  checkOptions,
  outputLimit,
  platformOf,
  type ResolvedTarget,
  type SessionOptions,
  type SessionTarget,
  timeoutsOf,
} from '../options.js';
import { ReadOnly } from '../read-only.js';
import { checkExec, ExecSession } from './exec-session.js';

/**
 * Logs in at a device to run single commands in SSH channels of their own (RFC 4254, section 6.5): no shell is opened,
 * so there is no prompt to recognise, no pager and no mode. For platforms whose data has `exec`.
 * @throws RollcallError (`not_supported`) for another platform or transport; what `connect` throws.
 */
export async function connectExec(target: SessionTarget, options: SessionOptions = {}): Promise<ExecSession> {
  checkOptions(target, options);
  if (options.recording !== undefined) {
    throw new OptionError(
      'recording writes down a command line, and connectExec opens none: leave it out, or use connect',
    );
  }
  checkExec(target, platformOf(target.platform, options));
  const secrets = new SessionSecrets(secretsOf(target), target);
  const how = { ...options, ...secrets.hearingAll(options) };
  const { totalMs } = timeoutsOf(target, how);
  // Nothing is enabled here: nobody is asked for a secret that is not sent.
  const resolve = (one: SessionTarget, at?: string): Promise<ResolvedTarget> =>
    resolveSecrets({ ...one, secret: Secret.is(one.secret) ? one.secret : undefined }, { options: how, at });
  try {
    return await inOrder(await resolve(target), totalMs, {
      resolve: (one, index) => resolve(one, `credentials[${index}]`),
      open: (one, before) => openExec(one, how, { before, secrets }),
    });
  } catch (error) {
    throw secrets.redactError(error);
  }
}

/** Logs in with the credentials of the target itself; `before` are the logins that were refused. */
async function openExec(
  target: ResolvedTarget,
  options: SessionOptions,
  { before, secrets }: { readonly before: readonly LoginAttempt[]; readonly secrets: SessionSecrets },
): Promise<ExecSession> {
  const timeouts = timeoutsOf(target, options);
  const platform = platformOf(target.platform, options);
  const maxOutputBytes = outputLimit(options.limits);
  const deadline = Deadline.after(timeouts.totalMs);
  const interruption = new Interruption(options.signal);
  const opening = { target, options, platform, deadline };
  const open = (): Promise<Connection> =>
    (options.openConnection ?? openConnection)(target, {
      ...options,
      usernameSuffix: platform.login.usernameSuffix,
      ask: askOf(opening),
      redact: (text) => secrets.redact(text),
      signal: interruption.signal,
      deadline: Deadline.after(timeouts.connectMs).earlier(deadline),
    });
  try {
    const first = await open();
    const attempts = [...before, { username: target.username ?? first.facts.username, outcome: 'accepted' }] as const;
    const readOnly = new ReadOnly(platform, options.readOnly);
    const rules = { timeouts, maxOutputBytes, deadline, interruption, secrets, readOnly };
    return new ExecSession({ target, platform, open, attempts, ...rules }, first);
  } catch (error) {
    interruption.dispose();
    throw explain(error, opening);
  }
}
