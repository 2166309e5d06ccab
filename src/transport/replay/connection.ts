import {
  AbortedError,
  ConnectionClosedError,
  checkNames,
  got,
  OptionError,
  Player,
  type Recording,
  RollcallError,
} from '../../base/index.js';
import type { Connection, ConnectionOptions, Transport } from '../connection.js';
import type { ConnectionTarget, TransportName } from '../target.js';

/** How a recording is played. */
export interface ReplayOptions {
  /** 1 is the speed of the recording, 2 twice that; default: at once. */
  readonly speed?: number | undefined;
}

/** Opens the way to a device: what `connect` does without an opener of the caller's own. */
export type OpenConnection = (target: ConnectionTarget, options: ConnectionOptions) => Promise<Connection>;

const NAMES: readonly string[] = ['ssh', 'telnet', 'serial', 'process'] satisfies TransportName[];

/**
 * Returns what opens a connection to the device of a recording instead of a real one: nothing touches the network. Each
 * connection begins the recording anew. Input that it does not hold ends the connection, with file and line.
 * @throws OptionError.
 */
export function replayConnection(recording: Recording, options: ReplayOptions = {}): OpenConnection {
  if (!Array.isArray(recording?.entries)) {
    throw new OptionError(
      `replayConnection takes a recording, as readRecording(file) returns it; got ${got(recording)}`,
    );
  }
  checkNames('replayConnection', options, ['speed']);
  const { speed } = options;
  if (speed !== undefined && !(Number.isFinite(speed) && speed > 0)) {
    throw new OptionError(`speed must be a number above 0; got ${got(speed)}`);
  }
  return async (_target, { signal, onPhase }) => {
    onPhase?.('connect');
    if (signal?.aborted) throw new AbortedError('cancelled before the recording was opened', { phase: 'connect' });
    return connectionOf(recording, options);
  };
}

function connectionOf(recording: Recording, { speed }: ReplayOptions): Connection {
  const { transport } = recording.header;
  const shell = new ReplayTransport(recording, speed);
  const refuse = (what: string): Promise<never> =>
    Promise.reject(new RollcallError('not_supported', `a recording cannot ${what}`, { phase: 'open' }));
  return {
    facts: { transport: NAMES.includes(transport) ? (transport as TransportName) : 'ssh' },
    openShell: async () => shell,
    exec: () => refuse('run a command in a channel of its own'),
    forward: () => refuse('lead on to another host'),
    openSftp: () => refuse('carry files'),
    close: async () => shell.hangUp(),
    destroy: () => shell.hangUp(),
  };
}

/** A recording as one shell's bytes: what it says comes in a turn of the event loop of its own, as from a network. */
class ReplayTransport implements Transport {
  readonly #player: Player;
  #onData: ((bytes: Uint8Array) => void) | undefined;
  #onClose: ((error?: Error) => void) | undefined;
  #over: { readonly error?: Error | undefined } | undefined;
  #said: Uint8Array[] = [];
  #problem: { readonly text: string | undefined } | undefined;
  #paused = false;
  #scheduled = false;
  #started = false;

  constructor(recording: Recording, speed: number | undefined) {
    this.#player = new Player(recording, {
      speed,
      say: (bytes) => {
        this.#said.push(bytes);
        this.#schedule();
      },
      end: (text) => {
        this.#problem = { text };
        this.#schedule();
      },
    });
  }

  write(bytes: Uint8Array): void {
    if (this.#over === undefined) this.#player.input(bytes);
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#onData = listener;
    if (this.#started) return this.#schedule();
    this.#started = true;
    this.#player.start();
  }

  onClose(listener: (error?: Error) => void): void {
    this.#onClose = listener;
    if (this.#over !== undefined) listener(this.#over.error);
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#schedule();
  }

  /** Ends it from this side. */
  hangUp(): void {
    this.#player.stop();
    this.#end();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#deliver();
    });
  }

  #deliver(): void {
    if (this.#paused || this.#over !== undefined) return;
    const said = Buffer.concat(this.#said);
    this.#said = [];
    if (said.length > 0) this.#onData?.(said);
    if (this.#problem === undefined || this.#said.length > 0) return;
    const { text } = this.#problem;
    this.#end(text === undefined ? undefined : new ConnectionClosedError('closed', text, { phase: 'command' }));
  }

  #end(error?: Error): void {
    if (this.#over !== undefined) return;
    this.#over = error === undefined ? {} : { error };
    this.#onClose?.(error);
  }
}
