import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DeviceSettings, type Lab, type SimulatedDevice, startLab } from 'rollcall/lab';
import { type RollcallError, Secret, type SessionTarget } from 'rollcall/session';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { type Agent, type AgentOptions, agentPlace, startAgent } from '#dist/agent/index.js';

/** Gives the tests of a file a folder, agents and labs of their own, which end with each test. */
export function ownAgents() {
  // Not in a folder with a long name: the path of a socket must be short.
  const folder = mkdtempSync(join(tmpdir(), 'rc-agent-'));
  const ends: (() => Promise<unknown>)[] = [];
  beforeAll(() => {
    vi.stubEnv('HOME', folder);
    vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
    vi.stubEnv('SSH_AUTH_SOCK', '');
  });
  afterEach(async () => {
    await Promise.all(ends.splice(0).map((end) => end()));
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  let count = 0;
  return {
    folder,
    ends,
    /** A place for an agent, in a folder that is not there yet. */
    place: () => agentPlace({ ROLLCALL_AGENT: join(folder, `a${++count}`, 'agent.sock') }),
    async agent(options: Partial<AgentOptions> = {}): Promise<Agent> {
      const place = options.place ?? agentPlace({ ROLLCALL_AGENT: join(folder, `a${++count}`, 'agent.sock') });
      const agent = await startAgent({ place, ...options });
      ends.push(() => agent.close());
      return agent;
    },
    async lab(devices: readonly DeviceSettings[] = [{}]): Promise<Lab> {
      const lab = await startLab({ devices, stateDirectory: join(folder, 'lab') });
      ends.push(() => lab.close());
      return lab;
    },
  };
}

/** What a caller knows of a simulated device. */
export function target(device: SimulatedDevice | undefined, rest: Partial<SessionTarget> = {}): SessionTarget {
  if (device === undefined) throw new Error('no such device');
  const { host, port, username, password, secret, platform } = device;
  return {
    host,
    port,
    username,
    platform: platform.replace(/_telnet$/, ''),
    transport: platform.endsWith('_telnet') ? 'telnet' : 'ssh',
    password: new Secret(password),
    secret: new Secret(secret),
    ...rest,
  };
}

/** The error that the work ends with. */
export async function failure(work: Promise<unknown>): Promise<RollcallError> {
  try {
    await work;
  } catch (error) {
    return error as RollcallError;
  }
  throw new Error('it did not fail');
}

/** Waits until the check throws nothing more. */
export const until = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 10_000, interval: 5 });
