import { connect, Secret } from 'rollcall/session';
import { describe, expect, test } from 'vitest';
import { temporaryLab } from '../lab/clients.js';
import { failure } from './failure.ts';
import { inEverySplit, openSession, type Reply, ScriptedDevice } from './scripted-device.ts';

const says = (line: string, prompt: string, answer = ''): Reply => ({
  to: `${line}\r`,
  says: `${line}\r\n${answer}${prompt}`,
});

const VDOMS = 'list virtual firewall info:\r\nname=root/root index=0 enabled\r\nname=blue/blue index=1 enabled\r\n';

/** Platforms with contexts: the prompt at rest, that of the context, and the lines that lead in and out. */
const kinds = [
  {
    platform: 'fortinet',
    rest: 'FG # ',
    name: 'blue',
    inside: 'FG (blue) # ',
    enter: [
      says('config global', '\r\nFG (global) # '),
      says('diagnose sys vd list', 'FG (global) # ', `${VDOMS}\r\n`),
      says('end', '\r\nFG # '),
      says('config vdom', '\r\nFG (vdom) # '),
      says('edit blue', 'FG (blue) # ', 'current vf=blue:1\r\n\r\n'),
    ],
    leave: [says('end', '\r\nFG # ')],
  },
  {
    platform: 'cisco_asa',
    rest: 'fw/admin# ',
    name: 'blue',
    inside: 'fw/blue# ',
    enter: [says('changeto context blue', 'fw/blue# ')],
    leave: [says('changeto context admin', 'fw/admin# ')],
  },
  {
    platform: 'juniper_junos',
    rest: 'ann@mx1> ',
    name: 'blue',
    inside: 'ann@mx1:blue> ',
    enter: [says('set cli logical-system blue', '\r\nann@mx1:blue> ', 'Logical system: blue\r\n')],
    leave: [says('clear cli logical-system', '\r\nann@mx1> ', 'Cleared default logical system\r\n')],
  },
  {
    platform: 'paloalto_panos',
    rest: 'ann@pa1> ',
    name: 'vsys2',
    inside: 'ann@pa1-vsys2> ',
    enter: [
      says('set system setting target-vsys vsys2', '\r\nann@pa1-vsys2> ', 'Session target vsys changed to vsys2\r\n'),
    ],
    leave: [says('set system setting target-vsys none', '\r\nann@pa1> ', 'Session target vsys changed to none\r\n')],
  },
] as const;

describe.each(kinds)('a context of $platform', ({ platform, rest, name, inside, enter, leave }) => {
  test('is entered for one command, and left again', async () => {
    const replies = [...enter, says('show x', inside, 'x\r\n'), ...leave, says('show y', rest, 'y\r\n')];
    await inEverySplit(rest, replies, async (device) => {
      const session = await openSession(device, { platform });
      expect(await session.sendCommand('show x', { context: name })).toMatchObject({ output: 'x', prompt: inside });
      expect((await session.sendCommand('show y')).prompt).toBe(rest);
      expect(device.written).toBe(replies.map(({ to }) => to).join(''));
    });
  });

  test('of the target is where all commands are typed, entered once', async () => {
    const device = new ScriptedDevice(rest, [...enter, says('show x', inside), says('show y', inside)]);
    const session = await openSession(device, { platform, context: name });
    await session.sendCommand('show x');
    expect(await session.sendCommand('show y')).toMatchObject({ ok: true, prompt: inside });
  });
});

describe.concurrent('a context', () => {
  const asa = { platform: 'cisco_asa' };

  test('that the device does not know is an error, and the session goes on where it was', async () => {
    const device = new ScriptedDevice('fw# ', [
      says('changeto context red', 'fw# ', 'ERROR: Context red does not exist\r\n'),
      says('show x', 'fw# '),
    ]);
    const session = await openSession(device, asa);
    const error = await failure(session.sendCommand('show x', { context: 'red' }));
    expect(error).toMatchObject({ code: 'enable_refused' });
    expect(error.message).toContain("no security context 'red': ERROR: Context red does not exist");
    expect(await session.sendCommand('show x')).toMatchObject({ ok: true, prompt: 'fw# ' });
  });

  test('of another name than was asked for is an error', async () => {
    const device = new ScriptedDevice('fw# ', [
      says('changeto context red', 'fw/blue# '),
      says('changeto system', 'fw# '),
    ]);
    const error = await failure((await openSession(device, asa)).sendCommand('show x', { context: 'red' }));
    expect(error.message).toContain("its prompt shows 'blue'");
    expect(device.written).not.toContain('show x');
  });

  test('that is not left again drops the connection', async () => {
    const device = new ScriptedDevice('fw# ', [
      says('changeto context red', 'fw/red# '),
      says('show x', 'fw/red# '),
      says('changeto system', 'fw/red# ', 'ERROR: no\r\n'),
    ]);
    const session = await openSession(device, asa);
    const error = await failure(session.sendCommand('show x', { context: 'red' }));
    expect(error).toMatchObject({ code: 'unexpected_prompt' });
    expect(await failure(session.sendCommand('show x'))).toMatchObject({ code: 'session_closed' });
  });

  test('is changed from one to another by way of the device itself', async () => {
    const replies = [
      says('changeto context red', 'fw/red# '),
      says('show x', 'fw/red# '),
      says('changeto system', 'fw# '),
      says('changeto context blue', 'fw/blue# '),
      says('show x', 'fw/blue# '),
      says('changeto system', 'fw# '),
    ];
    const device = new ScriptedDevice('fw# ', replies);
    const session = await openSession(device, { ...asa, context: 'red' });
    await session.sendCommand('show x');
    await session.sendCommand('show x', { context: 'blue' });
    expect(device.written).toBe(replies.map(({ to }) => to).join(''));
  });

  test('is where a configuration is typed, and left after it', async () => {
    const replies = [
      ...kinds[0].enter,
      says('config system interface', 'FG (interface) # '),
      says('edit port1', 'FG (port1) # '),
      says('set alias x', 'FG (port1) # '),
      says('end', '\r\nFG (blue) # '),
      ...kinds[0].leave,
    ];
    const device = new ScriptedDevice('FG # ', replies);
    const session = await openSession(device, { platform: 'fortinet' });
    const lines = ['config system interface', ' edit port1', '  set alias x', 'end'].map((line) => line.trim());
    expect(await session.sendConfig(lines, { context: 'blue' })).toMatchObject({ ok: true });
    expect(device.written).toBe(replies.map(({ to }) => to).join(''));
  });

  test('keeps a candidate that waits for its commit', async () => {
    const [, , junos] = kinds;
    const config = '\r\n[edit]\r\nann@mx1:blue# ';
    const replies = [
      ...junos.enter,
      says('configure exclusive', config, 'warning: x\r\nEntering configuration mode\r\n'),
      says('set a', config),
      says('commit', config, 'commit complete\r\n'),
      says('exit configuration-mode', '\r\nann@mx1:blue> ', 'Exiting configuration mode\r\n'),
      ...junos.leave,
    ];
    const device = new ScriptedDevice('ann@mx1> ', replies);
    const session = await openSession(device, { platform: 'juniper_junos' });
    expect(await session.sendConfig(['set a'], { context: 'blue' })).toMatchObject({ ok: true, pending: true });
    expect(await failure(session.sendCommand('show x', { context: 'red' }))).toMatchObject({ code: 'bad_option' });
    expect(await session.commit()).toMatchObject({ ok: true });
    expect(device.written).toBe(replies.map(({ to }) => to).join(''));
  });

  test.each([
    ['that is not in the list', VDOMS.replaceAll('blue', 'blue2'), "'diagnose sys vd list' does not show it"],
    ['whose name only looks like one in the list', VDOMS.replaceAll('blue', 'bl.e'), 'does not show it'],
    [
      'where the list is refused',
      "command parse error before 'vd'\r\nCommand fail. Return code -61\r\n",
      "command parse error before 'vd'",
    ],
  ])('that entering would make is not entered: one %s', async (_what, list, why) => {
    const [fortinet] = kinds;
    const replies = [
      says('config global', '\r\nFG (global) # '),
      says('diagnose sys vd list', 'FG (global) # ', `${list}\r\n`),
      says('end', '\r\nFG # '),
      says('show x', 'FG # '),
    ];
    const device = new ScriptedDevice('FG # ', replies);
    const session = await openSession(device, fortinet);
    const error = await failure(session.sendCommand('show x', { context: 'blue' }));
    expect(error).toMatchObject({ code: 'enable_refused' });
    expect(error.message).toContain("no VDOM 'blue'");
    expect(error.message).toContain(why);
    expect(await session.sendCommand('show x')).toMatchObject({ ok: true, prompt: 'FG # ' });
    expect(device.written).toBe(replies.map(({ to }) => to).join(''));
  });

  test('that nobody may list is not entered: the device has no such commands', async () => {
    const replies = [
      says('config global', 'FG # ', "command parse error before 'global'\r\nCommand fail. Return code 1\r\n\r\n"),
      says('show x', 'FG # '),
    ];
    const device = new ScriptedDevice('FG # ', replies);
    const session = await openSession(device, { platform: 'fortinet' });
    const error = await failure(session.sendCommand('show x', { context: 'blue' }));
    expect(error.message).toContain("no VDOM 'blue': command parse error before 'global'");
    expect(await session.sendCommand('show x')).toMatchObject({ ok: true });
    expect(device.written).toBe(replies.map(({ to }) => to).join(''));
  });

  test('with a mistyped name leaves a simulated firewall as it was', async () => {
    await using stage = await temporaryLab({
      devices: [{ name: 'fw-1', platform: 'fortinet', variant: 'vdom', transport: 'ssh' }],
    });
    const { platform, password, secret: _secret, ...where } = stage.first;
    await using session = await connect(
      { ...where, platform, password: new Secret(password) },
      { hostKeys: { policy: 'off' }, timeouts: { idleMs: 5_000 } },
    );
    const before = await session.sendCommand('show');
    expect(await failure(session.sendCommand('show', { context: 'rooot' }))).toMatchObject({ code: 'enable_refused' });
    expect((await session.sendCommand('show')).output).toBe(before.output);
    expect(stage.lab.commandsOf('fw-1')).not.toContain('config vdom');
    expect(await session.sendCommand('show', { context: 'root' })).toMatchObject({ ok: true });
  });

  test.each([
    ['on a platform that has none', 'cisco_ios', 'red', 'not_supported'],
    ['with a blank in its name', 'cisco_asa', 'red blue', 'bad_option'],
    ['with a line in its name', 'cisco_asa', 'red\rreload', 'bad_option'],
  ])('%s sends nothing', async (_what, platform, context, code) => {
    const device = new ScriptedDevice('fw# ');
    const session = await openSession(device, { platform });
    expect(await failure(session.sendCommand('show x', { context }))).toMatchObject({ code });
    expect(device.written).toBe('');
  });
});
