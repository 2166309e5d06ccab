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
  await channel.wait(() => (prompt.learn(channel.line, channel.above) ? true : undefined), options);
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
  // Right after an answer its question is still there; what is looked at next must be a new one.
  let answered = '';
  const asked = (): 'username' | 'password' | undefined => {
    const { line } = channel;
    if (channel.lines.length === 0 && line.trimEnd() === answered) return undefined;
    if (anyOf([login.username]).test(line)) return 'username';
    return anyOf([login.password]).test(line) ? 'password' : undefined;
  };
  const look = (): Seen | undefined => {
    if (sent.size > 0 && channel.lines.some((one) => anyOf(login.refusals).test(one))) return 'refused';
    const question = asked();
    // Asked again, the login was refused; but these words may also begin a line of what is printed after a login.
    if (question !== undefined) return sent.has('password') ? undefined : question;
    return prompt.learn(channel.line, channel.above) ? 'prompt' : undefined;
  };
  const answer = (question: 'username' | 'password', text: string | undefined): void => {
    if (text === undefined) throw refused(`the device asks for a ${question}, and none is given`);
    sent.add(question);
    answered = channel.line.trimEnd();
    channel.mark();
    channel.send(text);
  };
  for (;;) {
    const seen = await channel.wait(look, options, () => (asked() === undefined ? undefined : 'refused'));
    if (seen === 'prompt') return;
    if (seen === 'refused' && sent.has('password')) {
      const whom = sent.has('username') ? `user '${username ?? ''}'` : 'the password';
      throw refused(`the device refused ${whom} (login on the command line)`);
    }
    if (seen === 'refused' || sent.has(seen)) throw refused(`the device refused user '${username ?? ''}'`);
    if (seen === 'username') answer('username', username);
    else answer('password', password?.reveal());
  }
}
