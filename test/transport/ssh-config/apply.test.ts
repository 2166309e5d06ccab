import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Deadline, Secret } from '#dist/base/index.js';
import type { ConnectionOptions, ConnectionTarget } from '#dist/transport/index.js';
import { applySshConfig } from '#dist/transport/ssh-config/apply.js';
import { ownSurroundings } from '../surroundings.ts';

const { folder, home } = ownSurroundings();
const ssh = join(home, '.ssh');
let count = 0;
let now = 0;

beforeEach(() => {
  rmSync(ssh, { recursive: true, force: true });
  mkdirSync(ssh, { recursive: true, mode: 0o700 });
  // What was read is taken for current for a second.
  now += 10_000;
  const real = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => real() + now);
  return () => vi.restoreAllMocks();
});

function put(name: string, text: string, mode = 0o600): string {
  const path = join(ssh, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

function fresh(text: string, mode = 0o600): string {
  count += 1;
  const path = join(folder, `config-${count}`);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

const options = (rest: Partial<ConnectionOptions> = {}): ConnectionOptions => ({
  deadline: Deadline.after(20_000),
  ...rest,
});

async function apply(
  target: Partial<ConnectionTarget> & { file?: string } = {},
  rest: Partial<ConnectionOptions> = {},
) {
  const { file, ...others } = target;
  const named = file === undefined ? {} : { configFile: file };
  return applySshConfig({ host: 'r1', ...others, ssh: { ...others.ssh, ...named } }, options(rest));
}

async function refused(
  text: string,
  target: Partial<ConnectionTarget> = {},
): Promise<{ message: string; file: string }> {
  const file = fresh(text);
  const error = await apply({ ...target, file }).then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  expect(error).toMatchObject({ name: 'OptionError', code: 'bad_option', phase: 'connect' });
  return { message: error?.message ?? '', file };
}

describe('the files', () => {
  test('are the ones of the home', async () => {
    put('config', 'Host r1\nUser alice\n');
    expect((await apply()).target.username).toBe('alice');
  });

  test('are not needed, and none are read where it says none', async () => {
    expect((await apply()).target).toMatchObject({ host: 'r1' });
    put('config', 'User alice\n');
    now += 10_000;
    expect((await apply({ ssh: { configFile: 'none' } })).target.username).toBeUndefined();
  });

  test('are one file in place of both where one is named, and that must be there', async () => {
    put('config', 'User alice\n');
    put('other', 'User bob\n');
    expect((await apply({ file: '~/.ssh/other' })).target.username).toBe('bob');
    const missing = join(folder, 'missing');
    await expect(apply({ file: missing })).rejects.toThrow(`there is no ssh_config file "${missing}"`);
  });

  test('include others from the same folder, by patterns too', async () => {
    mkdirSync(join(ssh, 'conf.d'));
    put('conf.d/20-b.conf', 'User b\nPort 20\n');
    put('conf.d/10-a.conf', 'User a\n');
    put('config', 'Include conf.d/*.conf\nInclude ~/.ssh/more\n');
    put('more', 'HostKeyAlias m\n');
    expect((await apply()).target).toMatchObject({ username: 'a', port: 20, ssh: { hostKeyAlias: 'm' } });
  });

  test('are read again when one of them has changed, came, or went', async () => {
    mkdirSync(join(ssh, 'conf.d'));
    put('config', 'Include conf.d/*.conf\nInclude later\nUser last\n');
    const user = async (): Promise<string | undefined> => {
      now += 10_000;
      return (await apply()).target.username;
    };
    expect(await user()).toBe('last');
    put('conf.d/a.conf', 'User first\n');
    expect(await user()).toBe('first');
    put('conf.d/a.conf', 'User another\n');
    expect(await user()).toBe('another');
    rmSync(join(ssh, 'conf.d'), { recursive: true });
    expect(await user()).toBe('last');
    put('later', 'User later\n');
    expect(await user()).toBe('later');
  });

  test('that include each other are refused, and named', async () => {
    const one = put('one', 'Include two\n');
    const two = put('two', 'Include one\n');
    put('config', 'Include one\n');
    const circle = [join(ssh, 'config'), one, two, one].join(' -> ');
    await expect(apply()).rejects.toThrow(`${two}:1: include: the files include each other: ${circle}`);
  });

  test.runIf(process.platform !== 'win32')(
    'that others may write to are refused, as they can name commands',
    async () => {
      const open = put('config', 'User alice\n', 0o666);
      await expect(apply()).rejects.toThrow(`"${open}" can be written to by others`);
      now += 10_000;
      put('config', 'Include more\n');
      const more = put('more', 'User alice\n', 0o622);
      await expect(apply()).rejects.toThrow(`chmod go-w ${more}`);
      now += 10_000;
      put('more', 'User alice\n', 0o644);
      expect((await apply()).target.username).toBe('alice');
    },
  );

  test.runIf(process.getuid?.() === 0)('that belong to somebody else are refused', async () => {
    const { chownSync } = await import('node:fs');
    const path = put('config', 'User alice\n');
    chownSync(path, 65_534, 65_534);
    await expect(apply()).rejects.toThrow('belongs to another user (65534)');
  });

  test('are named with the line of what is wrong, to each that asks', async () => {
    const { message, file } = await refused('Host r2\n\n  Port many\n');
    expect(message).toBe(`ssh_config ${file}:3: port: expected a port from 1 to 65535; got "many"`);
    const [one, two] = await Promise.allSettled([apply({ file }), apply({ file })]);
    expect(one?.status === 'rejected' && two?.status === 'rejected' && one.reason !== two.reason).toBe(true);
  });

  test.each([
    ['StrictHostKeyChecking maybe\n', /:1: stricthostkeychecking: expected yes, no, true, false, ask.*; got "maybe"/],
    ['User "a\n', /:1: user: a quote is not closed/],
    ['User\n', /:1: user: nothing stands behind it/],
    ['Match planet x\n', /:1: match: expected all, canonical,.*; got "planet"/],
    ['HostName %z\n', /:1: '%z' is none of %% %h$/],
    ['IdentityFile ~bob/key\n', /:1: the home of another user is not looked up/],
    ['UserKnownHostsFile $' + '{NO_SUCH}/x\n', /:1: the environment has no \$\{NO_SUCH\}/],
    ['BindInterface nosuch0\n', /:1: .*'nosuch0'/],
  ])('%j says what is wrong and where', async (text, says) => {
    expect((await refused(text)).message).toMatch(says);
  });

  test('may hold keywords that mean nothing here, whatever their value', async () => {
    const file = fresh('Nonsense "\nForwardAgent maybe\nCompression\nUser alice\n');
    expect((await apply({ file })).target.username).toBe('alice');
  });
});

describe('what the target says', () => {
  test('counts before the file, each option by itself', async () => {
    const file = fresh(
      'HostName 10.0.0.1\nUser u\nPort 1\nHostKeyAlias f\nServerAliveInterval 9\nProxyJump hop\nBindAddress 10.0.0.2\n' +
        'AddressFamily inet\nIdentityAgent /file\nKexAlgorithms +diffie-hellman-group1-sha1\nMatch user own\nConnectTimeout 3\n',
    );
    const { target, connectTimeoutMs } = await apply({
      file,
      username: 'own',
      port: 2,
      ssh: { hostKeyAlias: 'o', keepaliveMs: 5, agentSocket: '/own', legacyAlgorithms: [] },
      route: { jump: [], sourceAddress: '10.0.0.3', addressFamily: 6 },
    });
    expect(target).toMatchObject({
      host: '10.0.0.1',
      username: 'own',
      port: 2,
      ssh: { hostKeyAlias: 'o', keepaliveMs: 5, agentSocket: '/own', legacyAlgorithms: [] },
      route: { jump: [], sourceAddress: '10.0.0.3', addressFamily: 6 },
    });
    expect(connectTimeoutMs).toBe(3_000);
  });

  test.each([{ socks: { host: 's' } }, { proxyCommand: 'nc' }, { jump: [{ host: 'j' }] }])(
    'of its way leaves no room for another one: %j',
    async (route) => {
      const file = fresh('ProxyJump hop\n');
      const { target } = await apply({ file, route });
      expect(target.route).toMatchObject(route);
      expect([target.route?.jump, target.route?.proxyCommand, target.route?.socks].filter(Boolean)).toHaveLength(1);
    },
  );
});

describe('jump hosts', () => {
  test('are as written, with the file that they are to be looked up in', async () => {
    const file = fresh('Host r1\nProxyJump u@a:2022,b\n');
    const { target } = await apply({ file });
    expect(target.route?.jump).toEqual([
      { host: 'a', port: 2022, username: 'u', ssh: { configFile: file } },
      { host: 'b', port: undefined, username: undefined, ssh: { configFile: file } },
    ]);
  });

  test('that lead in a circle are an error that shows it', async () => {
    const all = await refused('Host *\nProxyJump bastion\n');
    expect(all.message).toContain(`${all.file}:2: ProxyJump leads in a circle: r1 -> bastion -> bastion`);
    expect(all.message).toContain("say 'ProxyJump none' for bastion");
    const two = await refused('Host r1\nProxyJump a\nHost a\nProxyJump b\nHost b\nProxyJump a\n');
    expect(two.message).toContain('r1 -> a -> b -> a');
    expect((await refused('Host r*\nProxyJump r%h\n')).message).toContain('leads on and on: r1 -> rr1 -> rrr1');
  });

  test('that lead to one that goes straight are no circle', async () => {
    const file = fresh('Host * !bastion\nProxyJump bastion\n');
    expect((await apply({ file })).target.route?.jump).toMatchObject([{ host: 'bastion' }]);
    expect((await apply({ file, host: 'bastion' })).target.route?.jump).toBeUndefined();
  });
});

test('%n of a ProxyCommand is the name that was asked for, and nothing that a shell would obey', async () => {
  const file = fresh('HostName 10.0.0.1\nProxyCommand way %n %h %p %%\n');
  expect((await apply({ file })).target.route?.proxyCommand).toBe('way r1 %h %p %%');
  await expect(apply({ file, host: 'r1;reboot' })).rejects.toThrow("%n is the host 'r1;reboot'");
});

test.skipIf(process.platform === 'win32')('a named pipe is no ssh_config: opening it would wait for good', async () => {
  const file = join(folder, 'pipe');
  expect(spawnSync('mkfifo', [file]).status).toBe(0);
  await expect(apply({ file })).rejects.toThrow('it is a named pipe; expected a file');
});

describe('Match exec', () => {
  test.skipIf(process.platform === 'win32')('ends its command when nobody waits for it any more', async () => {
    const pid = join(folder, 'pid');
    const file = fresh(`Match exec "echo $$ > ${pid}; exec sleep 60"\nUser yes\n`);
    const calledOff = new AbortController();
    const waiting = apply({ file }, { signal: calledOff.signal });
    waiting.catch(() => {});
    await vi.waitFor(() => expect(readFileSync(pid, 'utf8')).toMatch(/\d\n/), { timeout: 10_000, interval: 10 });
    calledOff.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortedError' });
    const runs = (): boolean => spawnSync('kill', ['-0', readFileSync(pid, 'utf8').trim()]).status === 0;
    await vi.waitFor(() => expect(runs()).toBe(false), { timeout: 10_000, interval: 10 });
  });

  test('is asked once for all that ask the same', async () => {
    const log = join(folder, 'asked');
    const file = fresh(`Match exec "echo %h >> ${log}"\nUser yes\n`);
    const answers = await Promise.all(['r1', 'r1', 'r2'].map((host) => apply({ file, host })));
    expect(answers.map(({ target }) => target.username)).toEqual(['yes', 'yes', 'yes']);
    expect(readFileSync(log, 'utf8').split('\n').sort()).toEqual(['', 'r1', 'r2']);
  });

  test('does not hold anybody longer than the deadline, or after being called off', async () => {
    const end = join(folder, 'end');
    const file = fresh(`Match exec "until test -e ${end}; do sleep 0.02; done"\nUser yes\n`);
    await expect(apply({ file }, { deadline: Deadline.after(50) })).rejects.toThrow(
      `ssh_config ${file}:1: the command of Match exec did not end in time`,
    );
    const calledOff = new AbortController();
    const waiting = apply({ file }, { signal: calledOff.signal });
    setImmediate(() => calledOff.abort());
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    writeFileSync(end, '');
    expect((await apply({ file })).target.username).toBe('yes');
  });

  test('is not run where another condition does not hold', async () => {
    const trace = join(folder, 'trace');
    const file = fresh(`Match exec "touch ${trace}" host r2\nUser yes\n`);
    expect((await apply({ file })).target.username).toBeUndefined();
    expect(() => statSync(trace)).toThrow();
  });
});

describe('safety', () => {
  test.each([
    ['no', 'accept-new', 'accept-new'],
    ['no', 'strict', 'strict'],
    ['accept-new', 'strict', 'strict'],
    ['yes', 'accept-new', 'strict'],
    ['yes', 'off', 'off'],
  ] as const)('StrictHostKeyChecking %s under the policy %s is %s', async (word, policy, becomes) => {
    const file = fresh(`StrictHostKeyChecking ${word}\n`);
    expect((await apply({ file }, { hostKeys: { policy } })).options.hostKeys?.policy).toBe(becomes);
  });

  test('the known hosts of the file are read beside ours, which stays the one that learns', async () => {
    const file = fresh('UserKnownHostsFile ~/k/%k /b\nGlobalKnownHostsFile none\n');
    const { hostKeys } = (await apply({ file }, { hostKeys: { knownHostsFile: '/ours' } })).options;
    expect(hostKeys).toMatchObject({
      knownHostsFile: '/ours',
      userKnownHostsFiles: [join(home, 'k/r1'), '/b'],
      globalKnownHostsFiles: [],
    });
  });

  test('keys of the file are the keys of the user: a device with a password is not offered them unasked', async () => {
    const file = fresh('IdentityFile ~/.ssh/%h\nCertificateFile /nowhere-cert.pub\n');
    const { target } = await apply({ file, password: new Secret('x') });
    // Not as key files of the device, which are tried in any case.
    expect(target.ssh?.keyFile).toBeUndefined();
    expect(target.ssh?.useKeys).toBeUndefined();
    expect(target.ssh).toMatchObject({ identityFiles: [join(home, '.ssh/r1')], certificateFile: undefined });
  });
});

test('an interface of this machine stands for its address', async () => {
  const { networkInterfaces } = await import('node:os');
  const [name, addresses = []] =
    Object.entries(networkInterfaces()).find(([, all = []]) => all.some(({ family }) => family === 'IPv4')) ?? [];
  const first = addresses.find(({ family }) => family === 'IPv4');
  const { target } = await apply({ file: fresh(`BindInterface ${name}\n`) });
  expect(target.route?.sourceAddress).toBe(first?.address);
});

test('a thousand hosts and ten thousand questions are a matter of a second', async () => {
  const hosts = Array.from({ length: 1_000 }, (_, index) => `Host h${index}\nHostName 10.0.0.1\nUser u${index}\n`);
  const file = fresh(`${hosts.join('')}Host *\nIdentityFile ~/.ssh/key\n`);
  vi.restoreAllMocks();
  const start = process.cpuUsage();
  for (let index = 0; index < 10_000; index += 1) {
    const { target } = await apply({ file, host: `h${index % 1_000}` });
    if (target.username !== `u${index % 1_000}`) expect(target.username).toBe(`u${index % 1_000}`);
  }
  expect(process.cpuUsage(start).user / 1_000).toBeLessThan(5_000);
});
