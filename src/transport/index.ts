export type {
  Connection,
  ConnectionFacts,
  ConnectionOptions,
  ConnectionTarget,
  HostKeyOptions,
  HostKeyPolicy,
  Question,
  ShellOptions,
  SshOptions,
  Transport,
  TransportName,
} from './connection.js';
export { openConnection } from './open.js';
