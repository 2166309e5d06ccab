import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type LabOptions, type SimulatedDevice, startLab } from 'rollcall/lab';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { command, loggedIn, sshConnect, telnetTalk, temporaryLab } from './clients.js';

let stateDirectory: string;
beforeEach(() => {
  stateDirectory = mkdtempSync(join(tmpdir(), 'rollcall-lab-'));
});
afterEach(() => rmSync(stateDirectory, { recursive: true, force: true }));

async function hostKeyOf(device: SimulatedDevice, types: string[] = ['ssh-ed25519']): Promise<string> {
  let key = '';
  const algorithms = { serverHostKey: types };
  const client = await sshConnect(device, {
    algorithms,
    hostVerifier: (blob: Buffer) => {
      key = blob.toString('base64');
      return true;
    },
  });
  client.end();
  return key;
}

test('a restarted lab has the keys of before, and another folder has others', async () => {
  const keyIn = async (directory: string) => {
    await using lab = await startLab({ devices: 2, stateDirectory: directory });
    const keys = await Promise.all(lab.devices.map((device) => hostKeyOf(device)));
    expect(keys[0]).toBe(keys[1]);
    return keys[0];
  };
  const first = await keyIn(stateDirectory);
  expect(first).not.toBe('');
  expect(await keyIn(stateDirectory)).toBe(first);
  expect(await keyIn(join(stateDirectory, 'other'))).not.toBe(first);
  const file = join(stateDirectory, 'shared_ed25519_key');
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(stateDirectory).sort()).toEqual(['other', 'shared_ed25519_key']);
});

test('a device can have a key of its own, and an RSA key', async () => {
  await using lab = await startLab({
    devices: [{}, { hostKey: 'own' }, { hostKeyTypes: ['rsa', 'ed25519'] }],
    stateDirectory,
  });
  const [one, two, three] = lab.devices;
  if (!one || !two || !three) throw new Error('three devices');
  expect(await hostKeyOf(two)).not.toBe(await hostKeyOf(one));
  expect(await hostKeyOf(three)).toBe(await hostKeyOf(one));
  expect(Buffer.from(await hostKeyOf(three, ['rsa-sha2-512']), 'base64').toString('latin1')).toContain('ssh-rsa');
});

test('a key file that is none is an error that names it', async () => {
  const file = join(stateDirectory, 'shared_ed25519_key');
  writeFileSync(file, 'nonsense');
  await expect(startLab({ devices: 1, stateDirectory })).rejects.toThrow(`${file} is no private key: remove it`);
});

test('a folder that cannot be made is an error of the start', async () => {
  const file = join(stateDirectory, 'file');
  writeFileSync(file, '');
  const start = startLab({ devices: 1, stateDirectory: join(file, 'folder') });
  await expect(start).rejects.toThrow(/host key .* cannot be read|stateDirectory must be a folder/);
});

test('the inventory has every device, its port and its type', async () => {
  await using lab = await startLab({
    devices: [
      {},
      { transport: 'telnet', secret: '' },
      { platform: 'cisco_ios_telnet', name: 'core-1', password: '0123' },
      { secret: 'yes' },
    ],
    stateDirectory,
  });
  expect(parse(lab.inventory())).toEqual({
    routers: lab.devices.map(({ name, host, port, platform, username, password, secret }) => {
      const plain = { name, device_type: platform, host, port, username, password };
      return secret === '' ? plain : { ...plain, secret };
    }),
  });
  expect(lab.devices.map(({ name, platform }) => [name, platform])).toEqual([
    ['R1', 'cisco_ios'],
    ['R2', 'cisco_ios_telnet'],
    ['core-1', 'cisco_ios_telnet'],
    ['R4', 'cisco_ios'],
  ]);
});

test('ports follow each other, and one in use is named', async () => {
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
  const { port } = blocker.address() as AddressInfo;
  try {
    const start = startLab({ devices: 1, port, stateDirectory });
    await expect(start).rejects.toMatchObject({ code: 'bad_option' });
    await expect(start).rejects.toThrow(`port ${port} on 127.0.0.1 is in use`);
  } finally {
    await new Promise((resolve) => blocker.close(resolve));
  }
});

const wrong: [LabOptions, string][] = [
  [{ devices: 0 }, 'devices must be a whole number from 1 to'],
  [{ devices: [] }, 'devices must be a number or a list'],
  [{ devices: 1, port: 70_000 }, 'port must be a whole number from 0 to 65535; got 70000'],
  [{ devices: 10, port: 65_530 }, 'port 65530 leaves no room for 10 devices'],
  [{ devices: 1, platform: 'cisco_ois' }, "got 'cisco_ois'; did you mean 'cisco_ios'"],
  [{ devices: [{ latncyMs: 1 } as object] }, "no setting 'latncyMs'; did you mean 'latencyMs'"],
  [{ devices: 1, password: 123 as unknown as string }, 'password must be a text; got a number'],
  [{ devices: 1, latencyMs: -1 }, 'latencyMs must be a number of milliseconds'],
  [{ devices: [{ name: 'a' }, { name: 'a' }] }, "'a' stands twice"],
  [
    { devices: [{ name: 'a b' }] },
    "name must be a host name of letters, digits, dots, dashes and underscores; got 'a b'",
  ],
  [{ devices: 1, faults: ['silence' as 'silent'] }, "got 'silence'; did you mean 'silent'?"],
  [{ devices: 1, host: '192.0.2.1' }, "host must be an address of this machine; got '192.0.2.1'"],
];
test.each(wrong)('%j is refused', async (options, message) => {
  await expect(startLab({ stateDirectory, ...options })).rejects.toThrow(message);
});

test('closing ends connections, gives ports back, and may be done twice', async () => {
  const controller = new AbortController();
  const lab = await startLab({
    devices: [{}, { transport: 'telnet' }],
    stateDirectory,
    signal: controller.signal,
    latencyMs: 5,
    commandMs: 60_000,
  });
  const talks = await Promise.all(lab.devices.map((device) => loggedIn(device)));
  for (const talk of talks) talk.send('show clock\r');
  for (const talk of talks) await talk.until('show clock\r\n');
  expect(lab.counters).toMatchObject({ connected: 2, mostConnected: 2 });
  controller.abort();
  await Promise.all(talks.map((talk) => talk.end()));
  await lab.close();
  expect(lab.counters.connected).toBe(0);
  for (const device of lab.devices) await expect(telnetTalk(device)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('a program whose lab is closed ends by itself', async () => {
  const door = pathToFileURL(join(import.meta.dirname, '../../dist/lab/index.js')).href;
  const program = `
    import { startLab } from ${JSON.stringify(door)};
    import { connect } from 'node:net';
    const lab = await startLab({ devices: 3, stateDirectory: ${JSON.stringify(stateDirectory)}, latencyMs: 20 });
    for (const { port, host } of lab.devices) await new Promise((done) => connect(port, host).once('data', done).on('error', () => {}));
    await lab.close();
    console.log('closed', JSON.stringify(process.getActiveResourcesInfo().filter((name) => /TCP|Timeout/.test(name))));
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/^closed/) });
});

test('two hundred devices are called at once', async () => {
  await using stage = await temporaryLab({ devices: 200 });
  const answers = await Promise.all(
    stage.lab.devices.map(async (device) => {
      const talk = await loggedIn(device);
      const answer = await command(talk, 'show ip interface brief | include Loopback0');
      talk.send('exit\r');
      await talk.end();
      return answer;
    }),
  );
  expect(new Set(answers).size).toBe(200);
  expect(stage.lab.counters).toMatchObject({ connections: 200, logins: 200, commands: 400 });
});
