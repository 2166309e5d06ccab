import {
  AbortedError,
  AuthenticationError,
  Deadline,
  DeviceTimeoutError,
  RollcallError,
  reword,
  type Secret,
} from '../base/index.js';
import type { Platform } from '../platforms/index.js';
import { type Connection, openConnection, type Transport } from '../transport/index.js';
import { Interruption } from './configuration/interruption.js';
import { Channel } from './line/channel.js';
import type { Conversation } from './line/exchange.js';
import { setMemoryLimit } from './line/memory.js';
import { anyOf } from './line/patterns.js';
import { Prompt } from './line/prompt.js';
import { AUTODETECT, autodetect, startingRules } from './login/autodetect.js';
import { awaitPrompt, logIn } from './login/login.js';
import { prepare } from './login/prepare.js';
import { resumedTransport } from './login/resumed-transport.js';
import { wayTo } from './modes/mode-graph.js';
import { enterMode } from './modes/privilege.js';
import {
  addressOf,
  checkOptions,
  encodingOf,
  outputLimit,
  platformOf,
  type SessionOptions,
  type SessionTarget,
  type Timeouts,
  timeoutsOf,
} from './options.js';
import { recorded } from './recording/record.js';
import { Session } from './session.js';

/** How long nothing must follow what a device that nobody knows shows first: less than makes a question a refusal. */
const DETECT_SETTLE_MS = 200;

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
}

/**
 * Opens a session: reaches the device, logs in, switches the pager off, and goes to privileged mode where the target
 * has a secret.
 * @throws UnreachableError, NegotiationError, HostKeyError, AuthenticationError, DeviceTimeoutError,
 * ConnectionClosedError, ConversationError, AbortedError, OptionError; RollcallError (`unknown_platform`).
 */
export async function connect(target: SessionTarget, given: SessionOptions = {}): Promise<Session> {
  checkOptions(target, given);
  const options = recorded(target, given);
  setMemoryLimit(options.limits?.memoryBytes);
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
  };
  let connection: Connection | undefined;
  try {
    const open = options.openConnection ?? openConnection;
    connection = await open(withUsername(opening), {
      ...options,
      ask: askOf(opening),
      deadline: opening.openBy,
    });
    const unknown = opening.platform.name === AUTODETECT;
    if (unknown)
      opening = { ...opening, platform: startingRules(opening.platform, connection.facts, options.platforms) };
    const shell = await openShell(connection, opening);
    let conversation = converse(shell, opening);
    await reachPrompt(conversation, opening);
    if (unknown) {
      conversation = await detect(conversation, { shell, connection, opening });
      opening = { ...opening, platform: conversation.platform };
    }
    options.onPhase?.('prepare');
    await leaveShell(conversation, opening);
    const { idleMs } = timeouts;
    const waiting = await prepare(conversation, opening.platform.prepare, idleMs);
    await enable(conversation, opening);
    const unprepared = await prepare(conversation, waiting, idleMs);
    const { interruption } = opening;
    conversation.channel.opened();
    return new Session({ target, connection, conversation, timeouts, interruption, unprepared });
  } catch (error) {
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
  { target, platform, timeouts: { settleMs }, maxOutputBytes, deadline, openBy, interruption }: Opening,
): Conversation {
  const secrets = [target.password, target.secret].filter((secret): secret is Secret => secret !== undefined);
  const channel = new Channel(transport, {
    platform,
    encoding: encodingOf(target),
    secrets,
    maxOutputBytes,
    settleMs: platform.name === AUTODETECT ? DETECT_SETTLE_MS : settleMs,
    deadline,
    openBy,
    signal: interruption.signal,
  });
  return { platform, channel, prompt: new Prompt(platform), entered: {} };
}

interface Detection {
  readonly shell: Transport;
  readonly connection: Connection;
  readonly opening: Opening;
}

function detect(conversation: Conversation, { shell, connection, opening }: Detection): Promise<Conversation> {
  const { options, timeouts } = opening;
  return autodetect({
    conversation,
    facts: connection.facts,
    own: options.platforms,
    idleMs: timeouts.idleMs,
    converse: (platform, said) => converse(resumedTransport(shell, said), { ...opening, platform }),
  });
}

/** An SSH shell is mostly logged in already; on other ways the login is a dialogue on the command line. */
async function reachPrompt(conversation: Conversation, opening: Opening): Promise<void> {
  const { target, platform, options, timeouts } = opening;
  options.onPhase?.('login');
  const waiting = {
    phase: 'login',
    expected: 'the first prompt of the device',
    idleMs: timeouts.connectMs,
    // Nearly every line may be a prompt by the generic rules: one that is still being written is not.
    settles: platform.name === AUTODETECT,
  } as const;
  const { transport = 'ssh', console: isConsole = transport === 'serial' } = target;
  const loggedIn = transport === 'ssh' && platform.login.afterSsh !== true && !isConsole;
  if (loggedIn) return awaitPrompt(conversation, waiting);
  const credentials = { username: usernameOf({ target, platform }), password: target.password };
  await logIn(conversation, credentials, { ...waiting, console: isConsole });
}

/** With what the platform wants behind the name, unless the caller has put it there. */
function usernameOf({ target: { username }, platform }: Pick<Opening, 'target' | 'platform'>): string | undefined {
  const { usernameSuffix = '' } = platform.login;
  return username === undefined || username.endsWith(usernameSuffix) ? username : username + usernameSuffix;
}

function withUsername(opening: Opening): SessionTarget {
  const username = usernameOf(opening);
  return username === opening.target.username ? opening.target : { ...opening.target, username };
}

/** Some users (root on Junos) are let into a shell below the command line: it is entered from there. */
async function leaveShell(conversation: Conversation, { target, timeouts: { idleMs } }: Opening): Promise<void> {
  const { platform, prompt } = conversation;
  const { home } = platform;
  if (home === undefined || wayTo(platform, prompt.mode, home) === undefined) return;
  await enterMode(conversation, home, { phase: 'enable', idleMs, secret: target.secret, username: target.username });
}

/** What a server asks beside the password is answered as the platform declares it, and by a person only if it does not. */
function askOf({ options: { ask }, platform }: Opening): SessionOptions['ask'] {
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

/** Says in the error which device it was, and which clock really ran out. */
function explain(error: unknown, { target, deadline }: Opening): unknown {
  if (!(error instanceof RollcallError)) return error;
  const where = addressOf(target);
  const { phase, details, message } = error;
  if (error.code === 'connect_timeout' && deadline.passed) {
    const says = `${where}: ${message}; its time in all is over`;
    return new DeviceTimeoutError('device_timeout', says, { cause: error, phase, details });
  }
  const login = error instanceof AuthenticationError && error.code === 'authentication';
  const what = login ? `Authentication failure: unable to connect ${target.platform} ${where}` : where;
  return reword(error, `${what}: ${message}`);
}
