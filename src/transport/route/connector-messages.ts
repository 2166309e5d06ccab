import type { RollcallError } from '../../base/index.js';

/** What the process that connects is asked for. */
export interface ConnectRequest {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  /** Undefined: no limit. */
  readonly ms: number | undefined;
  readonly sources: readonly string[];
  readonly addressFamily: 4 | 6 | undefined;
}

/** Nobody waits for that connection any more. */
export interface ConnectCalledOff {
  readonly calledOff: number;
}

/** Comes with the socket where it says no error. */
export interface ConnectReply {
  readonly id: number;
  readonly error?: Pick<RollcallError, 'name' | 'code' | 'message' | 'phase' | 'details'>;
}
