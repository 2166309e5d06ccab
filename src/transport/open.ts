import { OptionError, Secret } from '../base/index.js';
import type { Connection, ConnectionOptions } from './connection.js';
import { processConnection } from './process/connection.js';
import { checkRoute } from './route/check.js';
import { openSerial } from './serial/connection.js';
import { checkHostKeys, checkSsh } from './ssh/check.js';
import { openSsh } from './ssh/connection.js';
import { applySshConfig } from './ssh-config/apply.js';
import type { ConnectionTarget } from './target.js';
import { TELNET_PORT, telnetConnection } from './telnet/connection.js';
import { openWay } from './way.js';

/**
 * Opens the way to a device that the target names.
 * @throws UnreachableError, NegotiationError, HostKeyError, AuthenticationError, DeviceTimeoutError,
 * ConnectionClosedError, AbortedError; OptionError for a transport that is not built in.
 */
export async function openConnection(target: ConnectionTarget, options: ConnectionOptions): Promise<Connection> {
  check(target, options);
  checkRoute(target.route);
  const { transport = 'ssh' } = target;
  if (transport === 'ssh') {
    const configured = await applySshConfig(target, options);
    return openSsh(withSuffix(configured.target, options), configured.options, () =>
      openWay(configured.target, options, configured.connectTimeoutMs),
    );
  }
  if (transport === 'telnet') {
    const { port = TELNET_PORT } = target;
    return telnetConnection(await openWay({ ...target, port }, options));
  }
  if (transport === 'serial') return openSerial(target, options);
  if (transport === 'process') return processConnection(target.command);
  const says = `the transport '${transport}' is none: expected 'ssh', 'telnet', 'serial' or 'process'`;
  throw new OptionError(says, { phase: 'connect' });
}

function withSuffix(target: ConnectionTarget, { usernameSuffix = '' }: ConnectionOptions): ConnectionTarget {
  const { username } = target;
  const has = username === undefined || username.endsWith(usernameSuffix);
  return has ? target : { ...target, username: username + usernameSuffix };
}

/** What the types say, for callers without them: no host would mean this machine, and a misspelt policy no check. */
function check({ host, port, password, ssh }: ConnectionTarget, { hostKeys }: ConnectionOptions): void {
  const wrong = (name: string, expected: string, got: unknown): never => {
    throw new OptionError(`${name} must be ${expected}; got ${typeof got === 'object' ? 'an object' : String(got)}`);
  };
  if (typeof host !== 'string' || host.trim() === '') wrong('host', 'a name or an address', host);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    wrong('port', 'a whole number from 1 to 65535', port);
  }
  // The value is not shown: it may well be the password itself.
  if (password !== undefined && !Secret.is(password)) wrong('password', 'a Secret (new Secret(text))', typeof password);
  checkSsh('ssh', ssh);
  checkHostKeys(hostKeys);
}
