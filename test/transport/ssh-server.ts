import { createRequire } from 'node:module';
import { type Listener, listen } from './surroundings.ts';

/** The part of ssh2's server that these tests use: a server by somebody else than us. */
interface Ssh2 {
  readonly Server: new (
    options: object,
  ) => {
    injectSocket(socket: object): void;
    on(event: 'connection', listener: (connection: Connection) => void): void;
  };
  readonly utils: {
    generateKeyPairSync(type: 'ecdsa' | 'rsa', options?: object): { readonly private: string; readonly public: string };
    parseKey(text: string): { getPublicSSH(): Buffer };
  };
}
interface Connection {
  on(event: 'authentication', listener: (attempt: Attempt) => void): this;
  on(event: 'ready' | 'error' | 'rekey', listener: () => void): this;
  on(event: 'session', listener: (accept: () => Session) => void): this;
  rekey(done: () => void): void;
  end(): void;
}
interface Session {
  on(event: 'pty', listener: (accept?: () => void) => void): this;
  on(event: 'shell', listener: (accept: () => NodeJS.ReadWriteStream) => void): this;
  on(
    event: 'subsystem',
    listener: (accept: () => ExecStream, reject: () => void, info: { name: string }) => void,
  ): this;
  on(event: 'exec', listener: (accept: () => ExecStream, reject: () => void, info: { command: string }) => void): this;
}
/** The server's end of a command's channel. */
export interface ExecStream extends NodeJS.ReadWriteStream {
  readonly stderr: NodeJS.WritableStream;
  exit(code: number): void;
  exit(signal: string, coreDumped: boolean, message: string): void;
  close(): void;
}
interface Attempt {
  readonly method: 'none' | 'password' | 'publickey' | 'keyboard-interactive';
  readonly username: string;
  readonly password?: string;
  readonly key?: { readonly data: Buffer };
  readonly signature?: Buffer;
  accept(): void;
  requestChange(prompt: string, onChange: () => void): void;
  reject(methods: readonly string[], partial?: boolean): void;
  prompt(prompts: readonly { prompt: string; echo: boolean }[], onAnswers: (answers: readonly string[]) => void): void;
}

const { Server, utils } = createRequire(import.meta.url)('ssh2') as Ssh2;

// Not ed25519: one in some two hundred that ssh2 1.17 makes cannot be used.
const hostKey = utils.generateKeyPairSync('ecdsa', { bits: 256 }).private;

export interface SshServerOptions {
  readonly password?: string;
  /** The public key that logs in, in OpenSSH's format. */
  readonly publicKey?: string;
  readonly methods?: readonly string[];
  /** What it still takes once it has refused a password; default all of them. */
  readonly methodsAfterPassword?: readonly string[];
  /** Demands a new password in the place of the right one (RFC 4252, section 8). */
  readonly demands?: string;
  /** What keyboard-interactive asks, request by request, and what it wants to hear. */
  readonly questions?: readonly (readonly {
    readonly prompt: string;
    readonly echo: boolean;
    readonly answer: string;
  }[])[];
  readonly onShell?: (stream: NodeJS.ReadWriteStream, connection: Connection) => void;
  /** Runs a command, or refuses to (false). */
  readonly onExec?: (command: string, accept: () => ExecStream, connection: Connection) => undefined | false;
  /** Serves SFTP, byte by byte. */
  readonly onSftp?: (stream: ExecStream) => void;
  /** Never opens a shell. */
  readonly noShell?: true;
  /** The connection, before anything was said on it. */
  readonly onConnection?: (connection: Connection) => void;
}

export interface SshServer extends Listener {
  /** Every attempt to log in, as `method` or `method:what was given`. */
  readonly attempts: readonly string[];
}

/** Serves SSH by ssh2's own server and writes down each attempt to log in. */
export async function serveSsh(options: SshServerOptions): Promise<SshServer> {
  const { password, publicKey, questions = [], methods = ['password'] } = options;
  const attempts: string[] = [];
  const server = new Server({ hostKeys: [hostKey] });
  server.on('connection', (connection) => {
    options.onConnection?.(connection);
    connection.on('error', () => {});
    connection.on('authentication', (attempt) => {
      const decide = (right: boolean): void => (right ? attempt.accept() : attempt.reject(methods));
      if (attempt.method === 'password') {
        attempts.push(`password:${attempt.password}`);
        if (options.demands !== undefined) return attempt.requestChange(options.demands, () => attempt.reject(methods));
        if (methods.includes('password') && attempt.password === password) return attempt.accept();
        return attempt.reject(options.methodsAfterPassword ?? methods);
      }
      if (attempt.method === 'publickey') {
        // First the key is offered, then it signs.
        const offered = attempt.key?.data.toString('base64') ?? '';
        if (attempt.signature === undefined) attempts.push(`publickey:${offered.slice(-8)}`);
        return decide(publicKey !== undefined && publicKey.split(' ')[1] === offered);
      }
      attempts.push(attempt.method);
      if (attempt.method === 'none') return decide(false);
      const ask = (round: number): void => {
        const asked = questions[round];
        if (asked === undefined) return decide(round > 0);
        attempt.prompt(asked, (answers) => {
          attempts.push(`answers:${answers.join('|')}`);
          if (asked.every(({ answer }, index) => answers[index] === answer)) ask(round + 1);
          else decide(false);
        });
      };
      return methods.includes('keyboard-interactive') ? ask(0) : decide(false);
    });
    connection.on('session', (accept) => {
      const session = accept();
      session.on('pty', (agree) => agree?.());
      session.on('exec', (agree, refuse, { command }) => {
        if (options.onExec === undefined || options.onExec(command, agree, connection) === false) refuse();
      });
      session.on('subsystem', (agree, refuse, { name }) => {
        if (name === 'sftp' && options.onSftp !== undefined) options.onSftp(agree());
        else refuse();
      });
      session.on('shell', (agree) => {
        if (options.noShell === true) return;
        options.onShell?.(agree(), connection);
      });
    });
  });
  const listener = await listen((socket) => server.injectSocket(socket));
  return Object.assign(listener, { attempts });
}
export { utils };
