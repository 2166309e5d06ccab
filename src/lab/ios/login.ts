import type { DeviceCounters } from '../counters.js';
import type { IosSession } from './session.js';

const TRIES = 3;

/** Asks for name and password on the line itself, as a router does over telnet; undefined when it gave up. */
export async function logIn({ device, tty }: IosSession, counters: DeviceCounters): Promise<string | undefined> {
  const { banner } = device.profile;
  if (banner !== undefined) tty.print(`\r\n${banner.replace(/\r?\n/g, '\r\n')}`);
  tty.print('\r\n\r\nUser Access Verification\r\n\r\n');
  for (let tries = 0; tries < TRIES; tries++) {
    const { line: username } = await tty.readLine({ prompt: 'Username: ' });
    // An empty name is asked for again; it counts, so that nobody can ask for ever.
    if (username === '') continue;
    const { line: password } = await tty.readLine({ prompt: 'Password: ', echo: false });
    const right = username === device.profile.username && password === device.profile.password;
    if (counters.login({ username, right })) return username;
    tty.print('% Login invalid\r\n\r\n');
  }
  return undefined;
}
