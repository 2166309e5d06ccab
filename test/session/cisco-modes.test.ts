import { connect, Secret, type Session, type SessionOptions } from 'rollcall/session';
import { describe, expect, test } from 'vitest';
import { temporaryLab } from '../lab/clients.js';

async function stage(platform: string, variant?: string) {
  return temporaryLab({ devices: [{ name: 'edge-1', platform, variant, transport: 'ssh' }] });
}

function open({ first }: Awaited<ReturnType<typeof stage>>, options: SessionOptions = {}): Promise<Session> {
  const { password, secret, ...where } = first;
  return connect(
    { ...where, transport: 'ssh', password: new Secret(password), secret: new Secret(secret) },
    { hostKeys: { policy: 'off' }, timeouts: { connectMs: 10_000, idleMs: 5000 }, ...options },
  );
}

describe('a mode is entered, works, and is left again', () => {
  test.each([
    ['cisco_nxos', undefined, 'tcl', 'show clock', 'UTC'],
    ['cisco_nxos', undefined, 'shell', 'pwd', '/bootflash/home'],
    ['cisco_nxos', 'maintenance mode', 'config', 'do show clock', 'UTC'],
    ['cisco_xr', undefined, 'admin', 'show platform', 'OPERATIONAL'],
    ['cisco_xr', 'admin of the old systems', 'admin', 'show platform', 'OPERATIONAL'],
    ['cisco_xr', undefined, 'shell', 'pwd', '/root'],
    ['cisco_ftd', undefined, 'shell', 'pwd', '/home/'],
    ['cisco_ftd', undefined, 'diagnostic-privileged', 'show clock', 'UTC'],
    ['cisco_fxos', undefined, 'local-mgmt', 'show processes', 'Cpu'],
    ['cisco_fxos', undefined, 'fxos', 'show clock', 'UTC'],
    ['cisco_viptela', undefined, 'shell', 'pwd', '/home/'],
    ['cisco_apic', undefined, 'shell', 'pwd', '/home/'],
  ])('%s (%s): %s', async (platform, variant, mode, command, holds) => {
    await using lab = await stage(platform, variant);
    await using session = await open(lab);
    const before = session.findPrompt();
    await session.enterMode(mode);
    expect(await session.sendCommand(command)).toMatchObject({ ok: true, output: expect.stringContaining(holds) });
    if (mode === 'diagnostic-privileged') return;
    await session.leaveMode();
    expect(session.findPrompt()).toBe(before);
  });

  test('cisco_ftd: the root shell, by way of the shell and with a password', async () => {
    await using lab = await stage('cisco_ftd');
    await using session = await open(lab);
    await session.enterMode('root-shell');
    expect((await session.sendCommand('pwd')).output).toBe('/root');
  });
});

describe('IOS-XR', () => {
  test('the time above each answer is no part of it', async () => {
    await using lab = await stage('cisco_xr');
    await using session = await open(lab);
    const { output } = await session.sendCommand('show version');
    expect(output.split('\n')[0]).toBe('Cisco IOS XR Software, Version 7.5.2');
  });

  test('a commit that fails is told, and nothing of it counts', async () => {
    await using lab = await stage('cisco_xr');
    await using session = await open(lab);
    const lines = ['interface GigabitEthernet0/0/0/1', 'ipv4 access-group A ingress compress level 3'];
    const { ok, commit } = await session.sendConfig(lines, { commit: true });
    expect([ok, commit?.refusal]).toEqual([false, expect.stringContaining('% Failed to commit')]);
    expect((await session.sendCommand('show running-config')).output).not.toContain('access-group');
  });

  test('a name longer than the prompt of configuration can hold', async () => {
    const name = 'core-router-of-the-northern-region';
    await using lab = await temporaryLab({ devices: [{ name, platform: 'cisco_xr', transport: 'ssh' }] });
    await using session = await open(lab);
    expect(await session.sendConfig(['domain name example.net'], { commit: true })).toMatchObject({ ok: true });
    expect(session.findPrompt()).toContain(name);
  });
});

describe('ASA', () => {
  test('works in a security context and comes back', async () => {
    await using lab = await stage('cisco_asa');
    await using session = await open(lab);
    await session.enable();
    const inside = await session.sendCommand('show running-config', { context: 'customer-a' });
    expect(inside).toMatchObject({ ok: true, prompt: expect.stringContaining('edge-1/customer-a#') });
    expect(await session.sendCommand('show clock')).toMatchObject({
      ok: true,
      prompt: expect.stringMatching(/^edge-1#/),
    });
  });

  test('knows a failover pair by its name alone', async () => {
    await using lab = await stage('cisco_asa', 'failover');
    await using session = await open(lab);
    await session.enable();
    expect(session.findPrompt()).toContain('edge-1/pri/act#');
    expect(await session.sendConfig(['domain-name example.net'])).toMatchObject({ ok: true });
  });
});

describe('AireOS', () => {
  test('goes on by itself where one answer has a question in its middle', async () => {
    await using lab = await stage('cisco_wlc');
    await using session = await open(lab);
    const { ok, output } = await session.sendCommand('show run-config');
    expect([ok, output]).toEqual([true, expect.stringContaining('config sysname edge-1')]);
  });
});

describe('controller mode', () => {
  test('a commit with nothing in it is no failure, and the old way into configuration is refused', async () => {
    await using lab = await stage('cisco_xe_sdwan');
    await using session = await open(lab);
    await session.enable();
    expect(await session.commit()).toMatchObject({ ok: true });
    expect(await session.sendCommand('configure terminal')).toMatchObject({
      ok: false,
      refusal: 'This command is not supported',
    });
  });
});
