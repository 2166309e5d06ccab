export type {
  Connection,
  ConnectionFacts,
  ConnectionOptions,
  ConnectionTarget,
  HostKeyOptions,
  HostKeyPolicy,
  Question,
  SshOptions,
  Transport,
  TransportName,
} from './connection.js';
export { openConnection } from './open.js';
