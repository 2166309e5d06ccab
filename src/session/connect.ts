import { AbortedError } from '../base/index.js';
import type { PrepareData } from '../platforms/index.js';
import {
  type ChannelTimes,
  type Connection,
  type ConnectionFacts,
  openConnection,
  type Transport,
} from '../transport/index.js';
import { leaveConsole } from './goodbye.js';
import type { Conversation } from './line/exchange.js';
import { setMemoryLimit } from './line/memory.js';
import { SessionSecrets } from './line/secrets.js';
import { AUTODETECT, autodetect, startingRules } from './login/autodetect.js';
import { converse } from './login/converse.js';
import { inOrder, type LoginAttempt, secretsOf } from './login/credentials.js';
import { enable, leaveShell } from './login/enable.js';
import { explain } from './login/explain.js';
import { reachPrompt } from './login/first-prompt.js';
import { warnLeftLoggedIn } from './login/left-logged-in.js';
import { beginOpening, type Opening } from './login/opening.js';
import { passServer, resumedAfter, serverOf } from './login/pass-server.js';
import { prepare } from './login/prepare.js';
import { askOf } from './login/questions.js';
import { relay } from './login/relay.js';
import { resolveSecrets } from './login/resolve-secrets.js';
import { resumedTransport } from './login/resumed-transport.js';
import { blameServer } from './login/terminal-server.js';
import { withUsername } from './login/user-name.js';
import {
  checkOptions,
  isConsole,
  type ResolvedTarget,
  type SessionOptions,
  type SessionTarget,
  timeoutsOf,
} from './options.js';
import { recorded } from './recording/record.js';
import { Session } from './session.js';
import { isHarmless } from './turns.js';

/**
 * Opens a session: reaches the device, logs in, switches the pager off, and goes to privileged mode where the target
 * has a secret.
 * @throws CredentialError for a secret that cannot be had;  UnreachableError, NegotiationError, HostKeyError, AuthenticationError, DeviceTimeoutError,
 * ConnectionClosedError, ConversationError, AbortedError, OptionError; RollcallError (`unknown_platform`).
 */
export async function connect(target: SessionTarget, given: SessionOptions = {}): Promise<Session> {
  checkOptions(target, given);
  const secrets = new SessionSecrets(secretsOf(target), target);
  const { totalMs } = timeoutsOf(target, given);
  try {
    const heard = { ...given, ...secrets.hearingAll(given) };
    // Before the clocks start: whoever is asked may take the time it takes.
    const own = await resolveSecrets(target, { options: heard });
    const options = recorded(own, heard, secrets);
    setMemoryLimit(options.limits?.memoryBytes);
    return await inOrder(own, totalMs, {
      resolve: (one, index) => resolveSecrets(one, { options, at: `credentials[${index}]` }),
      open: (one, before) => openSession(one, options, { before, secrets }),
    });
  } catch (error) {
    // Whoever made it, such as a server that repeats what it was told, knows less than we do.
    throw secrets.redactError(error);
  }
}

/** Opens a session with the credentials of the target itself; `before` are the logins that were refused. */
async function openSession(
  target: ResolvedTarget,
  options: SessionOptions,
  { before, secrets }: { readonly before: readonly LoginAttempt[]; readonly secrets: SessionSecrets },
): Promise<Session> {
  let opening = beginOpening(target, options, secrets);
  const { openBy, timeouts, interruption } = opening;
  let connection: Connection | undefined;
  let conversation: Conversation | undefined;
  try {
    const server = serverOf(opening);
    const first = server ?? opening;
    const another = opener(first);
    const opened = another({ deadline: openBy, signal: options.signal });
    connection = await (server === undefined ? opened : opened.catch(blameServer));
    // What a terminal server says of itself is no clue to the device.
    const facts: ConnectionFacts = server === undefined ? connection.facts : { transport: connection.facts.transport };
    opening = { ...opening, target: withUsername(target, facts, first.platform.login.usernameSuffix) };
    const unknown = opening.platform.name === AUTODETECT;
    if (unknown) opening = { ...opening, platform: startingRules(opening.platform, facts, options.platforms) };
    const shell = relay(await openShell(connection, first));
    const { unasked } = connection.facts;
    if (server === undefined) opening = { ...opening, unasked };
    else opening = { ...opening, passed: await passServer(shell, { ...server, unasked }, target.terminalServer) };
    conversation = converse(resumedAfter(shell, opening.passed), opening);
    const asked = await reachPrompt(conversation, opening);
    if (unknown) {
      conversation = await detect(conversation, { shell, facts, opening });
      opening = { ...opening, platform: conversation.platform };
    }
    if (!asked && isConsole(target)) warnLeftLoggedIn(conversation, target);
    const unprepared = await makeReady(conversation, opening);
    const loggedIn = opening.target;
    const attempts = [...before, { username: loggedIn.username, outcome: 'accepted' }] as const;
    const { readOnly } = options;
    const line = { connection, conversation, another, unprepared };
    return new Session({ target: loggedIn, ...line, timeouts, interruption, attempts, readOnly });
  } catch (error) {
    if (conversation !== undefined && (isHarmless(error) || error instanceof AbortedError))
      await leaveConsole(conversation, target);
    interruption.dispose();
    if (error instanceof AbortedError) await connection?.close();
    else connection?.destroy();
    throw explain(error, opening);
  }
}

/** Returns what opens a connection to the device, or to the terminal server before it. */
function opener(opening: Opening): (times: ChannelTimes) => Promise<Connection> {
  const { target, options, platform, secrets } = opening;
  const { usernameSuffix } = platform.login;
  const way = { ...options, usernameSuffix, ask: askOf(opening), redact: (text: string) => secrets.redact(text) };
  const open = options.openConnection ?? openConnection;
  return (times) => open(target, { ...way, ...times });
}

function openShell(connection: Connection, { options, platform, openBy }: Opening): Promise<Transport> {
  options.onPhase?.('open');
  const { signal } = options;
  const { columns, rows, type } = platform.terminal;
  return connection.openShell({ columns, rows, terminal: type, deadline: openBy, signal });
}

interface Detection {
  readonly shell: Transport;
  readonly facts: ConnectionFacts;
  readonly opening: Opening;
}

function detect(conversation: Conversation, { shell, facts, opening }: Detection): Promise<Conversation> {
  const { options, timeouts } = opening;
  return autodetect({
    conversation,
    facts,
    own: options.platforms,
    idleMs: timeouts.idleMs,
    converse: (platform, said) => converse(resumedTransport(shell, said), { ...opening, platform }),
  });
}

/** Switches off what is in the way of a program, and goes to privileged mode; returns what waits for its mode. */
async function makeReady(conversation: Conversation, opening: Opening): Promise<readonly PrepareData[]> {
  const { idleMs } = opening.timeouts;
  opening.options.onPhase?.('prepare');
  await leaveShell(conversation, opening);
  const waiting = await prepare(conversation, opening.platform.prepare, idleMs);
  await enable(conversation, opening);
  const unprepared = await prepare(conversation, waiting, idleMs);
  conversation.channel.opened();
  return unprepared;
}
