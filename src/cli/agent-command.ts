import {
  agentPlace,
  agentStatus,
  callerLogger,
  forgetDevice,
  type SessionStatus,
  startAgent,
  stopAgent,
} from '../agent/index.js';
import { logger, setLogger } from '../base/index.js';
import { EXIT } from './exit-codes.js';
import { Interrupt } from './interrupt.js';
import { clean } from './output/clean.js';

export interface AgentFlags {
  readonly idle?: number;
  readonly life?: number;
  readonly maxSessions?: number;
}

export interface StatusFlags {
  readonly json?: boolean;
}

const place = () => agentPlace(process.env);

/** `rollcall agent start`: serves until it is stopped, and returns the exit code. @throws OptionError. */
export async function startCommand(
  { idle, life, maxSessions }: AgentFlags,
  exit: (code: number) => void,
): Promise<number> {
  // They are for runs: neither it nor a program that it starts on the way to a device needs them.
  for (const name of ['ROLLCALL_PASSWORD', 'ROLLCALL_SECRET']) delete process.env[name];
  setLogger(callerLogger(logger()));
  const agent = await startAgent({ place: place(), idleMs: idle, lifeMs: life, maxSessions });
  const stopped = new Promise<void>((resolve) => {
    const interrupt = new Interrupt(() => resolve(), exit);
    void agent.stopWanted.then(() => {
      resolve();
      interrupt.release();
    });
  });
  const { idleMs, lifeMs } = agent.limits;
  // Whoever started it as a background job may have closed the terminal.
  process.stdout.write(
    `the agent listens at ${agent.address} (process ${process.pid}); sessions are closed after ${idleMs / 1000} s ` +
      `without use, and after ${lifeMs / 1000} s in any case\nCtrl-C or 'rollcall agent stop' ends it.\n`,
  );
  await stopped;
  await agent.close();
  return EXIT.ok;
}

/** `rollcall agent status`: prints the sessions, and returns the exit code. */
export async function statusCommand({ json }: StatusFlags): Promise<number> {
  const sessions = await agentStatus(place());
  if (sessions === undefined) return noAgent();
  if (json) process.stdout.write(`${JSON.stringify(sessions, null, 2)}\n`);
  else process.stdout.write(sessions.length === 0 ? 'no sessions\n' : sessions.map(lineOf).join(''));
  return EXIT.ok;
}

/** `rollcall agent forget`: closes the sessions with a device, and returns the exit code. */
export async function forgetCommand(device: string): Promise<number> {
  const count = await forgetDevice(place(), device);
  if (count === undefined) return noAgent();
  process.stdout.write(`${counted(count)} with ${clean(device)} closed\n`);
  return count === 0 ? EXIT.devicesNotOk : EXIT.ok;
}

/** `rollcall agent stop`: ends it, and returns the exit code. */
export async function stopCommand(): Promise<number> {
  const count = await stopAgent(place());
  if (count === undefined) return noAgent();
  process.stdout.write(`the agent has ended, with ${counted(count)}\n`);
  return EXIT.ok;
}

function lineOf({ device, user, platform, openedAt, idleMs, commands }: SessionStatus): string {
  const whom = user === null ? device : `${user}@${device}`;
  const use = idleMs === null ? 'in use' : `unused for ${Math.round(idleMs / 1000)} s`;
  const did = `${commands} command${commands === 1 ? '' : 's'}`;
  return `${clean(`${whom} ${platform}`)}, open since ${openedAt}, ${use}, ${did}\n`;
}

function noAgent(): number {
  process.stderr.write(`rollcall: no agent runs (looked at ${place().file})\n`);
  return EXIT.devicesNotOk;
}

const counted = (count: number): string => `${count} session${count === 1 ? '' : 's'}`;
