import type { Duplex } from 'node:stream';
import type { DeviceShell, ShellOptions } from './device.js';
import { type AuthContext, type ParsedKey, Server, type ServerChannel, type SshAlgorithms } from './ssh2-server.js';
import type { ServiceOptions } from './telnet-service.js';

/** IOS's `ip ssh authentication-retries`: it closes the connection after so many. */
const MOST_PASSWORDS = 3;
/** A router sends no keep-alives of its own; this is the longest wait that a timer holds. */
const NEVER_MS = 2 ** 31 - 1;
const METHODS = ['keyboard-interactive', 'password'];

export interface SshOptions extends ServiceOptions {
  readonly hostKeys: readonly ParsedKey[];
  readonly algorithms: SshAlgorithms | undefined;
  readonly username: string;
  readonly password: string;
  readonly banner: string | undefined;
}

/** Returns what serves one SSH connection of that device; the server is made once, for the first. */
export function sshService(options: SshOptions): (socket: Duplex) => void {
  const { hostKeys, algorithms, banner } = options;
  const server = new Server({
    hostKeys: hostKeys.map((key) => ({ key })),
    ident: 'Cisco-1.25',
    keepaliveInterval: NEVER_MS,
    ...(algorithms === undefined ? {} : { algorithms }),
    ...(banner === undefined ? {} : { banner }),
  });
  server.on('connection', (connection) => {
    // A client that breaks the protocol or vanishes is its own affair: ssh2 closes the socket after the error.
    connection.on('error', () => {});
    let username = '';
    const refused = { count: 0 };
    connection.on('authentication', (context) => {
      username = context.username;
      authenticate(context, options, () => {
        if (++refused.count >= MOST_PASSWORDS) connection.end();
      });
    });
    connection.on('ready', () => options.counters.login(true));
    connection.on('session', (accept) => {
      const session = accept();
      let size = { columns: 0, rows: 0 };
      let shell: DeviceShell | undefined;
      session.on('env', (agree) => agree?.());
      session.on('pty', (agree, _refuse, { cols, rows }) => {
        size = { columns: cols, rows };
        agree?.();
      });
      session.on('window-change', (agree, _refuse, { cols, rows }) => {
        agree?.();
        shell?.resize({ columns: cols, rows });
      });
      const end = (): void => connection.end();
      session.on('shell', (open) => {
        shell = attach(open(), { ...options, username, end }, (shellOptions) => {
          const opened = options.model().openShell(shellOptions);
          opened.resize(size);
          return opened;
        });
      });
      session.on('exec', (open, _refuse, { command }) => {
        shell = attach(open(), { ...options, username, end }, (shellOptions) =>
          options.model().exec(command, shellOptions),
        );
      });
    });
  });
  return (socket) => server.injectSocket(socket);
}

/** Joins a channel and a shell until either of them is gone. */
function attach(
  channel: ServerChannel,
  { counters, faults, commandMs, username, end }: SshOptions & { end: () => void },
  open: (options: ShellOptions) => DeviceShell,
): DeviceShell {
  const line = {
    write: (text: string): void => {
      if (channel.writable && !channel.write(Buffer.from(text, 'latin1'))) channel.pause();
    },
    end: (): void => {
      if (!channel.writable) return;
      channel.exit(0);
      channel.end(end);
    },
  };
  const shell = open({ line, counters, faults, commandMs, username });
  channel.on('drain', () => channel.resume());
  channel.on('data', (bytes: Buffer) => shell.input(bytes.toString('latin1')));
  channel.on('error', () => {});
  channel.on('close', () => shell.closed());
  return shell;
}

function authenticate(context: AuthContext, { username, password, counters }: SshOptions, refused: () => void): void {
  const decide = (given: string | undefined): void => {
    if (context.username === username && given === password) context.accept();
    else {
      counters.login(false);
      context.reject(METHODS);
      refused();
    }
  };
  if (context.method === 'password') decide(context.password);
  else if (context.method === 'keyboard-interactive') {
    context.prompt([{ prompt: 'Password: ', echo: false }], (answers) => {
      if (!(answers instanceof Error)) decide(answers[0]);
    });
  } else context.reject(METHODS);
}
