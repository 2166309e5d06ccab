import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { connectExec } from 'rollcall/session';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Deadline, Secret } from '#dist/base/index.js';
import { type ConnectionOptions, type ConnectionTarget, openConnection } from '#dist/transport/index.js';
import { ownSurroundings } from '../transport/surroundings.ts';
import { certify, type LoginServers, makeKey, startLoginServers } from './login-servers.mjs';
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

describe('the documentation', () => {
  const checkout = fileURLToPath(new URL('../..', import.meta.url));
  const page = readFileSync(join(checkout, 'docs', 'ways-in.md'), 'utf8');
  const exampleOf = (title: string): string => {
    const [, section = ''] = page.split(`### ${title}\n`);
    return /```ts\n([\s\S]*?)```/.exec(section)?.[1] ?? '';
  };
  /** Runs an example as a reader would, with our server in the place of theirs. */
  function runExample(text: string, { port, home }: { readonly port: number; readonly home: string }): string {
    const { username } = servers();
    const door = join(process.env.ROLLCALL_PACKAGE ?? checkout, 'dist', 'session', 'index.js');
    const source = text
      .replace(/host: '.*'/, `host: '127.0.0.1', port: ${port}`)
      .replaceAll("'rollcall/session'", `'${pathToFileURL(door).href}'`)
      .replaceAll(/'(local|of ann|for when the.*)'/g, (_, word: string) =>
        JSON.stringify(word === 'local' ? username : servers().password),
      )
      // Node 20 cannot parse it; a reader's compiler, or Node 24, does.
      .replace('await using session', 'const session');
    const file = join(home, 'example.mjs');
    writeFileSync(file, `const askTheUser = async () => 'open sesame';\n${source}\nawait session.close();\n`);
    const env = { PATH: process.env.PATH, HOME: home, XDG_STATE_HOME: home };
    const done = spawnSync(process.execPath, [file], { cwd: home, env, encoding: 'utf8' });
    expect(done.status, done.stderr).toBe(0);
    return done.stdout;
  }
  const homeOf = (name: string): string => {
    const home = join(servers().folder, name);
    mkdirSync(join(home, '.ssh'), { recursive: true });
    return home;
  };

  test('has an example of authentication that works', async () => {
    const home = homeOf('authentication');
    makeKey(join(home, '.ssh', 'id_company'), 'ed25519', { passphrase: 'open sesame' });
    makeKey(join(home, '.ssh', 'id_old'), 'ecdsa', { passphrase: 'open sesame' });
    const { port } = await servers().start('documented', ['UsePAM no', 'PasswordAuthentication yes']);
    const said = runExample(exampleOf('Authentication'), { port, home });
    expect(said).toContain("{ username: 'ann', outcome: 'refused' }");
    expect(said).toContain("outcome: 'accepted' }");
  });

  test('has an example of host keys that works', async () => {
    const home = homeOf('host-keys');
    const authority = makeKey(join(home, 'authority'), 'ed25519');
    const lines = ['UsePAM no', 'PasswordAuthentication yes'];
    const { hostKeyFiles } = await servers().start('certified', lines);
    const hostKey = hostKeyFiles[0]?.slice(0, -'.pub'.length) ?? '';
    const certificate = certify(authority, hostKey, { host: true, names: 'core.site1.example.net' });
    const { port } = await servers().start('certified', [...lines, `HostCertificate ${certificate}`], {
      sameHostKeys: true,
    });
    const line = `@cert-authority *.site1.example.net ${readFileSync(`${authority}.pub`, 'utf8')}`;
    writeFileSync(join(home, 'known_hosts'), line);
    const example = exampleOf('Host keys').replace("username: 'ann'", `username: '${servers().username}'`);
    expect(runExample(example, { port, home })).toBe('shell\n');
  });
});

test('several credentials also go in order where single commands are run', async () => {
  const { username } = servers();
  const { port } = await servers().start('single', ['UsePAM no', 'PasswordAuthentication yes']);
  const target = { host: '127.0.0.1', port, platform: 'linux', username, password: new Secret('wrong-pa55word') };
  const credentials = [{ password: new Secret('wrong-pa55word') }, { password: password() }];
  await using session = await connectExec({ ...target, credentials }, { hostKeys: { policy: 'off' } });
  expect(session.attempts.map(({ outcome }) => outcome)).toEqual(['refused', 'accepted']);
  expect((await session.exec('id -un')).output).toBe(username);
  expect(
    servers()
      .logOf('single')
      .match(/Failed password/g),
  ).toHaveLength(1);
});

describe('PAM', () => {
  const lines = ['UsePAM yes', 'PasswordAuthentication no', 'KbdInteractiveAuthentication yes'];

  test('shows its banner, and asks for the password', async () => {
    const banner = join(servers().folder, 'banner');
    writeFileSync(banner, 'Authorised use only\n');
    const { port } = await servers().start('pam', [...lines, `Banner ${banner}`]);
    expect(await logIn(port, { password: password() })).toMatchObject({ banner: 'Authorised use only\n' });
  });

  test.each([
    ['both methods', ['PasswordAuthentication yes', 'KbdInteractiveAuthentication yes']],
    ['keyboard-interactive alone', ['PasswordAuthentication no', 'KbdInteractiveAuthentication yes']],
    ['password alone', ['PasswordAuthentication yes', 'KbdInteractiveAuthentication no']],
  ])("a wrong password costs one failure on the server's side: %s", async (name, methods) => {
    const { port } = await servers().start(`once-${name.replaceAll(' ', '-')}`, ['UsePAM yes', ...methods]);
    const wrong = { password: new Secret('not-the-right-one') };
    await expect(logIn(port, wrong)).rejects.toMatchObject({ code: 'authentication', details: { refused: true } });
    const log = servers().logOf(`once-${name.replaceAll(' ', '-')}`);
    // What sshd says of a password that it has judged, by either method; also of one that is sent to a method that is off.
    expect(log.match(/Failed password for|PAM: Authentication failure for/g) ?? []).toHaveLength(1);
    await logIn(port, { password: password() });
  });

  test('demands a new password: said where nobody is there, and asked of who is, question by question', async () => {
    const { port } = await servers().start('pam', lines);
    servers().expirePassword();
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
