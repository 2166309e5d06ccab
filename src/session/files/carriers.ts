import { ConnectionClosedError, Deadline, RollcallError } from '../../base/index.js';
import type { FileProtocol, FilesData } from '../../platforms/index.js';
import type { ChannelTimes, Connection, RemoteFiles, SftpOptions } from '../../transport/index.js';

/** What carries files to a device and back. */
export type Carrier =
  | { readonly protocol: 'sftp'; readonly files: RemoteFiles; close(): Promise<void> }
  | {
      readonly protocol: 'scp';
      readonly connection: Connection;
      readonly times: SftpOptions;
      close(): Promise<void>;
    };

export interface CarrierOptions {
  readonly files: Partial<FilesData>;
  /** The session's own connection. */
  readonly connection: Connection;
  /** Opens one more to the same device. */
  readonly another: ((times: ChannelTimes) => Promise<Connection>) | undefined;
  /** Why the connection is not the device's own, where it is not. */
  readonly through: string | undefined;
  readonly protocol: 'auto' | FileProtocol;
  readonly connectMs: number;
  readonly idleMs: number;
  readonly signal: AbortSignal | undefined;
}

const DEFAULT: readonly FileProtocol[] = ['sftp', 'scp'];

/**
 * Does the work with the first protocol that the device speaks. One that it refuses before anything was sent is no end:
 * the next is tried, and if none is left the error says what to switch on. Where all are refused on the session's own
 * connection, which may have no room for another channel (MaxSessions of OpenSSH), they are tried on one of their own.
 */
export async function withCarrier<T>(options: CarrierOptions, work: (carrier: Carrier) => Promise<T>): Promise<T> {
  const { files, protocol, connection, through } = options;
  if (through !== undefined || connection.facts.transport !== 'ssh') {
    const says = through ?? `files travel over SSH only, and this session is over ${connection.facts.transport}`;
    throw new RollcallError('not_supported', says, { phase: 'transfer' });
  }
  const protocols = protocol === 'auto' ? (files.protocols ?? DEFAULT) : [protocol];
  const refusals = new Map<FileProtocol, string>();
  const shares = files.sameConnection === true ? [true, ...(options.another === undefined ? [] : [false])] : [false];
  const ways = shares.flatMap((shared) => protocols.map((one) => ({ one, shared })));
  for (const { one, shared } of ways) {
    let carrier: Carrier | undefined;
    try {
      carrier = await openCarrier(one, shared, options);
      return await work(carrier);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const hint = files.switchOn?.[one];
      refusals.set(one, `${one}: ${error.message}${hint === undefined ? '' : ` (it is switched on with: ${hint})`}`);
    } finally {
      await carrier?.close();
    }
  }
  const says = `the device does not carry files by ${protocols.join(' or ')}. ${[...refusals.values()].join('; ')}`;
  throw new RollcallError('not_supported', says, { phase: 'transfer' });
}

const isRefusal = (error: unknown): error is RollcallError =>
  error instanceof RollcallError && error.code === 'not_supported';

async function openCarrier(protocol: FileProtocol, shared: boolean, options: CarrierOptions): Promise<Carrier> {
  const { another, connectMs, idleMs, signal } = options;
  const times = { deadline: Deadline.after(connectMs), idleMs, signal };
  const own = shared ? undefined : await another?.(times);
  const connection = own ?? options.connection;
  const leave = async (): Promise<void> => own?.close();
  if (protocol === 'scp')
    return { protocol, connection, times: { ...times, deadline: Deadline.after(connectMs) }, close: leave };
  try {
    const sftp = await connection.openSftp(times);
    return {
      protocol,
      files: sftp,
      async close() {
        await sftp.close();
        await leave();
      },
    };
  } catch (error) {
    await leave();
    if (error instanceof ConnectionClosedError && own !== undefined) {
      throw new RollcallError('not_supported', error.message, { phase: 'transfer', cause: error });
    }
    throw error;
  }
}
