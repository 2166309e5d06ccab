import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { type LabOptions, type SimulatedDevice, startLab } from 'rollcall/lab';

/** The little of ssh2's client that these tests use: the lab is tested with it and not with our own transport. */
interface Client {
  on(event: 'ready' | 'close', listener: () => void): this;
  on(event: 'error', listener: (error: Error & { level?: string }) => void): this;
  on(event: 'banner', listener: (text: string) => void): this;
  on(
    event: 'keyboard-interactive',
    listener: (
      ...args: [string, string, string, { prompt: string; echo: boolean }[], (answers: string[]) => void]
    ) => void,
  ): this;
  connect(options: object): this;
  shell(window: object, done: (error: Error | undefined, channel: Channel) => void): this;
  exec(command: string, done: (error: Error | undefined, channel: Channel) => void): this;
  end(): this;
}
interface Channel extends Duplex {
  setWindow(rows: number, columns: number, height: number, width: number): void;
}
export const { Client } = createRequire(import.meta.url)('ssh2') as { Client: new () => Client };

/** A text conversation: what came is kept until it was waited for. */
export class Talk {
  readonly #stream: Duplex;
  #received = '';
  #wake = (): void => {};
  ended = false;
  all = '';

  constructor(stream: Duplex, onEnd?: () => void) {
    this.#stream = stream;
    const over = (): void => {
      this.ended = true;
      this.#wake();
      onEnd?.();
    };
    stream.on('close', over).on('end', over).on('error', over);
  }

  feed(text: string): void {
    this.all += text;
    this.#received += text;
    this.#wake();
  }

  send(text: string): void {
    this.#stream.write(Buffer.from(text, 'latin1'));
  }

  /** Returns what came up to and with the pattern; fails after the deadline with what came instead. */
  async until(pattern: string | RegExp, ms = 10_000): Promise<string> {
    const deadline = Date.now() + ms;
    for (;;) {
      const match = typeof pattern === 'string' ? this.#find(pattern) : pattern.exec(this.#received);
      if (match) {
        const end = match.index + match[0].length;
        const text = this.#received.slice(0, end);
        this.#received = this.#received.slice(end);
        return text;
      }
      const tail = JSON.stringify(this.#received.slice(-500));
      if (this.ended) throw new Error(`closed before ${pattern}; last: ${tail}`);
      await this.#more(deadline, `nothing like ${pattern}; last: ${tail}`);
    }
  }

  /** Waits until the device has closed the conversation; returns what else it said. */
  async end(ms = 10_000): Promise<string> {
    const deadline = Date.now() + ms;
    while (!this.ended) await this.#more(deadline, 'the conversation was not closed');
    return this.#received;
  }

  close(): void {
    this.#stream.destroy();
  }

  #find(text: string): { index: number; 0: string } | undefined {
    const index = this.#received.indexOf(text);
    return index === -1 ? undefined : { index, 0: text };
  }

  #more(deadline: number, complaint: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(complaint)), Math.max(1, deadline - Date.now()));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Makes an SSH connection; rejects where the server refuses. */
export function sshConnect(
  device: SimulatedDevice,
  { acknowledgements = {}, ...options }: { acknowledgements?: Record<string, string>; [key: string]: unknown } = {},
): Promise<Client> {
  const { host, port, username, password } = device;
  return new Promise((resolve, reject) => {
    const client = new Client();
    client.on('ready', () => resolve(client)).on('error', reject);
    client.on('close', () => reject(new Error('closed')));
    client.on('keyboard-interactive', (_name, _text, _language, prompts, answer) => {
      answer(prompts.map(({ prompt }) => acknowledgements[prompt] ?? password));
    });
    // Without a delay: a packet that waits for the acknowledgement of the one before costs 40 ms each time.
    const sock = connect({ host, port, noDelay: true });
    sock.on('error', reject);
    client.connect({ sock, username, password, readyTimeout: 10_000, ...options });
  });
}

/** Opens a shell over SSH. */
export async function sshShell(
  device: SimulatedDevice,
  { window = {}, ...options }: { window?: object; [key: string]: unknown } = {},
) {
  const client = await sshConnect(device, options);
  const channel = await new Promise<Channel>((resolve, reject) => {
    client.shell(window, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  const talk = new Talk(channel, () => client.end());
  client.on('close', () => channel.destroy());
  channel.on('data', (bytes: Buffer) => talk.feed(bytes.toString('latin1')));
  return Object.assign(talk, { client, channel });
}

/** Opens a bare TCP connection and hides telnet's own bytes. */
export async function telnetTalk(device: SimulatedDevice): Promise<Talk & { socket: Socket; raw: () => Buffer }> {
  const socket = connect({ host: device.host, port: device.port, noDelay: true });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  const talk = new Talk(socket);
  const chunks: Buffer[] = [];
  socket.on('data', (bytes: Buffer) => {
    chunks.push(bytes);
    const text = bytes.toString('latin1');
    talk.feed(text.replace(/\xff\xfa[^\xff]*\xff\xf0|\xff[\xfb-\xfe]./gs, '').replace(/\r\0/g, '\r'));
  });
  return Object.assign(talk, { socket, raw: () => Buffer.concat(chunks) });
}

/** Logs in, over whichever transport the device has, and waits for the first prompt. */
export async function loggedIn(device: SimulatedDevice, options: { window?: object } = {}): Promise<Talk> {
  if (!device.platform.endsWith('_telnet')) {
    const talk = await sshShell(device, options);
    await talk.until(/[>#]$/);
    return talk;
  }
  const talk = await telnetTalk(device);
  await talk.until('Username: ');
  talk.send(`${device.username}\r\n`);
  await talk.until('Password: ');
  talk.send(`${device.password}\r\n`);
  await talk.until(/[>#]$/);
  return talk;
}

export async function enabled(device: SimulatedDevice, options: { window?: object } = {}): Promise<Talk> {
  const talk = await loggedIn(device, options);
  talk.send('enable\r');
  await talk.until('Password: ');
  talk.send(`${device.secret}\r`);
  await talk.until(/#$/);
  return talk;
}

/** Sends a command and returns the answer without its echo and the prompt after it. */
export async function command(talk: Talk, line: string, prompt: RegExp = /R\d+(\([\w-]+\))?[>#]$/): Promise<string> {
  talk.send(`${line}\r`);
  await talk.until(`${line}\r\n`);
  const answer = await talk.until(prompt);
  return answer.replace(prompt, '');
}

/** Starts a lab with a folder of its own for its keys, which goes away with it. */
export async function temporaryLab(options: LabOptions) {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'rollcall-lab-'));
  const lab = await startLab({ stateDirectory, ...options });
  const [first] = lab.devices;
  if (first === undefined) throw new Error('a lab without devices');
  return {
    lab,
    first,
    async [Symbol.asyncDispose]() {
      await lab.close();
      rmSync(stateDirectory, { recursive: true, force: true });
    },
  };
}
