import { createRequire } from 'node:module';
import { connect as dial } from 'node:net';
import { type Listener, listen } from '../transport/surroundings.ts';

/** The part of ssh2's server that these tests use, and of what is below it, which alone can say what servers may say. */
interface Protocol {
  channelOpenFail(channel: number, reason: number, description: string): void;
  readonly _packetRW: {
    readonly write: { readonly allocStart: number; alloc(size: number): Buffer; finalize(packet: Buffer): Buffer };
  };
  readonly _cipher: { encrypt(packet: Buffer): void };
}
interface Connection {
  on(event: 'authentication', listener: (attempt: Attempt) => void): this;
  on(event: 'error', listener: () => void): this;
  on(event: 'session', listener: (accept: () => Session, reject: () => void) => void): this;
  on(
    event: 'tcpip',
    listener: (
      accept: () => NodeJS.ReadWriteStream,
      reject: () => void,
      to: { destIP: string; destPort: number },
    ) => void,
  ): this;
  readonly _protocol: Protocol;
}
interface Attempt {
  readonly method: string;
  readonly password?: string;
  accept(): void;
  reject(methods: readonly string[]): void;
  requestChange(prompt: string, onChange: () => void): void;
  prompt(prompts: readonly { prompt: string; echo: boolean }[], onAnswers: (answers: readonly string[]) => void): void;
}
interface Session {
  on(event: 'pty', listener: (accept?: () => void) => void): this;
  on(event: 'shell', listener: (accept: () => NodeJS.ReadWriteStream) => void): this;
  on(event: 'exec', listener: (accept: () => ExecStream) => void): this;
  on(event: 'sftp', listener: (accept: () => Sftp) => void): this;
}
interface ExecStream extends NodeJS.ReadWriteStream {
  readonly stderr: NodeJS.WritableStream;
  exit(code: number): void;
  end(): this;
}
interface Sftp {
  on(event: string, listener: (id: number) => void): this;
  status(id: number, code: number, message: string): void;
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

/** When an SSH server says the password or the code that it was told. */
export type SshSlip =
  | 'disconnect'
  | 'demand'
  | 'question'
  | 'code'
  | 'shell'
  | 'middle'
  | 'command'
  | 'forward'
  | 'none';

/** Serves SSH, and says again whatever secret it was told. */
export async function sshParrot(slip: SshSlip): Promise<Listener> {
  const server = new Server({ hostKeys: [hostKey] });
  server.on('connection', (connection) => {
    const heard: string[] = [];
    const words = (): string => `you said ${heard.join(' and ')}`;
    connection.on('error', () => {});
    connection.on('authentication', (attempt) => {
      if (slip === 'code' || slip === 'question') {
        if (attempt.method !== 'keyboard-interactive') return attempt.reject(['keyboard-interactive']);
        return attempt.prompt([{ prompt: slip === 'code' ? 'Code: ' : 'Password: ', echo: false }], (answers) => {
          heard.push(...answers);
          if (slip === 'code') return disconnect(connection, words());
          attempt.prompt([{ prompt: `${words()}; new password: `, echo: false }], () => attempt.reject([]));
        });
      }
      if (attempt.method !== 'password') return attempt.reject(['password']);
      heard.push(attempt.password ?? '');
      if (slip === 'disconnect') disconnect(connection, words());
      else if (slip === 'demand')
        attempt.requestChange(`${words()}: now another: `, () => attempt.reject(['password']));
      else attempt.accept();
    });
    connection.on('tcpip', (accept, reject, { destIP, destPort }) => {
      if (slip !== 'none') return refuse(connection, reject, words());
      const far = dial(destPort, destIP, () => {
        const stream = accept();
        stream.on('error', () => {});
        far.pipe(stream).pipe(far);
      }).on('error', () => {});
    });
    connection.on('session', (accept, reject) => {
      if (slip === 'shell') return refuse(connection, reject, words());
      const session = accept();
      session.on('pty', (agree) => agree?.());
      session.on('shell', (agree) => {
        const shell = agree();
        shell.write('user@host:~$ ');
        shell.once('data', () => slip === 'middle' && disconnect(connection, words()));
      });
      session.on('exec', (agree) => {
        const channel = agree();
        channel.stderr.write(`${words()}\n`);
        channel.exit(1);
        channel.end();
      });
      session.on('sftp', (agree) => {
        const sftp = agree();
        for (const event of ['OPEN', 'STAT', 'LSTAT', 'REALPATH', 'EXTENDED', 'REMOVE']) {
          sftp.on(event, (id) => sftp.status(id, 4, words()));
        }
      });
    });
  });
  return listen((socket) => server.injectSocket(socket));
}

/** RFC 4253, section 11.1; ssh2 itself sends no description. */
function disconnect({ _protocol: { _packetRW, _cipher } }: Connection, description: string): void {
  const { write } = _packetRW;
  const said = Buffer.from(description);
  const packet = write.alloc(13 + said.length);
  let at = write.allocStart;
  at = packet.writeUInt8(1, at);
  at = packet.writeUInt32BE(2, at);
  at = packet.writeUInt32BE(said.length, at);
  said.copy(packet, at);
  packet.writeUInt32BE(0, at + said.length);
  _cipher.encrypt(write.finalize(packet));
}

function refuse({ _protocol }: Connection, reject: () => void, description: string): void {
  const usual = _protocol.channelOpenFail;
  _protocol.channelOpenFail = (channel) => usual.call(_protocol, channel, 2, description);
  reject();
  _protocol.channelOpenFail = usual;
}
