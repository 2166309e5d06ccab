import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Deadline, Secret } from '#dist/base/index.js';
import { type ConnectionOptions, type ConnectionTarget, openConnection } from '#dist/transport/index.js';
import { ownSurroundings } from '../transport/surroundings.ts';
import { type LoginServers, makeKey, startLoginServers } from './login-servers.mjs';
import { needOrSkip } from './needs.ts';

ownSurroundings();
let started: LoginServers | undefined;
const servers = (): LoginServers => {
  if (started === undefined) throw new Error('inside tests only');
  return started;
};
if (needOrSkip('real-devices')) {
  beforeAll(async () => {
    started = await startLoginServers();
  });
  afterAll(() => started?.stop());
}

async function logIn(port: number, rest: Partial<ConnectionTarget>, more: Partial<ConnectionOptions> = {}) {
  const { username } = servers();
  const connection = await openConnection(
    { host: '127.0.0.1', port, username, ...rest },
    { deadline: Deadline.after(15_000), hostKeys: { policy: 'off' }, ...more },
  );
  await connection.close();
  return connection.facts;
}
const password = () => new Secret(servers().password);

describe('a server that wants two methods (AuthenticationMethods)', () => {
  test.each(['publickey,password', 'password,publickey'])('gets both, in its order: %s', async (methods) => {
    const { folder, authorizedKeys } = servers();
    const [wrong, right] = ['wrong', 'right'].map((name) => join(folder, `${name}-${methods}`)) as [string, string];
    for (const file of [wrong, right]) makeKey(file, 'ed25519');
    writeFileSync(authorizedKeys, readFileSync(`${right}.pub`));
    const { port } = await servers().start(methods, ['UsePAM no', `AuthenticationMethods ${methods}`]);
    await logIn(port, { password: password(), ssh: { keyFile: [wrong, right] } });
  });
});

describe('PAM', () => {
  const lines = ['UsePAM yes', 'PasswordAuthentication no', 'KbdInteractiveAuthentication yes'];

  test('shows its banner, and asks for the password', async () => {
    const banner = join(servers().folder, 'banner');
    writeFileSync(banner, 'Authorised use only\n');
    const { port } = await servers().start('pam', [...lines, `Banner ${banner}`]);
    expect(await logIn(port, { password: password() })).toMatchObject({ banner: 'Authorised use only\n' });
  });

  test('demands a new password: said where nobody is there, and asked of who is, question by question', async () => {
    const { username } = servers();
    const { port } = await servers().start('pam', lines);
    expect(spawnSync('chage', ['-d', '0', username]).status).toBe(0);
    await expect(logIn(port, { password: password() })).rejects.toMatchObject({
      code: 'authentication',
      message: expect.stringMatching(/the device demands a new password '.*nobody is there to answer/s),
    });
    const fresh = 'Wholly-diff3rent-phrase';
    const asked: string[] = [];
    await logIn(
      port,
      { password: password() },
      {
        ask: async ({ prompt, echo }) => {
          expect(echo).toBe(false);
          asked.push(prompt);
          return /current/i.test(prompt) ? servers().password : fresh;
        },
      },
    );
    expect(asked).toEqual([
      expect.stringMatching(/current password:/i),
      expect.stringMatching(/new password:/i),
      expect.stringMatching(/retype new password:/i),
    ]);
    await logIn(port, { password: new Secret(fresh) });
    rmSync(servers().authorizedKeys, { force: true });
  });
});
