import { OptionError, RollcallError } from '../base/index.js';
import { decodeError } from './error-data.js';
import { isAnswered } from './listen.js';
import type { AgentMessage, ClientMessage, SessionStatus } from './messages.js';
import { type AgentPlace, addressAt } from './place.js';
import { Talk } from './talk.js';

/** What was found where an agent would be. */
export interface FoundAgent {
  /** Where it answers; undefined where none runs. */
  readonly address?: string;
  /** Why what is there is not used. */
  readonly warning?: string;
}

/** How long somebody waits who only wants to know whether it is there. */
const HELLO_MS = 5_000;

/** Looks for an agent that can be used. Never throws: what is there and no good is told as a warning. */
export async function findAgent(place: AgentPlace): Promise<FoundAgent> {
  try {
    const address = addressAt(place);
    // A socket that nobody answers was left by an agent that died: as if there were none.
    if (address === undefined || !(await isAnswered(address))) return {};
    const talk = await Talk.begin(address, { helloMs: HELLO_MS });
    talk.end();
    return { address };
  } catch (error) {
    if (!(error instanceof RollcallError)) throw error;
    return { warning: `going on without an agent: ${error.message}` };
  }
}

/** Returns what the agent of a place holds; undefined where none runs. @throws RollcallError (`agent_lost`), OptionError. */
export async function agentStatus(place: AgentPlace): Promise<readonly SessionStatus[] | undefined> {
  const said = await request(place, { type: 'status' });
  return said?.type === 'sessions' ? said.sessions : undefined;
}

/** Has the agent close its sessions with a device, and returns how many there were. @throws as `agentStatus`. */
export async function forgetDevice(place: AgentPlace, device: string): Promise<number | undefined> {
  if (device === '') throw new OptionError('the device is a host, or host:port');
  const said = await request(place, { type: 'forget', device });
  return said?.type === 'done' ? said.count : undefined;
}

/** Stops the agent, and returns how many sessions it had. Resolves when it has ended. @throws as `agentStatus`. */
export async function stopAgent(place: AgentPlace): Promise<number | undefined> {
  const said = await request(place, { type: 'stop' }, { untilGone: true });
  return said?.type === 'done' ? said.count : undefined;
}

async function request(
  place: AgentPlace,
  message: ClientMessage,
  { untilGone = false } = {},
): Promise<AgentMessage | undefined> {
  const address = addressAt(place);
  if (address === undefined || !(await isAnswered(address))) return undefined;
  const talk = await Talk.begin(address, { helloMs: HELLO_MS });
  const unwatch = talk.watch();
  try {
    talk.say(message);
    const said = await talk.next();
    if (said.type === 'failed') throw decodeError(said.error);
    // It says nothing more: what comes next is the end.
    if (untilGone) await talk.next().catch(() => {});
    return said;
  } finally {
    unwatch();
    talk.end();
  }
}
