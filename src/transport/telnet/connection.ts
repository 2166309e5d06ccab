import type { Duplex } from 'node:stream';
import { ConnectionClosedError, RollcallError } from '../../base/index.js';
import type { Connection, ShellOptions, Transport } from '../connection.js';
import { TelnetCodec } from './codec.js';

/** Telnet's own port (RFC 854). */
export const TELNET_PORT = 23;

/** How long an orderly end may take before the socket is dropped. */
const GOODBYE_MS = 1_000;

/** Speaks telnet over an open byte stream; logging in happens on the command line itself. */
export function telnetConnection(socket: Duplex): Connection {
  const whenClosed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  let broke: Error | undefined;
  // Until the shell is opened, and after it has ended, an error has no other listener and would end the process.
  socket.on('error', (error) => {
    broke = error;
  });
  return {
    facts: { transport: 'telnet' },
    openShell: async (shell) => telnetTransport(socket, shell, () => broke),
    exec: () => refuse('run a command in a channel of its own'),
    forward: () => refuse('lead on to another host'),
    openSftp: () => refuse('carry files'),
    async close() {
      if (socket.destroyed) return whenClosed;
      socket.end();
      const timer = setTimeout(() => socket.destroy(), GOODBYE_MS);
      await whenClosed;
      clearTimeout(timer);
    },
    destroy() {
      socket.destroy();
    },
  };
}

const refuse = (what: string): Promise<never> =>
  Promise.reject(new RollcallError('not_supported', `telnet cannot ${what}`, { phase: 'open' }));

function telnetTransport(socket: Duplex, shell: ShellOptions, whyBroken: () => Error | undefined): Transport {
  const write = (bytes: Uint8Array): void => {
    if (socket.writable) socket.write(bytes);
  };
  let replies: Uint8Array[] = [];
  const codec = new TelnetCodec({ ...shell, reply: (bytes) => replies.push(bytes) });
  /** A device that negotiates without end and reads nothing has to wait, or its replies would take all memory. */
  const sendReplies = (): void => {
    if (replies.length === 0) return;
    write(Buffer.concat(replies));
    replies = [];
    if (!socket.writableNeedDrain) return;
    socket.pause();
    socket.once('drain', () => socket.resume());
  };
  return {
    write(bytes) {
      write(codec.encode(bytes));
    },
    onData(listener) {
      socket.on('data', (chunk: Buffer) => {
        const text = codec.decode(chunk);
        sendReplies();
        if (text.length > 0) listener(text);
      });
    },
    onClose(listener) {
      const tell = (): void => {
        const broke = whyBroken();
        // The way itself may say why it ended: a jump host that is gone, a proxy command that failed.
        if (broke === undefined || broke instanceof RollcallError) return listener(broke);
        listener(new ConnectionClosedError('closed', `the connection broke: ${broke.message}`, { cause: broke }));
      };
      if (socket.destroyed) tell();
      else socket.once('close', tell);
    },
    pause() {
      socket.pause();
    },
    resume() {
      socket.resume();
    },
    resize(columns, rows) {
      codec.resize(columns, rows);
      sendReplies();
    },
  };
}
