export type {
  ChannelTimes,
  Connection,
  ConnectionFacts,
  ConnectionOptions,
  ExecChannel,
  ExecExit,
  HostKeyOptions,
  HostKeyPolicy,
  Question,
  Transport,
} from './connection.js';
export {
  type OpenMode,
  REQUEST_BYTES,
  type RemoteFile,
  type RemoteFiles,
  type RemoteStat,
  type SftpOptions,
} from './files/remote-files.js';
export { fetchByScp, type ScpFetch, type ScpSend, sendByScp } from './files/scp.js';
export { openConnection } from './open.js';
export type {
  ConnectionTarget,
  JumpHost,
  RouteOptions,
  SerialOptions,
  SocksProxy,
  SshOptions,
  TransportName,
} from './target.js';
