import { connect } from 'node:net';
import { type Listener, listen } from '../transport/surroundings.ts';

export interface TerminalServer extends Listener {
  /** What was typed at the terminal server's own login, without telnet's bytes. */
  typed(): string;
}

export interface TerminalServerSettings {
  readonly username: string;
  readonly password: string;
  /** The port of the device's line. */
  readonly line: number;
  /** Said once somebody is logged in. */
  readonly greeting?: string;
  readonly refusal?: string;
  /** How long it takes to refuse somebody; 0 when absent. */
  readonly refuseAfterMs?: number;
}

/** A port of a terminal server: it asks for its own user, and is the device's line from then on, which is silent. */
export async function reverseTelnet(settings: TerminalServerSettings): Promise<TerminalServer> {
  const { username, password, line, greeting = '', refusal = '\r\n% Login invalid\r\n', refuseAfterMs = 0 } = settings;
  let all = '';
  const server = await listen((socket) => {
    const given: string[] = [];
    let word = '';
    const hello = '\r\nUser Access Verification\r\n\r\n';
    socket.write(`\xff\xfb\x01\xff\xfb\x03${hello}Username: `, 'latin1');
    let checking = false;
    let ahead = '';
    const onData = (bytes: Buffer): void => {
      // CR NUL is Enter, and telnet's own commands are none of the words.
      const text = bytes
        .toString('latin1')
        .replace(/\xff[\xfb-\xfe]./gs, '')
        .replaceAll('\0', '');
      all += text;
      read(text);
    };
    const read = (text: string): void => {
      for (const char of text) {
        if (checking) ahead += char;
        else if (char === '\r') onEnter();
        else {
          word += char;
          if (given.length === 0) socket.write(char);
        }
      }
    };
    const onEnter = (): void => {
      given.push(word);
      word = '';
      if (given.length === 1) socket.write('\r\nPassword: ');
      else if (given.splice(0).join('/') === `${username}/${password}`) enter();
      else {
        checking = true;
        setTimeout(() => {
          socket.write(`${refusal}${hello}Username: `);
          checking = false;
          read(ahead);
        }, refuseAfterMs);
      }
    };
    const enter = (): void => {
      socket.off('data', onData);
      socket.write(`\r\n${greeting}`);
      const console = connect(line, '127.0.0.1');
      console.on('error', () => {});
      console.on('close', () => socket.destroy());
      socket.on('close', () => console.destroy());
      socket.on('data', (bytes) => console.write(bytes.toString('latin1').replaceAll('\r\0', '\r'), 'latin1'));
      console.pipe(socket, { end: false });
    };
    socket.on('data', onData);
  });
  return { ...server, typed: () => all };
}
