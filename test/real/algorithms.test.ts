import { spawnSync } from 'node:child_process';
import { createDiffieHellmanGroup } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect as openSocket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Deadline, type Logger, Secret, setLogger, silentLogger } from '#dist/base/index.js';
import { type ConnectionFacts, openConnection, type SshOptions } from '#dist/transport/index.js';
import { listen, ownSurroundings } from '../transport/surroundings.ts';
import type { RealDevice } from './devices.mjs';
import { realDevicesOrSkip } from './use.ts';

const real = realDevicesOrSkip();
ownSurroundings();

async function logIn(device: RealDevice, ssh: SshOptions = {}): Promise<ConnectionFacts> {
  const { host, port, username, password } = device;
  const connection = await openConnection(
    { host, port, username, password: new Secret(password), ssh },
    { deadline: Deadline.after(60_000), hostKeys: { policy: 'off' } },
  );
  await connection.close();
  return connection.facts;
}

let warnings: string[] = [];
let before: Logger | undefined;
beforeEach(() => {
  warnings = [];
  before = setLogger({ ...silentLogger, warn: (message) => warnings.push(message) });
});
afterEach(() => {
  if (before !== undefined) setLogger(before);
});

describe('a server that has only old algorithms', () => {
  const LINES = [
    'KexAlgorithms diffie-hellman-group1-sha1',
    'HostKeyAlgorithms ssh-rsa',
    'Ciphers aes256-cbc,aes128-cbc',
    'MACs hmac-sha1,hmac-md5',
  ];
  const NAMES = ['diffie-hellman-group1-sha1', 'ssh-rsa', 'aes256-cbc', 'hmac-sha1'];
  let old: RealDevice;
  beforeAll(async () => {
    old = await real().sshdWith('old', LINES);
  });

  test('is refused, and the error has both sides and the line of the inventory that helps', async () => {
    const error = await logIn(old).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'NegotiationError', code: 'negotiation', phase: 'negotiate' });
    const { message, details } = error as { message: string; details: object };
    expect(message).toContain(
      'key exchange: the device offers diffie-hellman-group1-sha1; we offer curve25519-sha256,',
    );
    expect(message).toContain('host key: the device offers ssh-rsa; we offer ssh-ed25519,');
    expect(message).toContain('cipher: the device offers aes256-cbc, aes128-cbc; we offer aes128-gcm@openssh.com,');
    expect(message).toContain('MAC: the device offers hmac-sha1, hmac-md5; we offer hmac-sha2-256-etm@openssh.com,');
    expect(message).toContain(`\n  legacy_algorithms: [${NAMES.join(', ')}]`);
    expect(details).toMatchObject({ legacyAlgorithms: NAMES });
  });

  test('is logged in to with that line, and it is said once, in the facts each time', async () => {
    const facts = await logIn(old, { legacyAlgorithms: NAMES });
    expect(facts.legacyAlgorithms).toEqual(NAMES);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`127.0.0.1:${old.port}`);
    for (const name of NAMES) expect(warnings[0]).toContain(name);
    const again = await logIn(old, { legacyAlgorithms: NAMES });
    expect(again.legacyAlgorithms).toEqual(NAMES);
    expect(warnings).toHaveLength(1);
  });

  test('leaves what one device may use to that device', async () => {
    await logIn(old, { legacyAlgorithms: NAMES });
    await expect(logIn(old)).rejects.toMatchObject({ code: 'negotiation' });
  });

  test('whose line is not whole gets the whole one', async () => {
    const error = await logIn(old, { legacyAlgorithms: ['ssh-rsa'] }).catch((thrown: unknown) => thrown);
    const { message } = error as Error;
    expect(message).not.toContain('host key:');
    expect(message).toContain('[ssh-rsa, diffie-hellman-group1-sha1, aes256-cbc, hmac-sha1]');
  });
});

describe('each legacy algorithm works with OpenSSH where the target names it', () => {
  const CIPHERS = ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'];
  const MACS = ['hmac-sha1-etm@openssh.com', 'hmac-sha1', 'hmac-sha1-96', 'hmac-md5'];
  const KEX = ['diffie-hellman-group14-sha1', 'diffie-hellman-group1-sha1', 'diffie-hellman-group-exchange-sha1'];
  let all: RealDevice;
  beforeAll(async () => {
    all = await real().sshdWith('all-old', [
      ...[`Ciphers ${CIPHERS}`, `MACs ${MACS}`, `KexAlgorithms ${KEX}`, 'HostKeyAlgorithms ssh-rsa'],
    ]);
  });

  test.each(CIPHERS.map((cipher, index) => [cipher, MACS[index] ?? '', KEX[index % KEX.length] ?? '']))(
    '%s, %s, %s',
    async (cipher, mac, kex) => {
      const { legacyAlgorithms } = await logIn(all, { legacyAlgorithms: [cipher, mac, kex, 'ssh-rsa'] });
      expect(legacyAlgorithms).toEqual([kex, 'ssh-rsa', cipher, mac]);
    },
  );

  // OpenSSH 10 has none any more.
  const hasDsa = spawnSync('ssh', ['-Q', 'key'], { encoding: 'utf8' }).stdout?.includes('ssh-dss') === true;
  test.runIf(hasDsa)('ssh-dss', async () => {
    const key = join(real().folder, 'dsa-host-key');
    spawnSync('ssh-keygen', ['-q', '-t', 'dsa', '-N', '', '-f', key]);
    const device = await real().sshdWith('dsa', [`HostKey ${key}`, 'HostKeyAlgorithms ssh-dss']);
    const error = await logIn(device).catch((thrown: unknown) => thrown);
    expect((error as Error).message).toContain('legacy_algorithms: [ssh-dss]');
    const { legacyAlgorithms } = await logIn(device, { legacyAlgorithms: ['ssh-dss'] });
    expect(legacyAlgorithms).toEqual(['ssh-dss']);
  });
});

test('a modern server is not spoken to by old algorithms because it may', async () => {
  const { legacyAlgorithms } = await logIn(real().device('shell'), {
    legacyAlgorithms: ['diffie-hellman-group1-sha1', 'ssh-rsa', 'aes128-cbc', 'hmac-sha1'],
  });
  expect(legacyAlgorithms).toBeUndefined();
  expect(warnings).toEqual([]);
});

/** A safe prime of that many bits: one of Debian's for group exchange, or one that RFC 3526 names. */
function moduli(bits: number, named: string | undefined): string {
  const line = readFileSync('/etc/ssh/moduli', 'utf8')
    .split('\n')
    .find((one) => one.split(' ')[4] === String(bits - 1));
  if (named === undefined && line !== undefined) return `${line}\n`;
  const prime = createDiffieHellmanGroup(named ?? '').getPrime('hex');
  return `20260101000000 2 6 100 ${bits - 1} 2 ${prime.toUpperCase()}\n`;
}

/** Does the work, and returns the most processor time that one turn of the event loop took meanwhile, in milliseconds. */
async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let over = false;
  let last = process.cpuUsage();
  const tick = (): void => {
    const used = process.cpuUsage(last);
    longest = Math.max(longest, (used.user + used.system) / 1_000);
    last = process.cpuUsage();
    if (!over) setImmediate(tick);
  };
  setImmediate(tick);
  try {
    await work();
    await new Promise((turn) => setImmediate(turn));
  } finally {
    over = true;
  }
  return longest;
}

// Processor time and not the clock, and the best of a few: what else runs on this machine does not count.
async function bestOf(count: number, measure: () => Promise<number>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let left = count; left > 0 && best > 50; left--) best = Math.min(best, await measure());
  return best;
}

describe('no key exchange stops the event loop for more than 50 ms', () => {
  // Modules are loaded and compiled at the first connection, whatever its algorithms.
  beforeAll(async () => {
    await logIn(real().device('shell'));
  });

  test.each([
    [2_048, 'sha256', undefined],
    [4_096, 'sha256', undefined],
    [8_192, 'sha256', undefined],
    [8_192, 'sha1', undefined],
    [2_048, 'sha1', 'modp14'],
    [4_096, 'sha256', 'modp16'],
    [8_192, 'sha256', 'modp18'],
  ])('group exchange with %i bits and %s (%s)', async (bits, hash, named) => {
    const name = `gex-${bits}-${hash}-${named ?? 'own'}`;
    const file = join(real().folder, `${name}.moduli`);
    writeFileSync(file, moduli(bits, named));
    const method = `diffie-hellman-group-exchange-${hash}`;
    const server = await real().sshdWith(name, [`KexAlgorithms ${method}`, `ModuliFile ${file}`]);
    const ssh = hash === 'sha1' ? { legacyAlgorithms: [method] } : {};
    let facts: ConnectionFacts | undefined;
    const longest = await bestOf(4, () => longestTurn(async () => (facts = await logIn(server, ssh))));
    expect(facts?.legacyAlgorithms).toEqual(hash === 'sha1' ? [method] : undefined);
    expect(longest).toBeLessThan(50);
    await real().stopSshd(name);
  });

  test.each(['group14-sha256', 'group16-sha512', 'group18-sha512'])('%s', async (group) => {
    const server = await real().sshdWith(group, [`KexAlgorithms diffie-hellman-${group}`]);
    expect(await bestOf(4, () => longestTurn(() => logIn(server)))).toBeLessThan(50);
    await real().stopSshd(group);
  });
});

test('a server that offers nothing that we speak is told so, with its offer and without a promise', async () => {
  const name = 'sntrup761x25519-sha512@openssh.com';
  const server = await real().sshdWith('new', [`KexAlgorithms ${name}`]);
  const error = await logIn(server).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'NegotiationError', code: 'negotiation' });
  const { message } = error as Error;
  expect(message).toContain(`key exchange: the device offers ${name}; we offer curve25519-sha256`);
  expect(message).toContain('There is nothing of it that rollcall speaks');
  expect(message).not.toContain('legacy_algorithms');
});

test('a group that was tampered with on the way is refused before anything secret is made in it', async () => {
  const prime = createDiffieHellmanGroup('modp14').getPrime();
  const file = join(real().folder, 'tampered.moduli');
  writeFileSync(file, moduli(2_048, 'modp14'));
  const server = await real().sshdWith('tampered', [
    'KexAlgorithms diffie-hellman-group-exchange-sha256',
    `ModuliFile ${file}`,
  ]);
  let tampered = 0;
  await using proxy = await listen((socket) => {
    const far = openSocket(server.port, '127.0.0.1');
    far.on('error', () => {});
    far.on('data', (bytes) => {
      const at = bytes.indexOf(prime);
      if (at >= 0) {
        tampered += 1;
        // Even, so no prime any more.
        bytes.writeUInt8(0, at + prime.length - 1);
      }
      socket.write(bytes);
    });
    socket.pipe(far);
    socket.on('close', () => far.destroy());
  });
  await expect(logIn({ ...server, port: proxy.port })).rejects.toMatchObject({
    name: 'NegotiationError',
    phase: 'negotiate',
    message: expect.stringMatching(/^the device's key exchange is not safe: its group is none/),
  });
  expect(tampered).toBe(1);
});

test('keys that are renewed in the middle by group exchange go on', async () => {
  const server = await real().sshdWith('rekey', [
    'KexAlgorithms diffie-hellman-group-exchange-sha256',
    'RekeyLimit 64K none',
  ]);
  const { host, port, username, password } = server;
  const connection = await openConnection(
    { host, port, username, password: new Secret(password) },
    { deadline: Deadline.after(60_000), hostKeys: { policy: 'off' } },
  );
  const { stream, exit } = await connection.exec('head -c 300000 /dev/zero', { deadline: Deadline.after(30_000) });
  let length = 0;
  stream.on('data', (bytes: Buffer) => {
    length += bytes.length;
  });
  expect(await exit).toEqual({ code: 0 });
  expect(length).toBe(300_000);
  await connection.close();
});
