// The barest clients there are, so that the devices are proven by something that is no work of ours.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { RealDevice } from './devices.mjs';

interface Ssh2Client {
  on(event: 'ready', listener: () => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  on(
    event: 'keyboard-interactive',
    listener: (...asked: [string, string, string, Prompt[], (answers: string[]) => void]) => void,
  ): this;
  connect(options: Record<string, unknown>): void;
  shell(listener: (error: Error | undefined, stream: Duplex) => void): void;
  end(): void;
}
interface Prompt {
  readonly prompt: string;
  readonly echo: boolean;
}
const { Client } = createRequire(import.meta.url)('ssh2') as { Client: new () => Ssh2Client };

/** Writes, and reads until the text that has arrived since then ends in what is expected. */
export interface Conversation extends AsyncDisposable {
  until(expected: RegExp): Promise<string>;
  send(line: string): void;
  readonly questions: readonly Prompt[];
  readonly hostKey: Buffer | undefined;
}

function converse(stream: Duplex, end: () => void): Conversation {
  let seen = '';
  let ended = false;
  let changed = () => {};
  stream.setEncoding('latin1');
  stream.on('data', (data: string) => {
    // Telnet's negotiations are dropped unanswered; bash's switch for pasting is no part of what it says.
    seen += data.replace(/\xff[\xfb-\xfe][\s\S]/g, '').replace(/\x1b\[\?2004[hl]/g, '');
    changed();
  });
  stream.on('close', () => {
    ended = true;
    changed();
  });
  return {
    questions: [],
    hostKey: undefined,
    send(line) {
      seen = '';
      stream.write(`${line}\r`);
    },
    async until(expected) {
      const deadline = AbortSignal.timeout(10_000);
      while (!expected.test(seen)) {
        if (ended || deadline.aborted) throw new Error(`expected ${expected}, got ${JSON.stringify(seen)}`);
        await new Promise<void>((settle) => {
          changed = settle;
          deadline.addEventListener('abort', () => settle(), { once: true });
        });
      }
      return seen;
    },
    async [Symbol.asyncDispose]() {
      const closed = ended || new Promise((settle) => stream.once('close', settle));
      end();
      await closed;
    },
  };
}

export async function bareTelnet({ host, port }: RealDevice): Promise<Conversation> {
  const socket = connect(port, host);
  await new Promise((settle, fail) => socket.once('connect', settle).once('error', fail));
  return converse(socket, () => socket.destroy());
}

export interface SshOptions {
  readonly password?: string;
  readonly key?: { readonly file: string; readonly passphrase?: string };
  readonly keyboardInteractive?: boolean;
}

/** Logs in with the device's password, or as the options say, and opens a shell on a terminal. */
export async function bareSsh(device: RealDevice, options: SshOptions = {}): Promise<Conversation> {
  const client = new Client();
  const questions: Prompt[] = [];
  const password = options.password ?? device.password;
  let hostKey: Buffer | undefined;
  const stream = await new Promise<Duplex>((settle, fail) => {
    client.on('error', fail);
    client.on('keyboard-interactive', (_name, _instructions, _language, prompts, answer) => {
      questions.push(...prompts);
      answer(prompts.map(() => password));
    });
    client.on('ready', () => client.shell((error, shell) => (error ? fail(error) : settle(shell))));
    client.connect({
      host: device.host,
      port: device.port,
      username: device.username,
      ...(options.keyboardInteractive ? { tryKeyboard: true } : options.key ? {} : { password }),
      ...(options.key && { privateKey: readFileSync(options.key.file), passphrase: options.key.passphrase }),
      hostVerifier: (key: Buffer) => {
        hostKey = key;
        return true;
      },
    });
  });
  return Object.assign(
    converse(stream, () => client.end()),
    { questions, hostKey },
  );
}
