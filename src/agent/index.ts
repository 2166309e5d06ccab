export { callerLogger } from './caller-log.js';
export { canBeKept, connectThroughAgent } from './client.js';
export { agentStatus, findAgent, forgetDevice, stopAgent } from './control.js';
export type { SessionStatus } from './messages.js';
export { agentPlace } from './place.js';
export { type Agent, type AgentOptions, startAgent } from './serve.js';
