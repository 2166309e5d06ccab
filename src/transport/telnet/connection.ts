import type { Socket } from 'node:net';
import { ConnectionClosedError } from '../../base/index.js';
import type { Connection, ConnectionOptions, ConnectionTarget, ShellOptions, Transport } from '../connection.js';
import { connectTcp } from '../tcp.js';
import { TelnetCodec } from './codec.js';

const DEFAULT_PORT = 23;

/** How long an orderly end may take before the socket is dropped. */
const GOODBYE_MS = 1_000;

/** Opens a telnet connection; logging in happens on the command line itself. @throws UnreachableError, AbortedError. */
export async function openTelnet(target: ConnectionTarget, options: ConnectionOptions): Promise<Connection> {
  const socket = await connectTcp(target.host, target.port ?? DEFAULT_PORT, options);
  const whenClosed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  // Until the shell is opened, and after it has ended, an error has no other listener and would end the process.
  socket.on('error', () => {});
  return {
    facts: { transport: 'telnet' },
    openShell: async (shell) => telnetTransport(socket, shell),
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

function telnetTransport(socket: Socket, shell: ShellOptions): Transport {
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
      let broke: Error | undefined;
      const tell = (): void =>
        listener(
          broke && new ConnectionClosedError('closed', `the connection broke: ${broke.message}`, { cause: broke }),
        );
      socket.on('error', (error) => {
        broke = error;
      });
      if (socket.destroyed) tell();
      else socket.once('close', tell);
    },
    pause() {
      socket.pause();
    },
    resume() {
      socket.resume();
    },
  };
}
