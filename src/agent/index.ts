export { type AgentSession, canBeKept, connectThroughAgent } from './client.js';
export { agentStatus, type FoundAgent, findAgent, forgetDevice, stopAgent } from './control.js';
export type { SessionStatus } from './messages.js';
export { type AgentPlace, agentPlace } from './place.js';
export { type Agent, type AgentOptions, startAgent } from './serve.js';
