import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { agentPlace, agentStatus, findAgent, startAgent } from '#dist/agent/index.js';
import { addressAt, preparePlace } from '#dist/agent/place.js';
import { failure, ownAgents } from './use.ts';

const own = ownAgents();
const isRoot = process.getuid?.() === 0;

describe('where an agent is', () => {
  test.each<[string, NodeJS.ProcessEnv, NodeJS.Platform, string]>([
    ['as the environment says', { ROLLCALL_AGENT: '/a/b.sock', XDG_RUNTIME_DIR: '/run/u' }, 'linux', '/a/b.sock'],
    ['in the runtime directory', { XDG_RUNTIME_DIR: '/run/u' }, 'linux', '/run/u/rollcall/agent.sock'],
    ['a relative one is none', { XDG_RUNTIME_DIR: 'u', XDG_STATE_HOME: '/s' }, 'linux', '/s/rollcall/agent/agent.sock'],
    ['in the state directory', { XDG_STATE_HOME: '/s' }, 'darwin', '/s/rollcall/agent/agent.sock'],
  ])('%s', (_how, env, platform, file) => {
    expect(agentPlace(env, platform).file).toBe(file);
  });

  test('on Windows a file holds the name of the pipe, and only a name of ours is taken', () => {
    const place = agentPlace({ XDG_STATE_HOME: own.folder }, 'win32');
    expect(addressAt(place)).toBeUndefined();
    mkdirSync(place.folder, { recursive: true });
    const name = `\\\\.\\pipe\\rollcall-${'0a'.repeat(16)}`;
    writeFileSync(place.file, `${name}\n`);
    expect(addressAt(place)).toBe(name);
    writeFileSync(place.file, '\\\\elsewhere\\pipe\\rollcall-00\n');
    expect(addressAt(place)).toBeUndefined();
  });
});

/** Whether we may be somebody else, and that one may run this Node: it may lie in a folder of ours alone. */
function nobodyRunsNode(): boolean {
  return isRoot && spawnSync(process.execPath, ['-e', '0'], { uid: 65_534, gid: 65_534, cwd: '/' }).status === 0;
}

describe.skipIf(process.platform === 'win32')('the socket', () => {
  test('is its user’s alone, in a folder that is', async () => {
    const place = own.place();
    const before = process.umask();
    await own.agent({ place });
    expect(statSync(place.file).mode & 0o777).toBe(0o600);
    expect(statSync(place.folder).mode & 0o777).toBe(0o700);
    expect(process.umask()).toBe(before);
  });

  test.skipIf(!nobodyRunsNode())('cannot be opened by another user', async () => {
    const place = own.place();
    chmodSync(own.folder, 0o711);
    await own.agent({ place });
    const knock = `require('node:net').connect(${JSON.stringify(place.file)})
      .on('connect', () => { console.log('open'); process.exit(); }).on('error', ({ code }) => console.log(code))`;
    const as = async (uid: number): Promise<string> => {
      const child = spawn(process.execPath, ['-e', knock], {
        uid,
        gid: uid,
        cwd: '/',
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = '';
      for await (const piece of child.stdout) said += piece;
      return said.trim();
    };
    expect(await as(0)).toBe('open');
    expect(await as(65_534)).toBe('EACCES');
    // The socket itself is closed to others, whatever becomes of its folder.
    chmodSync(place.folder, 0o755);
    expect(await as(65_534)).toBe('EACCES');
    chmodSync(place.folder, 0o700);
  });

  test.each<[string, RegExp, (folder: string) => void]>([
    ['that others may enter', /has mode 0755.*mode 0700/, (folder) => chmodSync(folder, 0o755)],
    ['that is a link', /symbolic link/, (folder) => symlinkSync(own.folder, `${folder}-link`)],
  ])('is not made in a folder %s, nor used there', async (_what, says, spoil) => {
    const { folder } = own.place();
    mkdirSync(folder, { mode: 0o700 });
    spoil(folder);
    const there = existsSync(`${folder}-link`) ? `${folder}-link` : folder;
    const place = agentPlace({ ROLLCALL_AGENT: join(there, 'agent.sock') });
    const error = await failure(startAgent({ place }));
    expect([error.name, error.message]).toEqual(['OptionError', expect.stringMatching(says)]);
    expect(await findAgent(place)).toEqual({ warning: expect.stringMatching(says) });
  });

  test.skipIf(!isRoot)('is not made in a folder of somebody else, nor is one of somebody else used', async () => {
    const place = own.place();
    mkdirSync(place.folder, { mode: 0o700 });
    spawnSync('chown', ['65534', place.folder]);
    expect((await failure(startAgent({ place }))).message).toMatch(/belongs to the user with the id 65534/);
    spawnSync('chown', ['0', place.folder]);
    await own.agent({ place });
    spawnSync('chown', ['65534', place.file]);
    expect(await findAgent(place)).toEqual({ warning: expect.stringMatching(/agent\.sock belongs to .* 65534/) });
  });

  test('must have a path that the system does not cut off', () => {
    const place = agentPlace({ ROLLCALL_AGENT: join(own.folder, 'x'.repeat(100), 'agent.sock') });
    expect(() => preparePlace(place)).toThrow(/may have 100 bytes.*ROLLCALL_AGENT/);
    expect(existsSync(place.folder)).toBe(false);
  });

  test('of an agent that died is replaced; that of one that lives is not', async () => {
    const place = own.place();
    mkdirSync(place.folder, { mode: 0o700 });
    const script = `require('node:net').createServer().listen(${JSON.stringify(place.file)}, () => process.kill(process.pid, 'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', script]);
    expect(existsSync(place.file)).toBe(true);
    expect(await findAgent(place)).toEqual({});
    expect(await agentStatus(place)).toBeUndefined();
    const agent = await own.agent({ place });
    expect(await agentStatus(place)).toEqual([]);
    const error = await failure(startAgent({ place }));
    expect([error.name, error.message]).toEqual([
      'OptionError',
      expect.stringMatching(/runs already .*rollcall agent stop/),
    ]);
    expect(await findAgent(place)).toEqual({ address: agent.address });
    await agent.close();
    expect(readdirSync(place.folder)).toEqual([]);
  });

  test('is taken over by one of several that start at once', async () => {
    const place = own.place();
    mkdirSync(place.folder, { mode: 0o700 });
    const script = `require('node:net').createServer().listen(${JSON.stringify(place.file)}, () => process.kill(process.pid, 'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', script]);
    const started = await Promise.allSettled(Array.from({ length: 8 }, () => startAgent({ place })));
    const agents = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    for (const agent of agents) own.ends.push(() => agent.close());
    expect(agents).toHaveLength(1);
    expect(await agentStatus(place)).toEqual([]);
    expect(readdirSync(place.folder)).toEqual(['agent.sock']);
  });

  test('that is a file of another kind is left alone', async () => {
    const place = own.place();
    mkdirSync(place.folder, { mode: 0o700 });
    writeFileSync(place.file, 'mine');
    expect((await failure(startAgent({ place }))).message).toMatch(/is no socket/);
  });
});

test('limits that are none are refused', async () => {
  const place = own.place();
  for (const [options, says] of [
    [{ idleMs: 0 }, /idleMs must be a number of milliseconds, at least 1; got 0/],
    [{ lifeMs: Number.NaN }, /lifeMs/],
    [{ maxSessions: 1.5 }, /maxSessions must be a whole number above 0; got 1.5/],
  ] as const) {
    expect((await failure(startAgent({ place, ...options }))).message).toMatch(says);
  }
  expect(existsSync(place.folder)).toBe(false);
});

test('a server that is no agent is not used, and one of another version neither', async () => {
  const place = own.place();
  mkdirSync(place.folder, { mode: 0o700 });
  const greetings = ['HTTP/1.1 400 Bad Request\r\n', '{"type":"hello","protocol":99,"pid":1}\n', '{"type":"hello"}\n'];
  for (const greeting of greetings) {
    const server = createServer((socket) =>
      socket
        .on('error', () => {})
        .resume()
        .end(greeting),
    );
    await new Promise<void>((resolve) => server.listen(place.file, resolve));
    expect(await findAgent(place)).toEqual({
      warning: expect.stringMatching(/going on without an agent: .* is lost: /),
    });
    await new Promise((resolve) => server.close(resolve));
  }
});
