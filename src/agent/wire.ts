import type { Socket } from 'node:net';
import { RollcallError } from '../base/index.js';
import { fromPlain, toPlain } from './plain.js';

/** One message, as a line of JSON, may have so many bytes; larger answers come in pieces. */
const LONGEST_MESSAGE = 8 * 1024 * 1024;

const NEWLINE = 10;

export interface WireEvents {
  /** Told of each message; what it throws ends the wire. */
  readonly onMessage: (message: unknown) => void;
  /** Told once when it is over, with the reason where the other side broke the rules. */
  readonly onEnd: (error?: Error) => void;
}

/** Messages over a socket, one a line. */
export class Wire {
  readonly #socket: Socket;
  readonly #events: WireEvents;
  #pieces: Buffer[] = [];
  #length = 0;
  #ended = false;

  constructor(socket: Socket, events: WireEvents) {
    this.#socket = socket;
    this.#events = events;
    socket.on('data', (bytes: Buffer) => this.#take(bytes));
    // What went wrong on the way is no news: the end is.
    socket.on('error', () => {});
    socket.on('close', () => this.#end());
    socket.on('end', () => this.#end());
  }

  /** Resolves when the message has left, or never can. @throws OptionError for what is no plain data. */
  send(message: object): Promise<void> {
    const line = `${JSON.stringify(toPlain(message))}\n`;
    return new Promise((resolve) => {
      this.#socket.write(line, () => resolve());
    });
  }

  /** Ends it after what was sent. */
  end(): void {
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #take(bytes: Buffer): void {
    let from = 0;
    while (!this.#ended) {
      const at = bytes.indexOf(NEWLINE, from);
      const piece = bytes.subarray(from, at === -1 ? undefined : at);
      this.#length += piece.length;
      if (this.#length > LONGEST_MESSAGE) return this.#break(`a message of more than ${LONGEST_MESSAGE} bytes came`);
      this.#pieces.push(piece);
      if (at === -1) return;
      const line = Buffer.concat(this.#pieces).toString('utf8');
      this.#pieces = [];
      this.#length = 0;
      from = at + 1;
      this.#read(line);
    }
  }

  #read(line: string): void {
    try {
      this.#events.onMessage(fromPlain(JSON.parse(line)));
    } catch (error) {
      // What came is not shown: it may hold a password.
      this.#break(error instanceof RollcallError ? error.message : 'something came that is no message');
    }
  }

  #break(says: string): void {
    this.#end(new RollcallError('agent_lost', says, { phase: 'task' }));
    this.#socket.destroy();
  }

  #end(error?: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#pieces = [];
    this.#events.onEnd(error);
  }
}
