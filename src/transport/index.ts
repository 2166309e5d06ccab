export type {
  ChannelTimes,
  Connection,
  ConnectionFacts,
  ConnectionOptions,
  ExecExit,
  HostKeyOptions,
  HostKeyPolicy,
  Question,
  Transport,
} from './connection.js';
export {
  REQUEST_BYTES,
  type RemoteFile,
  type RemoteFiles,
  type RemoteStat,
  type SftpOptions,
} from './files/remote-files.js';
export { fetchByScp, sendByScp } from './files/scp.js';
export { openConnection } from './open.js';
export { type OpenConnection, type ReplayOptions, replayConnection } from './replay/connection.js';
export type {
  ConnectionTarget,
  JumpHost,
  RouteOptions,
  SerialOptions,
  SocksProxy,
  SshOptions,
  TransportName,
} from './target.js';
