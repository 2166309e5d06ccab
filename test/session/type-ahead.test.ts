import { describe, expect, test, vi } from 'vitest';
import type { RollcallError } from '#dist/base/index.js';
import type { Transport } from '#dist/transport/index.js';
import { openSession, ScriptedDevice } from './scripted-device.ts';

const PROMPT = 'ops@box:~$ ';

/** What one command prints; at each cut it prints nothing more until the next key comes. */
type Pieces = readonly string[];

/**
 * A shell on a terminal: what is typed while it is busy is echoed at once, and once more behind the prompt where it has
 * a line editor (readline); one without (dash) only reads it.
 */
class BusyShell implements Transport {
  readonly #answers: Readonly<Record<string, Pieces>>;
  readonly #edits: boolean;
  #left: string[] | undefined;
  #typed = '';
  #onData: ((bytes: Uint8Array) => void) | undefined;

  constructor(answers: Readonly<Record<string, Pieces>>, edits: boolean) {
    this.#answers = answers;
    this.#edits = edits;
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#onData = listener;
    this.#say(PROMPT);
  }

  onClose(): void {}
  pause(): void {}
  resume(): void {}
  destroy(): void {}

  write(bytes: Uint8Array): void {
    const text = Buffer.from(bytes).toString();
    this.#say(text.replace('\r', '\r\n'));
    this.#typed += text;
    if (this.#left === undefined) this.#read();
    else this.#goOn();
  }

  #read(): void {
    const at = this.#typed.indexOf('\r');
    if (at === -1) return;
    const command = this.#typed.slice(0, at);
    this.#typed = this.#typed.slice(at + 1);
    this.#left = [...(this.#answers[command] ?? [`${command} done\r\n`])];
    this.#goOn();
  }

  #goOn(): void {
    const piece = this.#left?.shift();
    if (piece !== undefined) this.#say(piece);
    if (this.#left?.length !== 0) return;
    this.#left = undefined;
    this.#say(PROMPT + (this.#edits ? this.#typed.replace('\r', '\r\n') : ''));
    this.#read();
  }

  #say(text: string): void {
    setImmediate(() => this.#onData?.(Buffer.from(text)));
  }
}

async function outcomes(copies: Pieces, edits: boolean): Promise<readonly string[]> {
  const session = await openSession(new BusyShell({ 'cat log': copies }, edits), { platform: 'linux', idleMs: 500 });
  const got: string[] = [];
  for (const command of ['true', 'cat log', 'next', 'last']) {
    try {
      got.push((await session.sendCommand(command)).output);
    } catch (error) {
      return [...got, `error: ${(error as RollcallError).code}`];
    }
  }
  return got;
}

describe.each([
  ['with a line editor', true],
  ['without one', false],
])('a busy shell %s, which echoes at once what is typed', (_kind, edits) => {
  test.each([
    ['alone on its line', `l1\r\n${PROMPT}`, 'important\r\n', 'l1'],
    ['behind text', `l1 ${PROMPT}`, 'important\r\n', 'l1 '],
    ['with a line end behind it', `l1\r\n${PROMPT}`, '\r\nimportant\r\n', 'l1'],
    ['with a last line that is not ended', `l1\r\n${PROMPT}`, 'important', 'l1'],
    ['with nothing behind it', `l1\r\n${PROMPT}`, '', 'l1'],
  ])('gives no second wrong answer behind a copy of its prompt %s', async (_where, copy, rest, first) => {
    expect(await outcomes([copy, rest], edits)).toEqual(['true done', first, 'error: unexpected_prompt']);
  });

  test('answers where its answers hold no copy', async () => {
    expect(await outcomes(['l1\r\nl2'], edits)).toEqual(['true done', 'l1\nl2', 'next done', 'last done']);
  });
});

test('text that came behind the prompt without a line end is none of the next command', async () => {
  const device = new ScriptedDevice(PROMPT, [
    { to: 'true\r', says: `true\r\n${PROMPT}` },
    { to: 'cat log\r', says: `cat log\r\nl1\r\n${PROMPT}` },
    { to: 'next\r', says: `next\r\nortant\r\n${PROMPT}` },
  ]);
  const session = await openSession(device, { platform: 'linux', idleMs: 500 });
  await session.sendCommand('true');
  expect((await session.sendCommand('cat log')).output).toBe('l1');
  device.say('imp');
  await vi.waitUntil(() => device.quiet);
  await expect(session.sendCommand('next')).rejects.toMatchObject({ code: 'unexpected_prompt' });
});
