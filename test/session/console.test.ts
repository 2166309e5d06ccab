import { connect, Secret } from 'rollcall/session';
import { describe, expect, test } from 'vitest';
import { listen } from '../transport/surroundings.ts';

/** A port of a terminal server: nothing is said until somebody presses a key, and then every line gets a prompt. */
async function consolePort() {
  let received = '';
  const port = await listen((socket) => {
    let line = '';
    socket.on('data', (bytes) => {
      for (const char of bytes
        .toString('latin1')
        .replace(/\xff[\xfb-\xfe]./gs, '')
        .replace(/\r[\0\n]/g, '\r')) {
        received += char;
        if (char !== '\r') line += char;
        else {
          socket.write(`${line}\r\nR1#`);
          line = '';
        }
      }
    });
  });
  return Object.assign(port, { received: () => received });
}

const target = { host: '127.0.0.1', transport: 'telnet', platform: 'cisco_ios' } as const;
const credentials = { username: 'ann', password: new Secret('sesame') };

describe.concurrent('a line that is silent', () => {
  test('is woken where it is a console, once, and then the session is like any other', async () => {
    await using server = await consolePort();
    await using session = await connect({ ...target, ...credentials, port: server.port, console: true });
    expect(server.received()).toMatch(/^\rterminal /);
    expect(await session.sendCommand('show clock')).toMatchObject({ ok: true, prompt: 'R1#' });
  });

  test('is waited for where it is none, with nothing sent', async () => {
    await using server = await consolePort();
    const opening = connect({ ...target, ...credentials, port: server.port }, { timeouts: { connectMs: 3_000 } });
    await expect(opening).rejects.toMatchObject({ name: 'DeviceTimeoutError', code: 'connect_timeout' });
    expect(server.received()).toBe('');
  });

  test('is a console or not: anything else is an error before anything is reached', async () => {
    const wrong = { ...target, port: 1, console: 'yes' as unknown as boolean };
    await expect(connect(wrong)).rejects.toMatchObject({
      code: 'bad_option',
      message: expect.stringContaining('console must be true or false; got the text "yes"'),
    });
  });
});
