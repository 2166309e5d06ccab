import { RollcallError, reword } from '../../base/index.js';
import type { Platform } from '../../platforms/index.js';
import type { ChannelTimes, Connection } from '../../transport/index.js';
import type { CommandOptions } from '../commands/operation-options.js';
import type { SessionResponse } from '../commands/response.js';
import type { SessionSecrets } from '../line/secrets.js';
import { addressOf, isConsole, type SessionTarget, type Timeouts } from '../options.js';
import type { ReadOnly } from '../read-only.js';
import { type Carrier, withCarrier } from './carriers.js';
import { DeviceCommands, type TypeLine } from './device-commands.js';
import { checkFileOptions, type FileOptions, type FileResult } from './file-options.js';
import { getFile } from './get.js';
import { localSource, localTarget } from './local-file.js';
import { putFile } from './put.js';
import { remotePath } from './remote-path.js';
import type { Done, Transfer } from './transfer.js';

/** How long a device may compute a checksum in silence, at least: a slow flash reads some MB in a second. */
const CHECKSUM_IDLE_MS = 300_000;

/** What files need of the session that they are of. */
interface Typist {
  mode(): string;
  /** Types a line of the platform's data for files, also in a session for reading only. */
  send(line: string, options: CommandOptions): Promise<SessionResponse>;
  readonly readOnly: ReadOnly;
}

interface FilesParts {
  readonly typist: Typist;
  readonly target: SessionTarget;
  readonly platform: Platform;
  readonly connection: Connection;
  /** Opens one more connection to the device, with its credentials. */
  readonly another: ((times: ChannelTimes) => Promise<Connection>) | undefined;
  readonly timeouts: Pick<Timeouts, 'connectMs' | 'idleMs'>;
  readonly secrets: SessionSecrets;
  /** Ends with the session. */
  readonly signal: AbortSignal;
}

/** The files of the device that a session is with: to send one there, and to fetch one from there. */
export class Files {
  readonly #parts: FilesParts;

  constructor(parts: FilesParts) {
    this.#parts = parts;
  }

  /**
   * Sends a file of this machine to the device, and compares it there where the platform has a command for it. A name
   * without a file system goes to the platform's own. Does nothing where the same file is there already.
   * @throws TransferError (`no_such_file`, `file_exists`, `no_space`, `file_refused`, `checksum_mismatch`) that says what
   * is left on the device, DeviceTimeoutError, ConnectionClosedError, AbortedError, OptionError, RollcallError
   * (`not_supported`).
   */
  put(local: string, remote: string, options: FileOptions = {}): Promise<FileResult> {
    checkFileOptions('put', [local, remote], options);
    return this.#carry({ direction: 'put', local, remote, options }, async () => {
      this.#parts.typist.readOnly.never('put', 'transfer');
      const source = await localSource(local);
      return (transfer, carrier) => putFile(transfer, source, carrier);
    });
  }

  /**
   * Fetches a file of the device into one of this machine, which gets its name when it is whole. Does nothing where the
   * same file is here already.
   * @throws what `put` throws.
   */
  get(remote: string, local: string, options: FileOptions = {}): Promise<FileResult> {
    checkFileOptions('get', [remote, local], options);
    return this.#carry({ direction: 'get', local, remote, options }, async () => {
      const target = await localTarget(local, { force: options.force === true });
      return (transfer, carrier) => getFile(transfer, target, carrier);
    });
  }

  async #carry(
    {
      direction,
      local,
      remote,
      options,
    }: Pick<FileResult, 'direction' | 'local' | 'remote'> & { readonly options: FileOptions },
    prepare: () => Promise<(transfer: Transfer, carrier: Carrier) => Promise<Done>>,
  ): Promise<FileResult> {
    const { target, platform, connection, another, timeouts } = this.#parts;
    const where = addressOf(target);
    const start = performance.now();
    const { files = {} } = platform;
    const path = remotePath(remote, files, target.username);
    const idleMs = options.idleMs ?? timeouts.idleMs;
    const { protocol = 'auto', force = false, resume = true, verify = 'device', onProgress = () => {} } = options;
    const transfer: Transfer = {
      remote: path,
      commands: new DeviceCommands(files, this.#typeLine(options)),
      options: { force, resume, verify },
      onProgress,
    };
    const signal = eitherOf(options.signal, this.#parts.signal);
    try {
      const work = await prepare();
      const through = throughWhat(target);
      const redact = (text: string): string => this.#parts.secrets.redact(text);
      const carriers = {
        files,
        connection,
        another,
        through,
        protocol,
        connectMs: timeouts.connectMs,
        idleMs,
        signal,
        redact,
      };
      const done = await withCarrier(carriers, (carrier) => work(transfer, carrier));
      const elapsedMs = Math.round((performance.now() - start) * 10) / 10;
      return { direction, local, remote: path.typed, ...done, elapsedMs };
    } catch (error) {
      if (error instanceof RollcallError && !error.message.startsWith(where))
        reword(error, `${where}: ${error.message}`);
      throw this.#parts.secrets.redactError(error);
    }
  }

  /** Types what the platform's data say; not where its mode is out of reach, since a refused secret ends a session. */
  #typeLine(options: FileOptions): TypeLine {
    const { typist, target, timeouts } = this.#parts;
    const idleMs = Math.max(options.idleMs ?? timeouts.idleMs, CHECKSUM_IDLE_MS);
    return async (line, mode) => {
      if (mode !== undefined && mode !== typist.mode() && target.secret === undefined) return undefined;
      const response = await typist.send(line, { mode, idleMs, refusals: 'ignore' });
      return response.lines();
    };
  }
}

/** What is at the other end of SSH is the terminal server then: a file would land there. */
function throughWhat(target: SessionTarget): string | undefined {
  const leadsOn = target.terminalServer !== undefined || isConsole(target);
  return leadsOn ? 'this session goes through a console or a terminal server, which carries no files on' : undefined;
}

function eitherOf(one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return AbortSignal.any([one, other]);
}
