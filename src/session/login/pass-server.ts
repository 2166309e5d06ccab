import { OptionError, type Secret } from '../../base/index.js';
import type { Transport } from '../../transport/index.js';
import { platformOf, type TerminalServerOptions } from '../options.js';
import { converse, SETTLE_MS } from './converse.js';
import { enable } from './enable.js';
import { reachPrompt } from './first-prompt.js';
import type { Opening } from './opening.js';
import { resumedTransport } from './resumed-transport.js';
import { answerServer, blameServer, NOTHING_PASSED, type Passed, serverTarget, typeOnward } from './terminal-server.js';

/** The login at the terminal server, where the target has one: its own name, secrets and platform. */
export function serverOf(opening: Opening): Opening | undefined {
  const { target, options } = opening;
  if (target.terminalServer === undefined) return undefined;
  const server = serverTarget(target, target.terminalServer);
  const platform = platformOf(server.platform, { platforms: options.platforms });
  if (server.secret !== undefined && platform.modes.privileged === undefined) {
    throw new OptionError(`terminalServer.secret has no use: its platform '${platform.name}' has no privileged mode`);
  }
  return { ...opening, target: server, platform, settles: true };
}

/** Goes through the terminal server, up to where the device may speak. */
export async function passServer(
  shell: Transport,
  server: Opening,
  { command, ...credentials }: TerminalServerOptions<Secret> = {},
): Promise<Passed> {
  const { target, options, timeouts } = server;
  const { connectMs: idleMs } = timeouts;
  const settleMs = Math.max(timeouts.settleMs, SETTLE_MS);
  const conversation = converse(shell, { ...server, timeouts: { ...timeouts, settleMs } });
  try {
    if (command === undefined) {
      // SSH has logged in to it already.
      if (target.transport === undefined || target.transport === 'ssh') return NOTHING_PASSED;
      options.onPhase?.('login');
      return await answerServer(conversation, credentials, { phase: 'login', idleMs });
    }
    await reachPrompt(conversation, server);
    await enable(conversation, { ...server, options: { ...options, enable: 'auto' } });
    return await typeOnward(conversation, command, idleMs);
  } catch (error) {
    return blameServer(error);
  }
}

/** The shell as the device behind the server begins it. */
export const resumedAfter = (shell: Transport, passed: Passed | undefined): Transport =>
  passed === undefined || passed.said === '' ? shell : resumedTransport(shell, passed.said);
