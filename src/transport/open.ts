import { OptionError, Secret } from '../base/index.js';
import type { Connection, ConnectionOptions, ConnectionTarget } from './connection.js';
import { openSsh } from './ssh/connection.js';
import { openTelnet } from './telnet/connection.js';

/**
 * Opens the way to a device that the target names.
 * @throws UnreachableError, NegotiationError, HostKeyError, AuthenticationError, DeviceTimeoutError,
 * ConnectionClosedError, AbortedError; OptionError for a transport that is not built in.
 */
export function openConnection(target: ConnectionTarget, options: ConnectionOptions): Promise<Connection> {
  try {
    check(target, options);
  } catch (error) {
    return Promise.reject(error);
  }
  const { transport = 'ssh' } = target;
  if (transport === 'ssh') return openSsh(target, options);
  if (transport === 'telnet') return openTelnet(target, options);
  return Promise.reject(
    new OptionError(`the transport '${transport}' is not supported yet: expected 'ssh' or 'telnet'`, {
      phase: 'connect',
    }),
  );
}

/** What the types say, for callers without them: no host would mean this machine, and a misspelt policy no check. */
function check({ host, port, password, ssh }: ConnectionTarget, { hostKeys }: ConnectionOptions): void {
  const { policy = 'accept-new' } = hostKeys ?? {};
  const wrong = (name: string, expected: string, got: unknown): never => {
    throw new OptionError(`${name} must be ${expected}; got ${typeof got === 'object' ? 'an object' : String(got)}`);
  };
  if (typeof host !== 'string' || host.trim() === '') wrong('host', 'a name or an address', host);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    wrong('port', 'a whole number from 1 to 65535', port);
  }
  for (const [name, secret] of Object.entries({ password, passphrase: ssh?.passphrase })) {
    // The value is not shown: it may well be the password itself.
    if (secret !== undefined && !Secret.is(secret)) wrong(name, 'a Secret (new Secret(text))', typeof secret);
  }
  if (!['accept-new', 'strict', 'off'].includes(policy)) {
    wrong('hostKeys.policy', "'accept-new', 'strict' or 'off'", policy);
  }
}
