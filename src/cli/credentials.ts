import { Secret } from '../base/index.js';
import type { Device } from '../inventory/index.js';
import { askAtTerminal } from './ask.js';

export interface CredentialFlags {
  readonly username?: string | undefined;
  readonly askPassword?: boolean | undefined;
}

export interface Credentials {
  readonly username?: string;
  readonly password?: Secret;
  readonly secret?: Secret;
}

/** Takes a secret out of the environment, so that child processes do not inherit it. */
function takeFromEnvironment(name: string): Secret | undefined {
  const value = process.env[name];
  delete process.env[name];
  // Set and empty is how shells unset a variable for one command.
  return value === undefined || value === '' ? undefined : new Secret(value);
}

/** Gathers what applies to devices whose inventory has none: flags first, then the environment. */
export async function gatherCredentials({ username, askPassword }: CredentialFlags): Promise<Credentials> {
  const user = username ?? (process.env.ROLLCALL_USERNAME || undefined);
  const fromEnvironment = takeFromEnvironment('ROLLCALL_PASSWORD');
  const secret = takeFromEnvironment('ROLLCALL_SECRET');
  const password = askPassword ? new Secret(await askAtTerminal('Password: ')) : fromEnvironment;
  return {
    ...(user === undefined ? {} : { username: user }),
    ...(password === undefined ? {} : { password }),
    ...(secret === undefined ? {} : { secret }),
  };
}

/** Gives a device what its inventory lacks; a device with a key of its own gets no password. */
export function withCredentials(device: Device, credentials: Credentials): Device {
  const { password, ...rest } = credentials;
  const mayHavePassword = device.ssh?.keyFile === undefined && password !== undefined;
  return { ...rest, ...(mayHavePassword ? { password } : {}), ...device };
}
