import { AuthenticationError, type Secret } from '../base/index.js';
import type { WaitOptions } from './channel.js';
import type { Conversation } from './exchange.js';
import { anyOf } from './patterns.js';

export interface Credentials {
  readonly username?: string | undefined;
  readonly password?: Secret | undefined;
}

type Seen = 'prompt' | 'username' | 'password' | 'refused';

const refused = (says: string): AuthenticationError =>
  new AuthenticationError('authentication', says, { phase: 'login' });

/**
 * Waits for the first prompt of a shell that is logged in already (SSH), and learns it.
 * @throws what Channel.wait throws.
 */
export async function awaitPrompt({ channel, prompt }: Conversation, options: WaitOptions): Promise<void> {
  await channel.wait(() => (prompt.learn(channel.line) ? true : undefined), options);
}

/**
 * Logs in on the command line itself (telnet, serial): answers each question of the dialogue once, and only when it
 * was asked.
 * @throws AuthenticationError when it is refused or a credential is missing; what Channel.wait throws.
 */
export async function logIn(
  conversation: Conversation,
  { username, password }: Credentials,
  options: WaitOptions,
): Promise<void> {
  const { platform, channel, prompt } = conversation;
  const { login } = platform;
  const sent = new Set<Seen>();
  const look = (): Seen | undefined => {
    const { line } = channel;
    if (channel.lines.some((one) => anyOf(login.refusals).test(one)) && sent.size > 0) return 'refused';
    if (anyOf([login.username]).test(line)) return 'username';
    if (anyOf([login.password]).test(line)) return 'password';
    return prompt.learn(line) ? 'prompt' : undefined;
  };
  const answer = (question: 'username' | 'password', text: string | undefined): void => {
    if (text === undefined) throw refused(`the device asks for a ${question}, and none is given`);
    sent.add(question);
    channel.mark();
    channel.send(text);
  };
  // The dialogue's line is still there right after the answer went out: what is looked at next must be a new one.
  let answered = '';
  for (;;) {
    const seen = await channel.wait(() => (channel.line === answered ? undefined : look()), options);
    if (seen === 'prompt') return;
    if (seen === 'refused' || sent.has('password')) {
      throw refused(`the device refused user '${username ?? ''}' (login on the command line)`);
    }
    answered = channel.line;
    if (seen === 'username') answer('username', username);
    else answer('password', password?.reveal());
  }
}
