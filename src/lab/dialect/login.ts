import type { DeviceCounters } from '../counters.js';
import { ask } from './ask.js';
import type { Screen } from './screen.js';
import type { State } from './state.js';
import { readUserName } from './user-suffix.js';

interface LoggingIn {
  readonly state: State;
  readonly screen: Screen;
  readonly counters: DeviceCounters;
  /** `telnet`, where the device asks by itself, or a second dialogue inside an SSH shell. */
  readonly on: 'telnet' | 'ssh';
}

/** Asks for name and password on the line itself; undefined when it gave up. */
export async function logIn({ state, screen, counters, on }: LoggingIn): Promise<string | undefined> {
  const { profile, dialect } = state.device;
  const { login } = dialect;
  if (on === 'telnet') {
    if (profile.banner !== undefined) screen.print(['', ...profile.banner.split(/\r?\n/)]);
    for (const question of login.first ?? []) {
      const asked = await ask(question, { state, screen, values: {}, perform: () => {} });
      if (asked.kind === 'over') return undefined;
    }
    if (login.banner !== undefined) screen.print(state.say(login.banner));
  }
  const tries = login.tries ?? 3;
  for (let tried = 1; tried <= tries; tried++) {
    const username = login.username === undefined ? profile.username : await typed(login.username);
    const password = await typed(login.password, login.mask);
    const { name } = readUserName(username, login.ssh?.usernameSuffix);
    const right = name === profile.username && password === profile.password;
    if (counters.login({ username: name, right })) return username;
    screen.print(state.say(login.failure));
  }
  if (login.lockedOut !== undefined) screen.print(state.say(login.lockedOut));
  return undefined;

  async function typed(question: string, mask?: string): Promise<string> {
    const asks = state.say(question).join('\n');
    const hidden = question === login.password;
    const show = !hidden ? {} : { show: mask === undefined ? ('hidden' as const) : { mask } };
    const { line } = await screen.readLine({ prompt: asks, ...show });
    return line;
  }
}

/** What a device asks and says between the password and the first prompt; false when the session is over. */
export async function welcome({ state, screen }: Pick<LoggingIn, 'state' | 'screen'>): Promise<boolean> {
  const { profile, dialect } = state.device;
  for (const question of dialect.login.after ?? []) {
    const asked = await ask(question, { state, screen, values: {}, perform: () => {} });
    if (asked.kind === 'over') return false;
  }
  if (profile.motd !== undefined) screen.print(profile.motd.split(/\r?\n/));
  if (dialect.login.welcome !== undefined) screen.print(state.say(dialect.login.welcome));
  return true;
}
