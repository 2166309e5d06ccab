import { createRequire } from 'node:module';
import { connect, type Socket } from 'node:net';
import { type Listener, listen } from './surroundings.ts';

/** The part of ssh2's server that forwards: a jump host by somebody else than us, whose limits a test sets. */
interface Connection {
  on(event: 'authentication', listener: (attempt: Attempt) => void): this;
  on(event: 'error' | 'close', listener: () => void): this;
  on(
    event: 'tcpip',
    listener: (
      accept: () => NodeJS.ReadWriteStream,
      reject: () => void,
      to: { destIP: string; destPort: number },
    ) => void,
  ): this;
  readonly _protocol: { channelOpenFail(channel: number, reason: number, description: string): void };
}
interface Attempt {
  readonly method: string;
  readonly username: string;
  readonly password?: string;
  accept(): void;
  reject(methods: readonly string[]): void;
}
interface Ssh2 {
  readonly Server: new (
    options: object,
  ) => {
    injectSocket(socket: object): void;
    on(event: 'connection', listener: (connection: Connection) => void): void;
  };
  readonly utils: { generateKeyPairSync(type: 'ecdsa', options: object): { readonly private: string } };
}

const { Server, utils } = createRequire(import.meta.url)('ssh2') as Ssh2;
const hostKey = utils.generateKeyPairSync('ecdsa', { bits: 256 }).private;

/** RFC 4254, section 5.1. */
export const PROHIBITED = 1;
export const NO_ROOM = 4;

export interface JumpServerOptions {
  /** What a channel beyond `channels` on one connection is refused with. */
  readonly reason?: number;
  readonly channels?: number;
  /** Connections beyond these are hung up on. */
  readonly connections?: number;
  /** Ports that are forwarded to; default: all. */
  readonly ports?: readonly number[];
}

export interface JumpServer extends Listener {
  /** `user:password` of each attempt with a password. */
  readonly passwords: readonly string[];
  /** How many are open now. */
  open(): number;
}

/** Serves SSH for user `hop` with the password `over`, and forwards within the limits. */
export async function serveJump(options: JumpServerOptions = {}): Promise<JumpServer> {
  const { reason = NO_ROOM, channels = Infinity, connections = Infinity, ports } = options;
  const passwords: string[] = [];
  const open = new Set<Socket>();
  const server = new Server({ hostKeys: [hostKey] });
  server.on('connection', (connection) => {
    let taken = 0;
    connection.on('error', () => {});
    connection.on('authentication', (attempt) => {
      if (attempt.method !== 'password') return attempt.reject(['password']);
      passwords.push(`${attempt.username}:${attempt.password}`);
      if (attempt.username === 'hop' && attempt.password === 'over') attempt.accept();
      else attempt.reject(['password']);
    });
    connection.on('tcpip', (accept, reject, { destIP, destPort }) => {
      const refuse = (code: number): void => {
        const protocol = connection._protocol;
        const usual = protocol.channelOpenFail;
        protocol.channelOpenFail = (channel) => usual.call(protocol, channel, code, 'refused by the test');
        reject();
        protocol.channelOpenFail = usual;
      };
      if (ports !== undefined && !ports.includes(destPort)) return refuse(PROHIBITED);
      if (taken >= channels) return refuse(reason);
      taken++;
      const far = connect(destPort, destIP);
      far.once('error', () => reject());
      far.once('connect', () => {
        const stream = accept();
        stream.on('error', () => {});
        far.on('error', () => {});
        far.pipe(stream).pipe(far);
        stream.once('close', () => far.destroy());
        far.once('close', () => {
          taken--;
        });
      });
    });
  });
  const listener = await listen((socket) => {
    if (open.size >= connections) {
      socket.destroy();
      return;
    }
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    server.injectSocket(socket);
  });
  return Object.assign(listener, { passwords, open: () => open.size });
}
