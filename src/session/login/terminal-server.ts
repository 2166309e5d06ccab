import { AuthenticationError, ConversationError, RollcallError, reword, type Secret } from '../../base/index.js';
import type { Channel } from '../line/channel.js';
import type { WaitOptions } from '../line/channel-options.js';
import type { Conversation } from '../line/conversation.js';
import { Echo } from '../line/echo.js';
import { anyOf, fits } from '../line/patterns.js';
import type { ResolvedTarget, TerminalServerOptions } from '../options.js';

/** What is known of the terminal server while the device behind it is logged in to: nothing of it is the device's. */
export interface Passed {
  /** What it has said after it was left, which stands on the line already. */
  readonly said: string;
  /** Whether a line is its own prompt: then the way on has come to an end. */
  readonly isPrompt: (line: string, lineAbove: string) => boolean;
  /** Whether a line says that it refused its own login. */
  readonly isRefusal: (line: string) => boolean;
  /** The questions of its own login: asked once more, before a key was pressed, they are its own again. */
  readonly asked: readonly string[];
  readonly username: string | undefined;
  readonly command: string | undefined;
}

/** SSH has logged in to it: all that the shell says is the device's. */
export const NOTHING_PASSED: Passed = {
  said: '',
  isPrompt: () => false,
  isRefusal: () => false,
  asked: [],
  username: undefined,
  command: undefined,
};

/** Returns the terminal server of a target as a target of its own; `console` and what is the device's are left out. */
export function serverTarget(
  { host, port, transport, ssh, route, serial, command, encoding }: ResolvedTarget,
  { username, password, secret, platform = 'generic' }: TerminalServerOptions<Secret>,
): ResolvedTarget {
  const way = { host, port, transport, ssh, route, serial, command, encoding };
  return { ...way, platform, username, password, secret };
}

/** Where an error came from, among its details. */
const AT = 'terminal server';

const refused = (says: string): AuthenticationError =>
  new AuthenticationError('authentication', says, { phase: 'login', details: { at: AT } });

/**
 * Types the command that leads on to the device at the terminal server's prompt, and returns once it was echoed.
 * @throws what Channel.wait throws.
 */
export async function typeOnward(conversation: Conversation, command: string, idleMs: number): Promise<Passed> {
  const { channel, prompt } = conversation;
  const { mode } = prompt;
  const echo = new Echo(conversation, command);
  channel.mark();
  channel.send(command);
  const options = { phase: 'login', expected: `the echo of '${command}'`, idleMs } as const;
  // Behind its prompt: a bare echo may be that of a terminal whose shell does not read yet.
  await channel.wait(() => (echo.find() && (echo.none || echo.behindPrompt) ? true : undefined), options);
  const said = [...(echo.linesBehind() ?? []), channel.wholeLine].join('\r\n');
  channel.mark();
  return {
    ...NOTHING_PASSED,
    said,
    isPrompt: (line, lineAbove) => prompt.matches(line, lineAbove)?.mode === mode,
    command,
  };
}

/**
 * Answers the terminal server's own login, on a port whose other side is the device's line: once its password is sent,
 * the next that speaks may be the device.
 * @throws AuthenticationError where it asks for what is not given, what Channel.wait throws.
 */
export async function answerServer(
  { platform, channel }: Conversation,
  { username, password }: TerminalServerOptions<Secret>,
  waiting: Omit<WaitOptions, 'expected'>,
): Promise<Passed> {
  const { login, terminal } = platform;
  const asked: string[] = [];
  const answer = (question: string, text: string | undefined): void => {
    if (text === undefined) throw refused(`the terminal server asks for a ${question}, and none is given`);
    asked.push(channel.line.trim());
    channel.mark();
    channel.sendRaw(text + terminal.newline);
  };
  const question = (): 'username' | 'password' | undefined => {
    // Right after an answer the question is still there.
    if (channel.lines.length === 0 && asked.some((one) => channel.line.trimStart().startsWith(one))) return undefined;
    if (fits(anyOf([login.username]), channel.line)) return 'username';
    return fits(anyOf([login.password]), channel.line) ? 'password' : undefined;
  };
  const next = () => channel.wait(question, { ...waiting, expected: "the terminal server's login" });
  if ((await next()) === 'username') {
    answer('username', username);
    if (password !== undefined && (await next()) === 'username') {
      throw refused(`the terminal server refused user '${username ?? ''}'`);
    }
  }
  if (password !== undefined || username === undefined) answer('password', password?.reveal());
  channel.mark();
  return { ...NOTHING_PASSED, isRefusal: (line) => fits(anyOf(login.refusals), line), asked, username };
}

/** Whose error it is. @throws the error. */
export function blameServer(error: unknown): never {
  if (error instanceof RollcallError) {
    reword(error, error.message.replaceAll('the device', 'the terminal server'));
    // Another of the device's logins would not help, and be one more that is refused.
    Object.assign(error, { details: { ...error.details, at: AT } });
    // Other credentials of the device would be of no use here.
    Object.assign(error, { details: { ...error.details, at: 'terminal server' } });
  }
  throw error;
}

/** The way on has ended where it began; a device of the same name cannot be told from it. */
export function backAtServer(channel: Channel, { command = '' }: Passed, expected: string): ConversationError {
  const shown = channel.redact(channel.line.trim());
  const why = channel.redact(channel.lines.findLast((line) => line.trim() !== '') ?? '');
  const says = `'${command}' did not lead to the device: the terminal server shows its own prompt '${shown}' again`;
  const name = ' (a device of the same name cannot be told from it)';
  return new ConversationError('unexpected_prompt', `${says}${why === '' ? name : `, after '${why}'`}`, {
    phase: 'login',
    details: channel.details(expected),
  });
}

/** After its password was sent, and before a credential of the device was. */
export function refusedByServer({ username }: Passed): AuthenticationError {
  const whom = username === undefined ? 'its password' : `user '${username}'`;
  return refused(`the terminal server refused ${whom}; nothing was sent to the device behind it`);
}
