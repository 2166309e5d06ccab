import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Deadline } from '#dist/base/index.js';
import { openConnection, type SshOptions } from '#dist/transport/index.js';
import { algorithmsFor, legacyOf } from '#dist/transport/ssh/algorithms.js';
import type { ServerOffer } from '#dist/transport/ssh/kexinit.js';
import { explainNegotiation } from '#dist/transport/ssh/negotiation.js';
import { signWithSha2 } from '#dist/transport/ssh/rsa-signatures.js';
import { ssh2 } from '#dist/transport/ssh/ssh2.js';
import { serveSsh, utils } from './ssh-server.ts';
import { leavesNothingOpen, listen, ownSurroundings } from './surroundings.ts';

const places = ownSurroundings();
leavesNothingOpen();

const open = (port: number, ssh: SshOptions) =>
  openConnection(
    { host: '127.0.0.1', port, username: 'cisco', ssh },
    { deadline: Deadline.after(10_000), hostKeys: { policy: 'off' } },
  );

describe('what is offered', () => {
  test('holds nothing with SHA-1, MD5, CBC or a small group unless the target names it', () => {
    const all = Object.values(algorithmsFor({ legacy: [], knownTypes: [] })).flat();
    expect(all.filter((name) => /sha1|md5|cbc|arcfour|group1-|^ssh-rsa|^ssh-dss|-96/.test(name))).toEqual([]);
    expect(all).toContain('rsa-sha2-256');
  });

  test('has the legacy ones behind the safe ones, in our order', () => {
    const legacy = ['ssh-rsa', 'diffie-hellman-group1-sha1', 'diffie-hellman-group14-sha1', 'hmac-md5', 'hmac-sha1'];
    const { kex, serverHostKey, hmac, cipher } = algorithmsFor({ legacy, knownTypes: [] });
    expect(kex.slice(-2)).toEqual(['diffie-hellman-group14-sha1', 'diffie-hellman-group1-sha1']);
    expect(kex[0]).toBe('curve25519-sha256');
    expect(serverHostKey.at(-1)).toBe('ssh-rsa');
    expect(hmac.slice(-2)).toEqual(['hmac-sha1', 'hmac-md5']);
    expect(cipher).toEqual(algorithmsFor({ legacy: [], knownTypes: [] }).cipher);
  });

  test('asks first for a host key of a type that is known, and for one with SHA-1 only where it may', () => {
    const first = (legacy: readonly string[]) => algorithmsFor({ legacy, knownTypes: ['ssh-rsa'] }).serverHostKey;
    expect(first([]).slice(0, 3)).toEqual(['rsa-sha2-512', 'rsa-sha2-256', 'ssh-ed25519']);
    expect(first(['ssh-rsa']).slice(0, 3)).toEqual(['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa']);
  });
});

describe('a name that nobody knows', () => {
  test.each<[unknown, RegExp]>([
    [
      ['diffie-helman-group1-sha1'],
      /no algorithm 'diffie-helman-group1-sha1' \(known: .*\); did you mean 'diffie-hellman-group1-sha1'/,
    ],
    [['ssh-rsa', 'rot13'], /no algorithm 'rot13' \(known: .*ssh-rsa.*\)$/],
    ['ssh-rsa', /is a list of names; got a string/],
    [[7], /no algorithm '7'/],
  ])('%j is an OptionError before anything is connected', async (legacyAlgorithms, message) => {
    await using server = await listen(() => {});
    await expect(open(server.port, { legacyAlgorithms } as SshOptions)).rejects.toMatchObject({
      name: 'OptionError',
      message: expect.stringMatching(message),
    });
    expect(server.sockets).toHaveLength(0);
  });

  test('one that is offered anyway is taken', async () => {
    await using server = await serveSsh({ password: 'x' });
    await expect(open(server.port, { legacyAlgorithms: ['aes128-ctr'], allowAgent: false })).rejects.toMatchObject({
      code: 'authentication',
    });
  });
});

describe('a negotiation that fails', () => {
  const modern: ServerOffer = {
    kex: ['curve25519-sha256', 'ext-info-s', 'kex-strict-s-v00@openssh.com'],
    serverHostKey: ['ssh-ed25519'],
    cipher: { toServer: ['aes128-ctr'], toUs: ['aes128-ctr'] },
    hmac: { toServer: ['hmac-sha2-256'], toUs: ['hmac-sha2-256'] },
    compress: { toServer: ['none'], toUs: ['none'] },
  };
  const explain = (theirs: Partial<ServerOffer>, legacy: readonly string[] = []) =>
    explainNegotiation(algorithmsFor({ legacy, knownTypes: [] }), { ...modern, ...theirs }, legacy);

  test('is not found where there is something of each kind in common', () => {
    expect(explain({})).toBeUndefined();
  });

  test('names one line for all kinds, the best of each', () => {
    const failure = explain({
      kex: ['diffie-hellman-group1-sha1', 'diffie-hellman-group14-sha1', 'ext-info-s'],
      cipher: { toServer: ['3des-cbc', 'aes256-cbc'], toUs: ['aes128-cbc'] },
      hmac: { toServer: ['hmac-md5'], toUs: ['hmac-md5'] },
    });
    expect(failure?.message).toContain(
      'legacy_algorithms: [diffie-hellman-group14-sha1, aes256-cbc, aes128-cbc, hmac-md5]',
    );
    expect(failure?.message).toContain(
      'key exchange: the device offers diffie-hellman-group1-sha1, diffie-hellman-group14-sha1; we',
    );
    expect(failure?.details.kinds).toEqual(['key exchange', 'cipher', 'MAC']);
  });

  test('does not ask for a MAC beside a cipher that brings its own', () => {
    const gcm = { toServer: ['aes128-gcm@openssh.com'], toUs: ['aes128-gcm@openssh.com'] };
    expect(explain({ cipher: gcm, hmac: { toServer: ['hmac-md5'], toUs: [] } })).toBeUndefined();
  });

  test('says so when nothing of the server is of use, and promises no fix', () => {
    const failure = explain({ kex: ['sntrup4591761x25519-sha512@tinyssh.org'], serverHostKey: ['ssh-rsa'] });
    expect(failure?.message).toContain('the device offers sntrup4591761x25519-sha512@tinyssh.org; we offer');
    expect(failure?.message).toContain('nothing of it that rollcall speaks');
    expect(failure?.message).not.toContain('legacy_algorithms');
  });

  test('names compression too', () => {
    expect(explain({ compress: { toServer: ['lzs'], toUs: ['none'] } })?.message).toContain(
      'compression: the device offers lzs;',
    );
  });

  test('a server that is no SSH server keeps its own error', async () => {
    await using web = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await expect(open(web.port, { allowAgent: false })).rejects.toMatchObject({
      message: expect.not.stringMatching(/algorithm/),
    });
  });
});

describe('the key of a user that is RSA', () => {
  /** Logs in at a server that does not say what signatures it takes, as old ones do not; returns the hash that was used. */
  async function hashesUsed(ssh: SshOptions): Promise<readonly string[]> {
    const { private: key, public: publicKey } = utils.generateKeyPairSync('rsa', { bits: 2048 });
    const keyFile = join(places.folder, 'id_rsa');
    writeFileSync(keyFile, key, { mode: 0o600 });
    const hashes: string[] = [];
    await using server = await serveSsh({
      publicKey,
      methods: ['publickey'],
      onConnection(connection) {
        const { _protocol: protocol } = connection as unknown as { _protocol: { _kex: object } };
        let kex: object;
        Object.defineProperty(protocol, '_kex', {
          get: () => kex,
          set: (next: object) => {
            kex = Object.defineProperty(next, 'remoteExtInfoEnabled', { get: () => false, set: () => {} });
          },
        });
        connection.on('authentication', (attempt) => {
          const { signature, hashAlgo } = attempt as { signature?: Buffer; hashAlgo?: string };
          if (signature !== undefined) hashes.push(hashAlgo ?? 'sha1');
        });
      },
    });
    const connection = await open(server.port, { keyFile, allowAgent: false, ...ssh });
    await connection.close();
    return hashes;
  }

  test('signs with SHA-2, and with SHA-1 only for a device that may', async () => {
    expect(await hashesUsed({})).toEqual(['sha256']);
    expect(await hashesUsed({ legacyAlgorithms: ['ssh-rsa'] })).toEqual(['sha1']);
  });
});

test.each([
  ['says nothing of signatures', [{ name: 'ping@openssh.com' }], true],
  ['takes SHA-1 only', [{ name: 'server-sig-algs', algs: ['ssh-rsa', 'ssh-ed25519'] }], true],
  ['takes the second one only', [{ name: 'server-sig-algs', algs: ['rsa-sha2-512'] }], false],
])('where a server %s, SHA-2 is implied or what it says is taken', (_what, extensions, implied) => {
  const told: unknown[] = [];
  const protocol = { _compatFlags: 2, _handlers: { EXT_INFO: (_self: unknown, what: unknown) => told.push(what) } };
  signWithSha2(Object.assign(new (ssh2().Client)(), { _protocol: protocol }));
  expect(protocol._compatFlags).toBe(2 | 16);
  protocol._handlers.EXT_INFO(protocol, extensions);
  expect(protocol._compatFlags).toBe(implied ? 2 | 16 : 2);
  expect(told).toEqual([extensions]);
});

test('every legacy algorithm that is known can be offered', () => {
  const legacy = (['kex', 'serverHostKey', 'cipher', 'hmac'] as const).flatMap((kind) => legacyOf(kind));
  expect(legacy).toEqual(
    expect.arrayContaining(['diffie-hellman-group-exchange-sha1', 'ssh-dss', '3des-cbc', 'hmac-md5']),
  );
  const { kex, serverHostKey, cipher, hmac } = algorithmsFor({ legacy, knownTypes: [] });
  expect([...kex, ...serverHostKey, ...cipher, ...hmac]).toEqual(expect.arrayContaining([...legacy]));
});
