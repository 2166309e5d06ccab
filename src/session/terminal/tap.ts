import type { Connection, OpenConnection, Transport } from '../../transport/index.js';

/** A shell that two listen to: the session that logs in, and then, alone, the person at the terminal. */
export class Tap {
  readonly #say: (bytes: Uint8Array) => void;
  #endSession: ((error?: Error) => void) | undefined;
  #over: { readonly error?: Error | undefined } | undefined;
  #handedOver = false;
  #shell: Transport | undefined;
  readonly closed: Promise<Error | undefined>;
  #close: (error?: Error) => void = () => {};

  /** `say` hears all that the device says, from the first byte on. */
  constructor(say: (bytes: Uint8Array) => void) {
    this.#say = say;
    this.closed = new Promise((resolve) => {
      this.#close = resolve;
    });
  }

  /** Returns an opener of connections of the same kind, to whose shell this listens. */
  opener(open: OpenConnection): OpenConnection {
    return async (target, options) => {
      const connection = await open(target, options);
      // Law often demands that a person sees it; ssh shows it as well.
      const { banner } = connection.facts;
      if (banner !== undefined) this.#say(Buffer.from(banner));
      return {
        ...methodsOf(connection),
        openShell: async (shell) => this.#listenTo(await connection.openShell(shell)),
      };
    };
  }

  /** The shell, once it was opened. */
  get shell(): Transport | undefined {
    return this.#shell;
  }

  /** Leaves the shell to the person: the session hears no more of it, and takes it for closed. */
  handOver(): void {
    this.#handedOver = true;
    this.#shell?.resume();
    this.#endSession?.(this.#over?.error);
    if (this.#over !== undefined) this.#close(this.#over.error);
  }

  /** Each login has a shell of its own: the end of one that was refused is no end of the next. */
  #listenTo(shell: Transport): Transport {
    this.#shell = shell;
    this.#over = undefined;
    this.#endSession = undefined;
    const sessionListeners: ((bytes: Uint8Array) => void)[] = [];
    const listen = (): void =>
      shell.onData((bytes) => {
        this.#say(bytes);
        if (!this.#handedOver) for (const one of sessionListeners) one(bytes);
      });
    shell.onClose((error) => {
      if (this.#shell !== shell) return;
      this.#over = { error };
      if (this.#handedOver) this.#close(error);
      else this.#endSession?.(error);
    });
    return {
      write: (bytes) => shell.write(bytes),
      onData: (listener) => {
        sessionListeners.push(listener);
        if (sessionListeners.length === 1) listen();
      },
      onClose: (listener) => {
        this.#endSession = listener;
        if (this.#over !== undefined) listener(this.#over.error);
      },
      pause: () => shell.pause(),
      resume: () => shell.resume(),
    };
  }
}

const methodsOf = (connection: Connection): Omit<Connection, 'openShell'> => ({
  facts: connection.facts,
  exec: (command, times) => connection.exec(command, times),
  forward: (host, port, times) => connection.forward(host, port, times),
  openSftp: (times) => connection.openSftp(times),
  close: () => connection.close(),
  destroy: () => connection.destroy(),
});
