import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, expect, test, vi } from 'vitest';
import { bareSsh, bareTelnet, type Conversation } from './bare-clients.ts';
import { startRealDevices } from './devices.mjs';
import { needOrSkip } from './needs.ts';
import { realDevicesOrSkip } from './use.ts';

const users = () => readFileSync('/etc/passwd', 'utf8').match(/^rollcall-\w+/gm) ?? [];

describe('the real devices answer as they are documented', () => {
  const real = realDevicesOrSkip();

  test('zebra asks for a password, has an enable mode, refuses and can be configured', async () => {
    const zebra = real().device('zebra');
    await using vty = await bareTelnet(zebra);
    expect(await vty.until(/Password: $/)).toContain('User Access Verification');
    vty.send(zebra.password);
    await vty.until(/R1> $/);
    vty.send('enable');
    await vty.until(/Password: $/);
    vty.send('not the secret');
    await vty.until(/Password: $/);
    vty.send(`${zebra.secret}`);
    await vty.until(/R1# $/);
    vty.send('bogus');
    expect(await vty.until(/R1# $/)).toContain('% [ZEBRA] Unknown command: bogus');
    await configure(vty, ['interface lo', 'description set by telnet']);
    vty.send('show running-config');
    expect(await vty.until(/R1# $/)).toContain(' description set by telnet\r\n');
    await configure(vty, ['interface lo', 'no description']);
    vty.send('show running-config');
    expect(await vty.until(/\nend\r\nR1# $/)).not.toContain('description');
  });

  test('vtysh is the same router over SSH', async () => {
    await using vtysh = await bareSsh(real().device('vtysh'));
    expect(await vtysh.until(/\S+# $/)).toContain('FRRouting');
    vtysh.send('terminal length 0');
    await vtysh.until(/\S+# $/);
    vtysh.send('bogus');
    expect(await vtysh.until(/\S+# $/)).toContain('% Unknown command: bogus');
    await configure(vtysh, ['ip route 198.51.100.0/24 Null0']);
    vtysh.send('show running-config');
    expect(await vtysh.until(/\nend\r\n\S+# $/)).toContain('\nip route 198.51.100.0/24 Null0\r\n');
    await configure(vtysh, ['no ip route 198.51.100.0/24 Null0']);
    vtysh.send('show running-config');
    expect(await vtysh.until(/\nend\r\n\S+# $/)).not.toContain('198.51.100.0');
    await configure(vtysh, ['interface lo', 'description seen by both']);
    const zebra = real().device('zebra');
    await using vty = await bareTelnet(zebra);
    await vty.until(/Password: $/);
    vty.send(zebra.password);
    await vty.until(/R1> $/);
    vty.send('show interface lo');
    expect(await vty.until(/R1> $/)).toContain('Description: seen by both');
    await configure(vtysh, ['interface lo', 'no description']);
  });

  test.each(['shell', 'dropbear'] as const)('%s is an ordinary shell', async (kind) => {
    await using shell = await bareSsh(real().device(kind));
    await shell.until(/\$ $/);
    shell.send('echo $((6 * 7)); nonesuch');
    const answer = await shell.until(/not found[\s\S]*\$ $/);
    expect(answer).toMatch(/[\r\n]42\r\n/);
  });

  test.each(['vtysh', 'shell', 'dropbear'] as const)('%s refuses a wrong password', async (kind) => {
    await expect(bareSsh(real().device(kind), { password: 'wrong' })).rejects.toThrow(/authentication methods failed/);
  });

  test.each(['vtysh', 'shell', 'dropbear'] as const)('%s accepts both keys', async (kind) => {
    const { plain, protected: locked } = real().clientKeys;
    for (const key of [plain, locked]) {
      await using shell = await bareSsh(real().device(kind), { key });
      await shell.until(/[#$] $/);
    }
  });

  test('the asking sshd takes no password, but asks one question without echo', async () => {
    const device = real().keyboardInteractive;
    await expect(bareSsh(device)).rejects.toThrow(/authentication methods failed/);
    await using shell = await bareSsh(device, { keyboardInteractive: true });
    expect(shell.questions).toEqual([{ prompt: expect.stringMatching(/^Password: ?$/), echo: false }]);
    await shell.until(/\$ $/);
  });

  test('sshd restarts on its port with the old host keys or with new ones', async () => {
    const device = real().device('shell');
    const keyNow = async () => {
      await using shell = await bareSsh(device);
      return shell.hostKey?.toString('base64');
    };
    const filed = () => device.hostKeyFiles.map((file) => readFileSync(file, 'utf8').split(' ')[1]?.trim());
    const first = await keyNow();
    expect(filed()).toContain(first);
    await real().restartSshd();
    expect(await keyNow()).toBe(first);
    await real().restartSshd({ newHostKeys: true });
    const changed = await keyNow();
    expect(changed).not.toBe(first);
    expect(filed()).toContain(changed);
  });
});

describe('nothing is left', () => {
  if (!needOrSkip('real-devices')) {
    test('of a set of real devices', () => {});
    return;
  }

  test('when a set is stopped while someone is logged in', async () => {
    const set = await startRealDevices();
    const shell = await bareSsh(set.device('shell'));
    await shell.until(/\$ $/);
    await set.stop();
    await shell[Symbol.asyncDispose]();
    await expectNothingOf(set.folder);
  });

  test('when the signal aborts', async () => {
    const controller = new AbortController();
    const set = await startRealDevices({ signal: controller.signal });
    controller.abort();
    await set.stop();
    await expectNothingOf(set.folder);
    await expect(startRealDevices({ signal: controller.signal })).rejects.toThrow(/abort/);
  });

  test('when the process that started them is killed', async () => {
    const { owner, folder } = await startElsewhere();
    owner.kill('SIGKILL');
    await expectNothingOf(folder);
  });

  test('when its janitor is killed as well, once another set starts', async () => {
    const { owner, folder } = await startElsewhere();
    const janitor = spawnSync('pgrep', ['-f', `janitor ${folder}`], { encoding: 'utf8' }).stdout.trim();
    process.kill(Number(janitor), 'SIGKILL');
    const ended = new Promise((settle) => owner.once('exit', settle));
    owner.kill('SIGKILL');
    await ended;
    expect(existsSync(folder)).toBe(true);
    await using next = await startRealDevices();
    await expectNothingOf(folder);
    expect(existsSync(next.folder)).toBe(true);
  });
});

/** A set in a process of its own, which waits to be killed. */
async function startElsewhere() {
  const devices = new URL('./devices.mjs', import.meta.url).href;
  const source = `import { startRealDevices } from '${devices}';
    console.log((await startRealDevices()).folder); setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const folder = await new Promise<string>((settle) => createInterface(owner.stdout).once('line', settle));
  expect(existsSync(folder)).toBe(true);
  return { owner, folder };
}

async function configure(conversation: Conversation, lines: readonly string[]) {
  for (const line of ['configure terminal', ...lines]) {
    conversation.send(line);
    await conversation.until(/\(config[^)]*\)# $/);
  }
  conversation.send('end');
  await conversation.until(/\w# $/);
}

async function expectNothingOf(folder: string) {
  const name = folder.replace('/tmp/rollcall-real-', 'rollcall-');
  await vi.waitFor(
    () => {
      expect(existsSync(folder)).toBe(false);
      expect(users()).not.toContain(name);
      expect(spawnSync('pgrep', ['-f', folder]).status).toBe(1);
    },
    { timeout: 10_000, interval: 50 },
  );
}
