import type { Duplex } from 'node:stream';
import { Deadline, OptionError, Secret } from '../base/index.js';
import type { Connection, ConnectionOptions } from './connection.js';
import { processConnection } from './process/connection.js';
import { openStream } from './route/open-stream.js';
import { openSerial } from './serial/connection.js';
import { openSsh, SSH_PORT } from './ssh/connection.js';
import { applySshConfig, type Configured } from './ssh-config/apply.js';
import type { ConnectionTarget } from './target.js';
import { TELNET_PORT, telnetConnection } from './telnet/connection.js';

/**
 * Opens the way to a device that the target names.
 * @throws UnreachableError, NegotiationError, HostKeyError, AuthenticationError, DeviceTimeoutError,
 * ConnectionClosedError, AbortedError; OptionError for a transport that is not built in.
 */
export async function openConnection(target: ConnectionTarget, options: ConnectionOptions): Promise<Connection> {
  check(target, options);
  const { host, transport = 'ssh', route } = target;
  if (transport === 'ssh') {
    const configured = await applySshConfig(target, options);
    return openSsh(configured.target, configured.options, () => openWay(configured, options));
  }
  if (transport === 'telnet') {
    const { port = TELNET_PORT } = target;
    return telnetConnection(await openStream({ host, port, route }, options));
  }
  if (transport === 'serial') return openSerial(target, options);
  if (transport === 'process') return processConnection(target.command);
  const says = `the transport '${transport}' is none: expected 'ssh', 'telnet', 'serial' or 'process'`;
  throw new OptionError(says, { phase: 'connect' });
}

/** Each hop has a configuration of its own, so the options here are those of the caller. */
function openWay({ target, connectTimeoutMs }: Configured, options: ConnectionOptions): Promise<Duplex> {
  const { host, port = SSH_PORT, route = {} } = target;
  const isDirect = (route.jump ?? []).length === 0 && route.proxyCommand === undefined;
  const connectBy = isDirect ? Deadline.after(connectTimeoutMs) : Deadline.never;
  return openStream({ host, port, route }, { ...options, deadline: options.deadline.earlier(connectBy) });
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
