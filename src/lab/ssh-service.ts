import type { Duplex } from 'node:stream';
import type { DeviceShell, ShellOptions, SshManner } from './device.js';
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
  readonly manner: SshManner;
}

/** Returns what serves one SSH connection of that device; the server is made once, for the first. */
export function sshService(options: SshOptions): (socket: Duplex) => void {
  const { hostKeys, algorithms, banner, manner } = options;
  const server = new Server({
    hostKeys: hostKeys.map((key) => ({ key })),
    ident: manner.ident ?? 'OpenSSH_8.0',
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

function authenticate(
  context: AuthContext,
  { username, password, counters, manner }: SshOptions,
  refused: () => void,
): void {
  const { asksInShell, acknowledge = [], usernameSuffix } = manner;
  const name = usernameSuffix === undefined ? context.username : context.username.split(usernameSuffix)[0];
  const decide = (given: string | undefined): void => {
    const right = name === username && given === password;
    if (counters.login({ username: name ?? '', right })) context.accept();
    else {
      context.reject(METHODS);
      refused();
    }
  };
  // A device that asks inside its shell decides there.
  if (asksInShell) context.accept();
  // What must be acknowledged first cannot be where the password is the first thing that is sent.
  else if (context.method === 'password' && acknowledge.length === 0) decide(context.password);
  else if (context.method === 'keyboard-interactive') {
    const ask = ([first, ...others]: typeof acknowledge): void => {
      const prompt = first?.prompt ?? 'Password: ';
      context.prompt([{ prompt, echo: first !== undefined }], (answers) => {
        if (answers instanceof Error) return;
        if (first === undefined) decide(answers[0]);
        else if (answers[0] === first.answer) ask(others);
        else decide(undefined);
      });
    };
    ask(acknowledge);
  } else context.reject(acknowledge.length === 0 ? METHODS : ['keyboard-interactive']);
}
