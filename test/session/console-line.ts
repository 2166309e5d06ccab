import { connect, type Socket } from 'node:net';
import { TelnetCodec } from '#dist/transport/telnet/codec.js';
import { type Listener, listen } from '../transport/surroundings.ts';

/** The console of a simulated device, on a TCP port without any protocol: it stays as it is when somebody goes. */
export interface ConsoleLine extends Listener {
  /** All that was ever typed at it. */
  typed(): string;
  /** Whether somebody is logged in, or at least at the login. */
  readonly inUse: boolean;
}

const AT_REST = '\r\n\r\nR1 con0 is now available\r\n\r\n\r\nPress RETURN to get started.\r\n\r\n\r\n';

/** Puts a console in front of the device that speaks telnet on that port. */
export async function consoleOf(devicePort: number): Promise<ConsoleLine> {
  let device: Socket | undefined;
  let codec: TelnetCodec | undefined;
  let user: Socket | undefined;
  let typed = '';
  const dial = (): void => {
    const socket = connect(devicePort, '127.0.0.1');
    device = socket;
    const own = new TelnetCodec({ columns: 511, rows: 24, terminal: 'vt100', reply: (bytes) => socket.write(bytes) });
    codec = own;
    socket.on('error', () => {});
    socket.on('data', (bytes) => user?.write(own.decode(bytes)));
    socket.on('close', () => {
      device = undefined;
      user?.write(AT_REST);
    });
  };
  const port = await listen((socket) => {
    user = socket;
    socket.on('data', (bytes) => {
      typed += bytes.toString('latin1');
      if (device !== undefined) device.write(codec?.encode(bytes) ?? bytes);
      else if (bytes.includes('\r')) dial();
    });
    socket.on('close', () => {
      if (user === socket) user = undefined;
    });
  });
  return {
    ...port,
    typed: () => typed,
    get inUse() {
      return device !== undefined;
    },
    async [Symbol.asyncDispose]() {
      device?.destroy();
      await port[Symbol.asyncDispose]();
    },
  };
}
