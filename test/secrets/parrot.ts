import type { Socket } from 'node:net';
import { type Listener, listen } from '../transport/surroundings.ts';

export interface ParrotOptions {
  /** When it says what it should keep to itself, beside the commands that make it. */
  readonly slip?: 'login' | 'enable' | 'greeting' | undefined;
  /** How the bytes of what it says are sent. */
  readonly pieces?: 'whole' | 'bytes';
  /** What it answers to `show running-config`. */
  readonly configuration?: string;
}

/** What it says to a command, with the secrets in it, and whether its prompt follows. */
const COMMANDS: Readonly<Record<string, (words: string) => readonly [says: string, prompt: boolean]>> = {
  stall: (words) => [`debug: ${words}\r\n`, false],
  wrapped: (words) => [words.replace(/.{5}/g, '$&\r\n'), false],
  coloured: (words) => [words.replace(/./gu, '\u001b[1m$&\u001b[0m'), false],
  redrawn: (words) => [words.replace(/./gu, 'x\b$&'), false],
  question: (words) => [`Really use ${words}? [confirm]`, false],
  another: (words) => [`${words}(other)% `, false],
  refused: (words) => [`% Invalid input detected at '${words}'\r\n`, true],
  'show secrets': (words) => [`${words}\r\n`, true],
};

/** A device by telnet, in the manner of IOS, that says again whatever secret it was told. */
export async function telnetParrot(options: ParrotOptions = {}): Promise<Listener> {
  return listen((socket) => new Parrot(socket, options).start());
}

class Parrot {
  readonly #socket: Socket;
  readonly #options: ParrotOptions;
  readonly #heard: string[] = [];
  #asked: 'name' | 'password' | 'secret' | 'answer' | undefined = 'name';
  #prompt = 'R1>';
  #bytes: number[] = [];

  constructor(socket: Socket, options: ParrotOptions) {
    this.#socket = socket;
    this.#options = options;
    socket.setNoDelay(true);
  }

  start(): void {
    this.#say('\r\nUsername: ');
    this.#socket.on('data', (bytes) => {
      for (const byte of bytes) {
        if (byte === 13) this.#line(Buffer.from(this.#bytes.splice(0)).toString());
        else if (byte >= 32 && byte !== 255) {
          this.#bytes.push(byte);
          if (this.#asked === undefined || this.#asked === 'name') this.#socket.write(Buffer.of(byte));
        }
      }
    });
  }

  #say(text: string): void {
    if (this.#options.pieces === 'bytes') for (const byte of Buffer.from(text)) this.#socket.write(Buffer.of(byte));
    else this.#socket.write(text);
  }

  #ask(what: 'password' | 'secret' | 'answer', question: string): void {
    this.#asked = what;
    this.#say(`\r\n${question}`);
  }

  #line(line: string): void {
    const asked = this.#asked;
    this.#asked = undefined;
    if (asked === 'name') return this.#ask('password', 'Password: ');
    if (asked !== undefined) return this.#answered(asked, line);
    if (line === 'enable') return this.#ask('secret', 'Password: ');
    if (line === 'ask') return this.#ask('answer', 'Enter the new community: ');
    const { configuration = '' } = this.#options;
    const [says, prompt] = COMMANDS[line]?.(this.#heard.join(' ')) ?? [
      line === 'show running-config' ? configuration : '',
      true,
    ];
    this.#say(`\r\n${says}${prompt ? this.#prompt : ''}`);
  }

  #answered(asked: 'password' | 'secret' | 'answer', text: string): void {
    this.#heard.push(text);
    const words = this.#heard.join(' ');
    const { slip } = this.#options;
    if (asked === 'password' && slip === 'login') {
      this.#asked = 'name';
      return this.#say(`\r\n% Login invalid: '${words}' is wrong\r\n\r\nUsername: `);
    }
    if (asked === 'password' && slip === 'greeting') return this.#say(`\r\nWelcome, ${words}\r\n`);
    if (asked === 'secret' && slip === 'enable') return this.#say(`\r\n% Bad secrets: ${words}\r\n${this.#prompt}`);
    if (asked === 'secret') this.#prompt = 'R1#';
    this.#say(`\r\n${this.#prompt}`);
  }
}
