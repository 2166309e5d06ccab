import { OptionError } from '../base/index.js';
import type { Connection, ConnectionOptions, ConnectionTarget } from './connection.js';
import { openSsh } from './ssh/connection.js';
import { openTelnet } from './telnet/connection.js';

/**
 * Opens the way to a device that the target names.
 * @throws UnreachableError, NegotiationError, HostKeyError, AuthenticationError, DeviceTimeoutError,
 * ConnectionClosedError, AbortedError; OptionError for a transport that is not built in.
 */
export function openConnection(target: ConnectionTarget, options: ConnectionOptions): Promise<Connection> {
  const { transport = 'ssh' } = target;
  if (transport === 'ssh') return openSsh(target, options);
  if (transport === 'telnet') return openTelnet(target, options);
  return Promise.reject(
    new OptionError(`the transport '${transport}' is not supported yet: expected 'ssh' or 'telnet'`, {
      phase: 'connect',
    }),
  );
}
