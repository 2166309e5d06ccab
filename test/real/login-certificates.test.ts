import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectTo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { Deadline, Secret } from '#dist/base/index.js';
import {
  type ConnectionOptions,
  type ConnectionTarget,
  type HostKeyOptions,
  openConnection,
} from '#dist/transport/index.js';
import { faultOf } from '#dist/transport/ssh/host-certificates.js';
import { listen, ownSurroundings } from '../transport/surroundings.ts';
import { type CertificateOptions, certify, type LoginServers, makeKey, startLoginServers } from './login-servers.mjs';
import { needOrSkip } from './needs.ts';

ownSurroundings();
const possible = needOrSkip('real-devices');
let started: LoginServers | undefined;
const servers = (): LoginServers => {
  if (started === undefined) throw new Error('inside tests only');
  return started;
};
const at = (name: string): string => join(servers().folder, name);
if (possible) {
  beforeAll(async () => {
    started = await startLoginServers();
    for (const name of ['user-authority', 'host-authority', 'other-authority']) makeKey(at(name), 'ed25519');
    makeKey(at('rsa-authority'), 'rsa', { bits: 2048 });
    makeKey(at('ecdsa-authority'), 'ecdsa', { bits: 384 });
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

const refused = (message: RegExp) => ({
  name: 'AuthenticationError',
  code: 'authentication',
  phase: 'authenticate',
  message: expect.stringMatching(message),
});

/** An agent on a socket of the set; ended after the test. */
const agents: ChildProcess[] = [];
async function agentWith(name: string, keys: readonly string[]): Promise<string> {
  const socket = at(name);
  rmSync(socket, { force: true });
  agents.push(spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' }));
  const env = { ...process.env, SSH_AUTH_SOCK: socket };
  // The socket is there before it is listened on: 1 is an agent without keys, 2 is none.
  const isThere = (): void => expect(spawnSync('ssh-add', ['-l'], { env }).status).toBe(1);
  await vi.waitFor(isThere, { timeout: 10_000, interval: 5 });
  for (const key of keys) {
    const added = spawnSync('ssh-add', ['-q', key], { env, encoding: 'utf8' });
    expect(added.status, added.stderr).toBe(0);
  }
  return socket;
}
afterEach(async () => {
  for (const agent of agents.splice(0)) {
    agent.kill();
    if (agent.exitCode === null && agent.signalCode === null) await new Promise((settle) => agent.once('exit', settle));
  }
});

describe("a user's certificate (sshd with TrustedUserCAKeys)", () => {
  let port = 0;
  if (possible) {
    beforeAll(async () => {
      const trusted = at('trusted-user-authorities');
      for (const name of ['user-authority', 'rsa-authority', 'ecdsa-authority']) {
        appendFileSync(trusted, readFileSync(at(`${name}.pub`)));
      }
      const lines = [`TrustedUserCAKeys ${trusted}`, 'PasswordAuthentication no', 'KbdInteractiveAuthentication no'];
      ({ port } = await servers().start('certificates', lines));
    });
  }

  test.each([
    ['ed25519', undefined, 'user-authority'],
    ['ecdsa', 256, 'rsa-authority'],
    ['ecdsa', 521, 'user-authority'],
    ['rsa', 2048, 'ecdsa-authority'],
  ] as const)('beside a key logs in: %s %s', async (type, bits, authority) => {
    const file = makeKey(at(`beside-${type}-${bits}`), type, bits === undefined ? {} : { bits });
    await expect(logIn(port, { ssh: { keyFile: file } })).rejects.toMatchObject(refused(/refused user/));
    certify(at(authority), file, { names: servers().username });
    await logIn(port, { ssh: { keyFile: file } });
  });

  test('of an encrypted key, named by itself, logs in', async () => {
    const file = makeKey(at('locked'), 'ecdsa', { bits: 256, passphrase: 'open sesame' });
    const certificateFile = at('locked-elsewhere.pub');
    const made = certify(at('user-authority'), file, { names: servers().username });
    writeFileSync(certificateFile, readFileSync(made));
    rmSync(made);
    await logIn(port, { ssh: { keyFile: file, passphrase: new Secret('open sesame'), certificateFile } });
  });

  test.each(['ed25519', 'ecdsa', 'rsa'] as const)('that an agent holds logs in: %s', async (type) => {
    const file = makeKey(at(`for-agent-${type}`), type);
    certify(at('user-authority'), file, { names: servers().username });
    const agentSocket = await agentWith('agent', [file]);
    await logIn(port, { ssh: { agentSocket, allowAgent: true } });
  });

  test('that is named goes with a key that only the agent has', async () => {
    const file = makeKey(at('only-in-agent'), 'ed25519');
    const agentSocket = await agentWith('agent', [file]);
    rmSync(file);
    const certificateFile = certify(at('user-authority'), file, { names: servers().username });
    await logIn(port, { ssh: { agentSocket, allowAgent: true, certificateFile } });
  });

  test('that is of no use: the error says why', async () => {
    const { username } = servers();
    const file = makeKey(at('useless'), 'ed25519');
    const login = () => logIn(port, { ssh: { keyFile: file } });
    certify(at('user-authority'), file, { names: username, valid: '20200101:20200102' });
    await expect(login()).rejects.toMatchObject(refused(/certificate \S+useless-cert\.pub expired on 2020-01-0/));
    certify(at('user-authority'), file, { names: 'somebody,else' });
    await expect(login()).rejects.toMatchObject(
      refused(new RegExp(`useless-cert\\.pub is for somebody, else, not for '${username}'`)),
    );
    certify(at('user-authority'), file, { names: username, host: true });
    await expect(login()).rejects.toMatchObject(refused(/passed over: it is a host certificate, expected a user's/));
    writeFileSync(`${file}-cert.pub`, 'hello world');
    await expect(login()).rejects.toMatchObject(refused(/useless-cert\.pub was passed over: /));
  });

  test('that is named and of no use stops the login before it begins', async () => {
    const file = makeKey(at('plain'), 'ed25519');
    const other = makeKey(at('another'), 'ed25519');
    const foreign = certify(at('user-authority'), other, { names: servers().username });
    const login = (certificateFile: string) => logIn(1, { ssh: { keyFile: file, certificateFile } });
    await expect(login(foreign)).rejects.toMatchObject(refused(/another-cert\.pub belongs to none of the keys/));
    await expect(login(at('nowhere-cert.pub'))).rejects.toMatchObject(refused(/nowhere-cert\.pub: ENOENT/));
    await expect(login(`${file}.pub`)).rejects.toMatchObject(refused(/plain\.pub: 'ssh-ed25519' is no type/));
  });
});

test('a key goes in without its certificate where the server knows none (dropbear)', async () => {
  const file = makeKey(at('for-dropbear'), 'ed25519');
  certify(at('user-authority'), file, { names: servers().username });
  writeFileSync(servers().authorizedKeys, readFileSync(`${file}.pub`));
  const { port } = await servers().startDropbear();
  await logIn(port, { ssh: { keyFile: file } });
});

describe("a host's certificate (sshd with HostCertificate)", () => {
  const known = (): string => at('known-hosts');
  const strict = (): { readonly hostKeys: HostKeyOptions } => ({
    hostKeys: { policy: 'strict', knownHostsFile: known() },
  });
  const authorityLine = (names: string, authority = 'host-authority'): string =>
    `@cert-authority ${names} ${readFileSync(at(`${authority}.pub`), 'utf8')}`;
  const password = () => ({ password: new Secret(servers().password) });
  const common = ['UsePAM no', 'PasswordAuthentication yes'];
  let port = 0;
  let keys: readonly string[] = [];

  /** Has the server show certificates of these keys. */
  const show = (certificates: readonly string[], more: readonly string[] = []) =>
    servers().start('hosts', [...common, ...more, ...certificates.map((file) => `HostCertificate ${file}`)], {
      sameHostKeys: true,
    });
  const keyOf = (type: string): string =>
    keys.find((file) => file.endsWith(`${type}.pub`))?.slice(0, -'.pub'.length) ?? '';

  if (possible) {
    beforeAll(async () => {
      ({ port, hostKeyFiles: keys } = await servers().start('hosts', common));
    });
  }

  test.each([
    ['ed25519', 'host-authority'],
    ['rsa', 'rsa-authority'],
    ['ecdsa', 'ecdsa-authority'],
  ] as const)('is trusted where its authority is known: %s', async (type, authority) => {
    const file = type === 'ecdsa' ? makeKey(at('host-ecdsa'), 'ecdsa', { bits: 256 }) : keyOf(type);
    const more = type === 'ecdsa' ? [`HostKey ${file}`] : [];
    await show([certify(at(authority), file, { host: true, names: '127.0.0.1' })], more);
    writeFileSync(known(), authorityLine('127.0.0.*', authority));
    const { hostKeyFingerprint } = await logIn(port, password(), strict());
    const shown = spawnSync('ssh-keygen', ['-l', '-f', `${file}.pub`], { encoding: 'utf8' }).stdout;
    expect(shown).toContain(`${hostKeyFingerprint} `);
    expect(readFileSync(known(), 'utf8')).toBe(authorityLine('127.0.0.*', authority));
  });

  test('holds when the connection renews its keys', async () => {
    await show(
      [certify(at('host-authority'), keyOf('ed25519'), { host: true, names: '127.0.0.1' })],
      ['RekeyLimit 64K'],
    );
    writeFileSync(known(), authorityLine('*'));
    const target = { host: '127.0.0.1', port, username: servers().username, ...password() };
    const deadline = Deadline.after(15_000);
    const connection = await openConnection(target, { deadline, ...strict() });
    const { stream, exit } = await connection.exec('head -c 1000000 /dev/zero', { deadline });
    let bytes = 0;
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    expect(await exit).toEqual({ code: 0 });
    expect(bytes).toBe(1_000_000);
    await connection.close();
  });

  test('is asked for under the alias of the device', async () => {
    await show([certify(at('host-authority'), keyOf('ed25519'), { host: true, names: 'r1.example.net,r1' })]);
    writeFileSync(known(), authorityLine('r1.example.net'));
    await logIn(port, { ...password(), ssh: { hostKeyAlias: 'r1.example.net' } }, strict());
    await expect(logIn(port, password(), strict())).rejects.toMatchObject({ code: 'host_key_unknown' });
  });

  test.each([
    ['for another host', { names: '10.9.9.9' }, /certificate is for 10\.9\.9\.9, not for 127\.0\.0\.1/],
    ['that has expired', { names: '127.0.0.1', valid: '20200101:20200102' }, /certificate expired on 2020-01-0/],
    ['that is not valid yet', { names: '127.0.0.1', valid: '+1d:+2d' }, /certificate is valid only from/],
    ['of another authority', { names: '127.0.0.1', by: 'other-authority' }, /signed by an authority that is not known/],
  ] as const)('%s is refused, and nothing is sent', async (_what, given, message) => {
    const { by = 'host-authority', ...options }: CertificateOptions & { readonly by?: string } = given;
    await show([certify(at(by), keyOf('ed25519'), { host: true, ...options })]);
    writeFileSync(known(), authorityLine('*'));
    for (const policy of ['strict', 'accept-new'] as const) {
      const hostKeys = { policy, knownHostsFile: known() };
      await expect(logIn(port, password(), { hostKeys })).rejects.toMatchObject({
        ...{ name: 'HostKeyError', code: 'host_key_unknown', phase: 'host_key' },
        message: expect.stringMatching(message),
      });
    }
    expect(readFileSync(known(), 'utf8')).toBe(authorityLine('*'));
    // The key itself may be known all the same.
    appendFileSync(known(), `[127.0.0.1]:${port} ${readFileSync(`${keyOf('ed25519')}.pub`, 'utf8')}`);
    await logIn(port, password(), strict());
  });

  test('is refused where the authority, or the key, is revoked', async () => {
    await show([certify(at('host-authority'), keyOf('ed25519'), { host: true, names: '127.0.0.1' })]);
    for (const revoked of [`${at('host-authority')}.pub`, `${keyOf('ed25519')}.pub`]) {
      writeFileSync(known(), `${authorityLine('*')}@revoked * ${readFileSync(revoked, 'utf8')}`);
      await expect(logIn(port, password(), strict())).rejects.toMatchObject({
        code: 'host_key_revoked',
        message: expect.stringMatching(/known-hosts, line 2/),
      });
    }
  });

  test.each(['host-authority', 'rsa-authority', 'ecdsa-authority'])('holds to the last bit, by the %s', (name) => {
    const file = certify(at(name), keyOf('ed25519'), { host: true, names: '127.0.0.1' });
    const blob = Buffer.from(readFileSync(file, 'utf8').split(' ')[1] ?? '', 'base64');
    const [, authority = ''] = readFileSync(at(`${name}.pub`), 'utf8').split(' ');
    const expected = { name: '127.0.0.1', authorities: [authority] };
    expect(faultOf(blob, expected).fault).toBeUndefined();
    const unnoticed = [...blob.keys()].filter((place) => {
      const spoilt = Buffer.from(blob);
      spoilt.writeUInt8(blob.readUInt8(place) ^ 4, place);
      return faultOf(spoilt, expected).fault === undefined;
    });
    expect(unnoticed).toEqual([]);
    for (const end of blob.keys()) expect(faultOf(blob.subarray(0, end), expected).fault).toBeDefined();
    expect(faultOf(Buffer.concat([blob, Buffer.of(0)]), expected).fault).toMatch(/more behind its end/);
  });

  test.each([
    ['is of no use to who has not its key', 'ssh-ed25519', 64, /^host_key_changed$/, /signature is wrong/],
    ['is of no use where a word of it was changed', 'certificate', 0, /^host_key_(changed|unknown)$/, /wrong/],
  ])('%s', async (_what, place, length, code, message) => {
    await show([certify(at('host-authority'), keyOf('ed25519'), { host: true, names: '127.0.0.1' })]);
    writeFileSync(known(), authorityLine('*'));
    // Both stand near the end of what they belong to: the certificate's own signature, and that of the exchange.
    const spoil = (bytes: Buffer): Buffer => {
      const certificate = bytes.indexOf('a test');
      if (certificate < 0) return bytes;
      const spoilt = Buffer.from(bytes);
      const from = place === 'certificate' ? certificate : bytes.lastIndexOf(place) + place.length + 4 + length / 2;
      spoilt.writeUInt8((spoilt.readUInt8(from) ^ 1) & 0xff, from);
      return spoilt;
    };
    await using between = await listen((socket) => {
      const server = connectTo(port, '127.0.0.1');
      socket.on('close', () => server.destroy());
      server.on('error', () => {});
      socket.pipe(server);
      server.on('data', (bytes: Buffer) => socket.write(spoil(bytes)));
      server.on('end', () => socket.end());
    });
    await expect(logIn(between.port, password(), strict())).rejects.toMatchObject({
      ...{
        name: 'HostKeyError',
        code: expect.stringMatching(code),
        phase: 'host_key',
        message: expect.stringMatching(message),
      },
    });
  });

  test('is not asked for where the host has none, and its key is learned', async () => {
    await show([]);
    writeFileSync(known(), authorityLine('*'));
    await logIn(port, password(), { hostKeys: { knownHostsFile: known() } });
    expect(readFileSync(known(), 'utf8').trimEnd().split('\n')).toHaveLength(2);
  });
});

describe('an agent', () => {
  test('with twenty keys: the error says what happened', async () => {
    const { port } = await servers().start('tries', ['UsePAM no', 'MaxAuthTries 6']);
    const keys = Array.from({ length: 20 }, (_, at_) => makeKey(at(`many-${at_}`), 'ed25519'));
    const agentSocket = await agentWith('agent', keys);
    const error = await logIn(port, { ssh: { agentSocket } }).catch((failure: Error) => failure);
    expect(error).toMatchObject(
      refused(/tried: 6 keys, .*no more than these attempts in one login, before 14 more.*\(ssh\.keyFile\)/),
    );
  });

  test('signs with the key of a file that is locked, or of which there is the public half only', async () => {
    const { port } = await servers().start('locked', ['UsePAM no']);
    const open = makeKey(at('open-in-agent'), 'ed25519');
    const agentSocket = await agentWith('agent', [open, makeKey(at('other-in-agent'), 'ed25519')]);
    writeFileSync(servers().authorizedKeys, readFileSync(`${open}.pub`));
    const lock = ['-p', '-q', '-f', open, '-P', '', '-N', 'a passphrase'];
    expect(spawnSync('ssh-keygen', lock).status).toBe(0);
    const ask = vi.fn(async () => 'nothing');
    await logIn(port, { ssh: { keyFile: open, agentSocket } }, { ask });
    await logIn(port, { ssh: { keyFile: `${open}.pub`, agentSocket } }, { ask });
    expect(ask).not.toHaveBeenCalled();
    await expect(logIn(port, { ssh: { keyFile: open, agentSocket, allowAgent: false } })).rejects.toMatchObject(
      refused(/open-in-agent is encrypted, and no passphrase is given/),
    );
  });

  test('that went away in the middle, or is none: the next way is tried, and the error says so', async () => {
    const { port } = await servers().start('gone', ['UsePAM no', 'PasswordAuthentication yes']);
    const key = makeKey(at('of-agent-gone'), 'ed25519');
    writeFileSync(servers().authorizedKeys, readFileSync(`${key}.pub`));
    const agentSocket = await agentWith('agent', [key]);
    const [agent] = agents;
    const ssh = { agentSocket, allowAgent: true };
    // Its keys are told by then, and nothing is signed yet.
    const leave = { onPhase: (phase: string) => phase === 'connect' && agent?.kill('SIGKILL') && undefined };
    await expect(logIn(port, { ssh }, leave)).rejects.toMatchObject(
      refused(/the agent did not sign with comment of ed25519: the agent at \S+ does not answer/),
    );
    await logIn(port, { ssh, password: new Secret(servers().password) });
    await expect(logIn(port, { ssh })).rejects.toMatchObject(
      refused(/the device takes: .*the agent at \S+ does not answer/),
    );
  });

  test('that wants every use confirmed, and is refused: the error says so', async () => {
    const { port } = await servers().start('confirm', ['UsePAM no']);
    const key = makeKey(at('confirm'), 'ed25519');
    writeFileSync(servers().authorizedKeys, readFileSync(`${key}.pub`));
    vi.stubEnv('SSH_ASKPASS', '/bin/false');
    const agentSocket = await agentWith('agent', []);
    const env = { ...process.env, SSH_AUTH_SOCK: agentSocket };
    expect(spawnSync('ssh-add', ['-q', '-c', key], { env }).status).toBe(0);
    await expect(logIn(port, { ssh: { agentSocket } })).rejects.toMatchObject(refused(/it refused to sign/));
  });
});
