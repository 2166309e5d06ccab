import { Secret } from 'rollcall';
import { connect } from 'rollcall/session';
import { expect, test } from 'vitest';
import { type SshServer, serveSsh } from '../transport/ssh-server.ts';
import { ownSurroundings } from '../transport/surroundings.ts';

ownSurroundings();

/** A device whose SSH server lets everybody in, and which asks for name and password inside the shell. */
function askingInShell(heard: string[]): Promise<SshServer> {
  return serveSsh({
    onConnection: (connection) =>
      connection.on('authentication', (attempt) => {
        if (attempt.method === 'none') attempt.accept();
      }),
    onShell: (stream) => {
      const asks = ['\r\nUsername: ', '\r\nPassword: '];
      let line = '';
      stream.write(asks.shift() ?? '');
      stream.on('data', (bytes: Buffer) => {
        line += bytes.toString('latin1');
        if (!/[\r\n]$/.test(line)) return;
        const typed = line.replace(/[\r\n]+$/, '');
        line = '';
        heard.push(typed);
        const isAnswer = heard.length <= 2;
        if (isAnswer)
          stream.write(asks.shift() ?? (heard[1] === 'right' ? '\r\nR1#' : '\r\n% Login invalid\r\n\r\nUsername: '));
        else stream.write(`${typed}\r\nR1#`);
      });
    },
  });
}

const target = ({ port }: SshServer, password: string) =>
  ({ host: '127.0.0.1', port, platform: 'cisco_ios', username: 'ann', password: new Secret(password) }) as const;
const hostKeys = { policy: 'off' } as const;

test('a server that lets everybody in gets the credentials on the command line, where the device asks for them', async () => {
  const heard: string[] = [];
  await using server = await askingInShell(heard);
  await using session = await connect(target(server, 'right'), { hostKeys });
  expect(session.hostname).toBe('R1');
  expect(heard.slice(0, 2)).toEqual(['ann', 'right']);
});

test('a wrong password is typed there once', async () => {
  const heard: string[] = [];
  await using server = await askingInShell(heard);
  await expect(connect(target(server, 'wrong'), { hostKeys })).rejects.toMatchObject({ code: 'authentication' });
  expect(heard).toEqual(['ann', 'wrong']);
});
