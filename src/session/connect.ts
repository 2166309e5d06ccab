import { AbortedError, AuthenticationError, Deadline, OptionError } from '../base/index.js';
import type { Platform } from '../platforms/index.js';
import {
  type ChannelTimes,
  type Connection,
  type ConnectionFacts,
  openConnection,
  type Transport,
} from '../transport/index.js';
import { Interruption } from './configuration/interruption.js';
import { leaveConsole } from './goodbye.js';
import { Channel } from './line/channel.js';
import type { Conversation } from './line/exchange.js';
import { setMemoryLimit } from './line/memory.js';
import { anyOf } from './line/patterns.js';
import { Prompt } from './line/prompt.js';
import { SessionSecrets } from './line/secrets.js';
import { AUTODETECT, autodetect, startingRules } from './login/autodetect.js';
import { inOrder, type LoginAttempt, secretsOf } from './login/credentials.js';
import { explain } from './login/explain.js';
import { warnLeftLoggedIn } from './login/left-logged-in.js';
import { awaitPrompt, logIn } from './login/login.js';
import { prepare } from './login/prepare.js';
import { relay } from './login/relay.js';
import { resumedTransport } from './login/resumed-transport.js';
import {
  answerServer,
  blameServer,
  NOTHING_PASSED,
  type Passed,
  serverTarget,
  typeOnward,
} from './login/terminal-server.js';
import { wayTo } from './modes/mode-graph.js';
import { enterMode } from './modes/privilege.js';
import {
  checkOptions,
  encodingOf,
  isConsole,
  outputLimit,
  platformOf,
  type SessionOptions,
  type SessionTarget,
  type TerminalServerOptions,
  type Timeouts,
  timeoutsOf,
} from './options.js';
import { recorded } from './recording/record.js';
import { Session } from './session.js';
import { isHarmless } from './turns.js';

/** How long nothing must follow what a device that nobody knows shows first: less than makes a question a refusal. */
const SETTLE_MS = 200;

/** Everything that the steps of opening a session need to know. */
interface Opening {
  readonly target: SessionTarget;
  readonly options: SessionOptions;
  readonly platform: Platform;
  readonly timeouts: Timeouts;
  readonly maxOutputBytes: number;
  /** By when the device's whole turn must be over. */
  readonly deadline: Deadline;
  /** By when the session must be open. */
  readonly openBy: Deadline;
  readonly interruption: Interruption;
  readonly secrets: SessionSecrets;
  /** What was logged in to before, and leads on to the device. */
  readonly passed?: Passed | undefined;
  /** Set where a prompt must be proved by what does not follow it. */
  readonly settles?: true;
}

/**
 * Opens a session: reaches the device, logs in, switches the pager off, and goes to privileged mode where the target
 * has a secret.
 * @throws UnreachableError, NegotiationError, HostKeyError, AuthenticationError, DeviceTimeoutError,
 * ConnectionClosedError, ConversationError, AbortedError, OptionError; RollcallError (`unknown_platform`).
 */
export async function connect(target: SessionTarget, given: SessionOptions = {}): Promise<Session> {
  checkOptions(target, given);
  const secrets = new SessionSecrets(secretsOf(target), target);
  const options = recorded(target, { ...given, ask: secrets.hearing(given.ask) }, secrets);
  setMemoryLimit(options.limits?.memoryBytes);
  const { totalMs } = timeoutsOf(target, options);
  const opened = inOrder(target, totalMs, (one, before) => openSession(one, options, { before, secrets }));
  // Whoever made it, such as a server that repeats what it was told, knows less than we do.
  return opened.catch((error: unknown) => {
    throw secrets.redactError(error);
  });
}

/** Opens a session with the credentials of the target itself; `before` are the logins that were refused. */
async function openSession(
  target: SessionTarget,
  options: SessionOptions,
  { before, secrets }: { readonly before: readonly LoginAttempt[]; readonly secrets: SessionSecrets },
): Promise<Session> {
  const timeouts = timeoutsOf(target, options);
  const deadline = Deadline.after(timeouts.totalMs);
  let opening: Opening = {
    target,
    options,
    platform: platformOf(target.platform, options),
    timeouts,
    maxOutputBytes: outputLimit(options.limits),
    deadline,
    openBy: Deadline.after(timeouts.connectMs).earlier(deadline),
    interruption: new Interruption(options.signal),
    secrets,
  };
  let connection: Connection | undefined;
  let conversation: Conversation | undefined;
  try {
    const server = serverOf(opening);
    const first = server ?? opening;
    const { usernameSuffix } = first.platform.login;
    const redact = (text: string): string => secrets.redact(text);
    const way = { ...options, usernameSuffix, ask: askOf(first), redact };
    const open = options.openConnection ?? openConnection;
    const another = (times: ChannelTimes) => open(first.target, { ...way, ...times });
    const opened = another({ deadline: opening.openBy, signal: options.signal });
    connection = await (server === undefined ? opened : opened.catch(blameServer));
    // What a terminal server says of itself is no clue to the device.
    const facts: ConnectionFacts = server === undefined ? connection.facts : { transport: connection.facts.transport };
    opening = { ...opening, target: withUsername(target, facts, usernameSuffix) };
    const unknown = opening.platform.name === AUTODETECT;
    if (unknown) opening = { ...opening, platform: startingRules(opening.platform, facts, options.platforms) };
    const shell = relay(await openShell(connection, first));
    if (server !== undefined) opening = { ...opening, passed: await passServer(shell, server, target.terminalServer) };
    conversation = converse(resumedAfter(shell, opening.passed), opening);
    const asked = await reachPrompt(conversation, opening);
    if (unknown) {
      conversation = await detect(conversation, { shell, facts, opening });
      opening = { ...opening, platform: conversation.platform };
    }
    if (!asked && isConsole(target)) warnLeftLoggedIn(conversation, target);
    options.onPhase?.('prepare');
    await leaveShell(conversation, opening);
    const { idleMs } = timeouts;
    const waiting = await prepare(conversation, opening.platform.prepare, idleMs);
    await enable(conversation, opening);
    const unprepared = await prepare(conversation, waiting, idleMs);
    const { interruption } = opening;
    conversation.channel.opened();
    const loggedIn = opening.target;
    const attempts = [...before, { username: loggedIn.username, outcome: 'accepted' }] as const;
    const parts = { target: loggedIn, connection, conversation, timeouts, interruption, another, unprepared, attempts };
    return new Session(parts);
  } catch (error) {
    if (conversation !== undefined && (isHarmless(error) || error instanceof AbortedError))
      await leaveConsole(conversation, target);
    opening.interruption.dispose();
    if (error instanceof AbortedError) await connection?.close();
    else connection?.destroy();
    throw explain(error, opening);
  }
}

function openShell(connection: Connection, { options, platform, openBy }: Opening): Promise<Transport> {
  options.onPhase?.('open');
  const { signal } = options;
  const { columns, rows, type } = platform.terminal;
  return connection.openShell({ columns, rows, terminal: type, deadline: openBy, signal });
}

function converse(
  transport: Transport,
  {
    target,
    platform,
    timeouts: { settleMs },
    maxOutputBytes,
    deadline,
    openBy,
    interruption,
    secrets,
    passed,
  }: Opening,
): Conversation {
  const channel = new Channel(transport, {
    platform,
    encoding: encodingOf(target),
    secrets,
    maxOutputBytes,
    settleMs: platform.name === AUTODETECT ? SETTLE_MS : settleMs,
    deadline,
    openBy,
    signal: interruption.signal,
    isOnTheWay: passed?.isPrompt,
  });
  return { platform, channel, prompt: new Prompt(platform), entered: {} };
}

/** The login at the terminal server, where the target has one: its own name, secrets and platform. */
function serverOf(opening: Opening): Opening | undefined {
  const { target, options } = opening;
  if (target.terminalServer === undefined) return undefined;
  const server = serverTarget(target, target.terminalServer);
  const platform = platformOf(server.platform, { platforms: options.platforms });
  if (server.secret !== undefined && platform.modes.privileged === undefined) {
    throw new OptionError(`terminalServer.secret has no use: its platform '${platform.name}' has no privileged mode`);
  }
  return { ...opening, target: server, platform, settles: true };
}

/** Goes through the terminal server, up to where the device may speak. */
async function passServer(
  shell: Transport,
  server: Opening,
  { command, ...credentials }: TerminalServerOptions = {},
): Promise<Passed> {
  const { target, options, timeouts } = server;
  const { connectMs: idleMs } = timeouts;
  const settleMs = Math.max(timeouts.settleMs, SETTLE_MS);
  const conversation = converse(shell, { ...server, timeouts: { ...timeouts, settleMs } });
  try {
    if (command === undefined) {
      // SSH has logged in to it already.
      if (target.transport === undefined || target.transport === 'ssh') return NOTHING_PASSED;
      options.onPhase?.('login');
      return await answerServer(conversation, credentials, { phase: 'login', idleMs });
    }
    await reachPrompt(conversation, server);
    await enable(conversation, { ...server, options: { ...options, enable: 'auto' } });
    return await typeOnward(conversation, command, idleMs);
  } catch (error) {
    return blameServer(error);
  }
}

const resumedAfter = (shell: Transport, passed: Passed | undefined): Transport =>
  passed === undefined || passed.said === '' ? shell : resumedTransport(shell, passed.said);

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

/**
 * An SSH shell is mostly logged in already; on other ways the login is a dialogue on the command line. Returns false
 * where none was asked for.
 */
async function reachPrompt(conversation: Conversation, opening: Opening): Promise<boolean> {
  const { target, platform, options, timeouts, passed } = opening;
  options.onPhase?.('login');
  const waiting = {
    phase: 'login',
    expected: 'the first prompt of the device',
    idleMs: timeouts.connectMs,
    // Nearly every line may be a prompt by the generic rules: one that is still being written is not. Nor is one of a
    // terminal server's greeting.
    settles: platform.name === AUTODETECT || opening.settles === true || passed !== undefined,
  } as const;
  const { transport = 'ssh' } = target;
  const onConsole = isConsole(target);
  const loggedIn = transport === 'ssh' && platform.login.afterSsh !== true && !onConsole && passed === undefined;
  if (loggedIn) {
    await awaitPrompt(conversation, waiting);
    return true;
  }
  const credentials = { username: usernameOf({ target, platform }), password: target.password };
  return logIn(conversation, credentials, { ...waiting, console: onConsole, passed });
}

/** With what the platform wants behind the name, unless the caller has put it there. */
function usernameOf({ target: { username }, platform }: Pick<Opening, 'target' | 'platform'>): string | undefined {
  const { usernameSuffix = '' } = platform.login;
  return username === undefined || username.endsWith(usernameSuffix) ? username : username + usernameSuffix;
}

/** What of an opening does not need a command line. */
type Way = Pick<Opening, 'target' | 'options' | 'platform'>;

/** With the name that ssh_config supplied, where the target has none: the enable mode may ask for it too. */
function withUsername(target: SessionTarget, { username }: ConnectionFacts, suffix = ''): SessionTarget {
  if (target.username !== undefined || username === undefined) return target;
  const end = username.length - (username.endsWith(suffix) ? suffix.length : 0);
  return { ...target, username: username.slice(0, end) };
}

/** Some users (root on Junos) are let into a shell below the command line: it is entered from there. */
async function leaveShell(conversation: Conversation, { target, timeouts: { idleMs } }: Opening): Promise<void> {
  const { platform, prompt } = conversation;
  const { home } = platform;
  if (home === undefined || wayTo(platform, prompt.mode, home) === undefined) return;
  await enterMode(conversation, home, { phase: 'enable', idleMs, secret: target.secret, username: target.username });
}

/** What a server asks beside the password is answered as the platform declares it, and by a person only if it does not. */
export function askOf({ options: { ask }, platform }: Way): SessionOptions['ask'] {
  const { acknowledge = [] } = platform.login;
  if (acknowledge.length === 0) return ask;
  return async (question) => {
    const declared = acknowledge.find(({ prompt }) => anyOf([prompt]).test(question.prompt));
    if (declared !== undefined) return declared.answer.replace(/[\r\n]+$/, '');
    if (ask !== undefined) return ask(question);
    const says = `the device asks '${question.prompt}', and nobody is there to answer`;
    throw new AuthenticationError('authentication', says, { phase: 'authenticate' });
  };
}

async function enable(conversation: Conversation, { target, options, timeouts }: Opening): Promise<void> {
  const { enable: wanted = 'auto' } = options;
  const possible = target.secret !== undefined && conversation.platform.modes.privileged !== undefined;
  if (wanted === 'never' || (wanted === 'auto' && !possible)) return;
  options.onPhase?.('enable');
  const { secret, username } = target;
  await enterMode(conversation, 'privileged', { phase: 'enable', idleMs: timeouts.idleMs, secret, username });
}
