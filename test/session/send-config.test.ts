import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DeviceSettings, startLab } from 'rollcall/lab';
import { connect, Secret } from 'rollcall/session';
import { afterAll, describe, expect, test } from 'vitest';
import { loadPlatform, type Platform } from '#dist/platforms/index.js';
import { failure } from './failure.ts';
import { inEverySplit, openSession, type Reply, ScriptedDevice } from './scripted-device.ts';
import { SteppedLine } from './stepped-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ios: Platform = {
  ...loadPlatform('cisco_ios'),
  ahead: [String.raw`^ip route `],
  blocks: [{ start: String.raw`^banner \w+ (?<delimiter>\^C|\S)` }, { start: '^script$', end: 'EOF' }],
};
const enter: Reply = { to: 'configure terminal\r', says: 'configure terminal\r\nR1(config)#' };
const leave: Reply = { to: 'end\r', says: 'end\r\nR1#' };
const takes = (line: string, prompt = 'R1(config)#'): Reply => ({ to: `${line}\r`, says: `${line}\r\n${prompt}` });
const refuses = (line: string, column: number, prompt = 'R1(config)#'): Reply => ({
  to: `${line}\r`,
  says: `${line}\r\n${' '.repeat(prompt.length + column - 1)}^\r\n% Invalid input detected at '^' marker.\r\n\r\n${prompt}`,
});

const open = (device: ScriptedDevice | SteppedLine, rest = {}) => openSession(device, { platform: ios, ...rest });

/** A router in memory that takes whatever it is sent, but for what begins with `bad`. */
function router(): SteppedLine {
  let prompt = 'R1#';
  return new SteppedLine('\r\nR1#', (line) => {
    if (line === 'configure terminal') prompt = 'R1(config)#';
    if (line === 'end') prompt = 'R1#';
    return line.startsWith('bad') || line.includes('300') ? `% Invalid input\r\n${prompt}` : prompt;
  });
}

describe.concurrent('configuration lines', () => {
  const text = '! the uplink\n\ninterface Lo0\r\n\tdescription x\n! done\nip routing\n';
  const typed = [enter, takes('interface Lo0', 'R1(config-if)#'), takes(' description x', 'R1(config-if)#')];

  test('may be a text: comments and empty lines are not sent, and its numbers are told', async () => {
    const replies = [...typed, takes('ip routing'), leave];
    await inEverySplit('R1#', replies, async (device) => {
      const { ok, responses } = await (await open(device)).sendConfig(text);
      expect(ok).toBe(true);
      expect(responses.map(({ line, command }) => [line, command])).toEqual([
        [3, 'interface Lo0'],
        [4, ' description x'],
        [6, 'ip routing'],
      ]);
      expect(device.written).toBe(replies.map(({ to }) => to).join(''));
    });
  });

  test('may be a file', async () => {
    const file = join(folder, 'r1.cfg');
    writeFileSync(file, `\ufeff${text}`);
    const session = await open(new ScriptedDevice('R1#', [...typed, takes('ip routing'), leave]));
    expect((await session.sendConfig({ file })).responses.map(({ line }) => line)).toEqual([3, 4, 6]);
    const error = await failure(session.sendConfig({ file: join(folder, 'nowhere.cfg') }));
    expect(error).toMatchObject({ code: 'bad_option', phase: 'configure' });
    expect(error.message).toContain('nowhere.cfg');
  });

  test('that begin with !! are no comments: some platforms store them', async () => {
    const device = new ScriptedDevice('R1#', [enter, takes('!! mind the gap'), leave]);
    const { responses } = await (await open(device)).sendConfig(['!! mind the gap', '!', '#', '  ! x']);
    expect(responses).toHaveLength(1);
  });

  test('where one is refused tell its number, and the column that the device points at', async () => {
    const device = new ScriptedDevice('R1#', [...typed, refuses('ip rooting', 4, 'R1(config-if)#'), leave]);
    const { ok, refusedLine, responses } = await (await open(device)).sendConfig(text.replace('routing', 'rooting'));
    expect([ok, refusedLine]).toEqual([false, 6]);
    expect(responses.at(-1)).toMatchObject({ line: 6, column: 4, ok: false, command: 'ip rooting' });
  });

  test('behind a refused line go on where that is wanted, but not with its children', async () => {
    const lines = [
      'interface Bad0',
      ' description x',
      '  deeper',
      ' shutdown',
      'ip routing',
      'interface Lo0',
      ' mtu 1',
    ];
    const device = new ScriptedDevice('R1#', [
      enter,
      refuses('interface Bad0', 11),
      takes('ip routing'),
      takes('interface Lo0', 'R1(config-if)#'),
      takes(' mtu 1', 'R1(config-if)#'),
      leave,
    ]);
    const result = await (await open(device)).sendConfig(lines, { onRefusal: 'continue' });
    expect(result).toMatchObject({ ok: false, refusedLine: 1, skippedLines: [2, 3, 4] });
    expect(result.responses.map(({ line }) => line)).toEqual([1, 5, 6, 7]);
  });

  test('whose refusals are to be ignored all count as taken', async () => {
    const device = new ScriptedDevice('R1#', [enter, refuses('no x', 4), takes('ip routing'), leave]);
    const result = await (await open(device)).sendConfig(['no x', 'ip routing'], { refusals: 'ignore' });
    expect(result).toMatchObject({ ok: true });
  });

  test('behind one that leaves the mode are not typed as commands', async () => {
    const device = new ScriptedDevice('R1#', [enter, takes('end', 'R1#')]);
    const error = await failure((await open(device)).sendConfig(['end', 'reload']));
    expect(error).toMatchObject({ code: 'unexpected_prompt', phase: 'configure' });
    expect(error.message).toContain(
      "line 1 ('end') left the mode of configuration; the 1 lines behind it were not sent",
    );
    expect(device.written).toBe('configure terminal\rend\r');
  });

  test('may end with the line that leaves the mode', async () => {
    const device = new ScriptedDevice('R1#', [enter, takes('ip routing'), leave]);
    expect(await (await open(device)).sendConfig(['ip routing', 'end'])).toMatchObject({ ok: true });
  });

  test('on a platform that has no mode of configuration are typed where the session is', async () => {
    const platform: Platform = { ...ios, modes: { exec: { prompt: '^(?<host>R1)>$', enter: [] } } };
    const device = new ScriptedDevice('R1>', [takes('/ip address add x', 'R1>')]);
    expect(await (await open(device, { platform })).sendConfig(['/ip address add x'])).toMatchObject({ ok: true });
    expect(device.written).toBe('/ip address add x\r');
  });

  test('go to an exclusive mode where the platform has one, and nowhere where it has none', async () => {
    const device = new ScriptedDevice('R1#', [
      { to: 'configure exclusive\r', says: 'configure exclusive\r\nR1(ex)#' },
      takes('ip routing', 'R1(ex)#'),
      leave,
    ]);
    const platform: Platform = {
      ...ios,
      modes: {
        privileged: { prompt: '^(?<host>R1)#$', enter: [] },
        'config-exclusive': {
          prompt: String.raw`^(?<host>R1)\(ex\)#$`,
          enter: [{ from: 'privileged', send: 'configure exclusive', refusals: [] }],
          leave: { send: 'end' },
        },
      },
    };
    const session = await open(device, { platform });
    expect(await failure(session.sendConfig(['x'], { mode: 'config-private' }))).toMatchObject({
      code: 'no_such_mode',
    });
    expect(await session.sendConfig(['ip routing'], { mode: 'config-exclusive' })).toMatchObject({ ok: true });
    expect(session.mode).toBe('privileged');
  });

  test.each<[string, object]>([
    ['onRefusal', { onRefusal: 'maybe' }],
    ['window', { window: 0 }],
    ['window', { window: 1.5 }],
    ['mode', { mode: 'privileged' }],
  ])('with a wrong %s send nothing', async (name, options) => {
    const device = new ScriptedDevice('R1#');
    const error = await failure((await open(device)).sendConfig(['x'], options));
    expect(error).toMatchObject({ code: 'bad_option', message: expect.stringContaining(name) });
    expect(device.written).toBe('');
  });

  test('one of which cannot be sent send nothing, and its number is told', async () => {
    const device = new ScriptedDevice('R1#');
    const error = await failure((await open(device)).sendConfig('ip routing\nip rout?\n'));
    expect(error).toMatchObject({ code: 'bad_command', message: expect.stringContaining('line 2: ') });
    expect(device.written).toBe('');
  });
});

describe.concurrent('a mode of configuration with levels', () => {
  const says = (line: string, prompt: string, answer = ''): Reply => ({
    to: `${line}\r`,
    says: `${line}\r\n${answer}${prompt}`,
  });

  test('is left level by level, until the device is where it was', async () => {
    const replies = [
      says('config system interface', 'FG (interface) # '),
      says('edit port1', 'FG (port1) # '),
      says('end', 'FG (interface) # '),
      says('end', 'FG # '),
    ];
    const device = new ScriptedDevice('FG # ', replies);
    const session = await open(device, { platform: 'fortinet' });
    expect(await session.sendConfig(['config system interface', 'edit port1'])).toMatchObject({ ok: true });
    expect(session.findPrompt()).toBe('FG # ');
  });

  test('is left without what was not applied yet, after a line was refused', async () => {
    const replies = [
      says('config system interface', 'FG (interface) # '),
      says('edit port1', 'FG (port1) # '),
      says('set bogus', 'FG (port1) # ', "command parse error before 'bogus'\r\nCommand fail. Return code -61\r\n\r\n"),
      says('abort', 'FG # '),
    ];
    const device = new ScriptedDevice('FG # ', replies);
    const lines = ['config system interface', 'edit port1', 'set bogus', 'end'];
    const result = await (await open(device, { platform: 'fortinet' })).sendConfig(lines);
    expect(result).toMatchObject({ ok: false, refusedLine: 3 });
    expect(device.written).toBe(replies.map(({ to }) => to).join(''));
  });

  test('whose prompt does not tell how it was entered is entered by the way that was asked for', async () => {
    const config = '\r\n[edit]\r\nann@mx1# ';
    const replies = [
      says('configure private', config, 'Entering configuration mode\r\n'),
      says('set a', config),
      says('set b', config),
    ];
    const device = new ScriptedDevice('ann@mx1> ', replies);
    const session = await open(device, { platform: 'juniper_junos' });
    const first = await session.sendConfig(['set a'], { mode: 'config-private' });
    expect(first).toMatchObject({ ok: true, pending: true });
    expect(await session.sendConfig(['set b'], { mode: 'config-private' })).toMatchObject({ ok: true });
    const error = await failure(session.sendConfig(['set c'], { mode: 'config-exclusive' }));
    expect(error).toMatchObject({ code: 'no_such_mode' });
    expect(device.written).toBe(replies.map(({ to }) => to).join(''));
  });
});

describe.concurrent('a block of text', () => {
  const text = ['*** R1(config)# ***', 'R1(config)#', '', 'R1#show run', 'Go away? [confirm]', '! no comment'];
  const lines = ['banner motd ^', ...text, '^', 'ip routing'];
  const echoed = [...text, '^'].map((line) => `${line}\r\n`).join('');
  const replies: Reply[] = [
    enter,
    { to: 'banner motd ^\r', says: "banner motd ^\r\nEnter TEXT message.  End with the character '^'.\r\n" },
    { to: [...text, '^'].map((line) => `${line}\r`).join(''), says: `${echoed}R1(config)#` },
    takes('ip routing'),
    leave,
  ];

  test('is sent at once and ends at its delimiter, whatever its lines look like', async () => {
    await inEverySplit('R1#', replies, async (device) => {
      const { ok, responses } = await (await open(device)).sendConfig(lines);
      expect(ok).toBe(true);
      expect(responses.map(({ line }) => line)).toEqual([1, 9]);
      expect(device.written).toBe(replies.map(({ to }) => to).join(''));
    });
  });

  test('whose text reads like a refusal was taken for one', async () => {
    const device = new ScriptedDevice('R1#', [
      enter,
      { to: 'banner motd @\r', says: 'banner motd @\r\nEnter TEXT message.\r\n' },
      {
        to: '   ^\r% Invalid input is what you get here\r@\r',
        says: '   ^\r\n% Invalid input is what you get here\r\n@\r\nR1(config)#',
      },
      leave,
    ]);
    const said = await (await open(device)).sendConfig([
      'banner motd @',
      '   ^',
      '% Invalid input is what you get here',
      '@',
    ]);
    expect(said).toMatchObject({ ok: true, responses: [{ ok: true }] });
    expect(said.responses[0]?.output).toContain('% Invalid input is what you get here');
  });

  test('that the device refuses behind its text is refused', async () => {
    const device = new ScriptedDevice('R1#', [
      enter,
      { to: 'banner motd @\r', says: 'banner motd @\r\nEnter TEXT message.\r\n' },
      { to: 'hi\r@\r', says: 'hi\r\n@\r\n% Invalid input: too long\r\nR1(config)#' },
      leave,
    ]);
    const said = await (await open(device)).sendConfig(['banner motd @', 'hi', '@']);
    expect(said).toMatchObject({ ok: false, refusedLine: 1, responses: [{ refusal: '% Invalid input: too long' }] });
  });

  test('that the device refuses is not typed as commands', async () => {
    const device = new ScriptedDevice('R1#', [enter, refuses('banner motd ^', 1), leave]);
    const { ok, refusedLine } = await (await open(device)).sendConfig(lines);
    expect([ok, refusedLine]).toEqual([false, 1]);
    expect(device.written).toBe('configure terminal\rbanner motd ^\rend\r');
  });

  test('that the device takes for commands is an error', async () => {
    const device = new ScriptedDevice('R1#', [
      enter,
      { to: 'banner motd ^\r', says: 'banner motd ^\r\n' },
      { to: 'hi\r^\r', says: 'R1(config)#hi\r\nR1(config)#^\r\nR1(config)#' },
    ]);
    const error = await failure((await open(device)).sendConfig(['banner motd ^', 'hi', '^']));
    expect(error).toMatchObject({ code: 'unexpected_prompt', phase: 'configure' });
    expect(error.message).toContain("took 'hi'");
  });

  test('may end at a word that the platform fixes, and hold what prints help elsewhere', async () => {
    const device = new ScriptedDevice('R1#', [
      enter,
      { to: 'script\r', says: 'script\r\n' },
      { to: 'why?\rEOF\r', says: '> why?\r\n> EOF\r\nR1(config)#' },
      leave,
    ]);
    expect(await (await open(device)).sendConfig('script\nwhy?\nEOF\n')).toMatchObject({ ok: true });
  });

  test('that ends on the line that begins it is a line', async () => {
    const device = new ScriptedDevice('R1#', [enter, takes('banner motd #hi#'), takes('ip routing'), leave]);
    expect((await (await open(device)).sendConfig(['banner motd #hi#', 'ip routing'])).responses).toHaveLength(2);
  });

  test('without an end is not sent, nor is anything before it', async () => {
    const device = new ScriptedDevice('R1#');
    const error = await failure((await open(device)).sendConfig(['ip routing', 'banner motd ^', 'hi']));
    expect(error).toMatchObject({ code: 'bad_command', message: expect.stringContaining('line 2: ') });
    expect(device.written).toBe('');
  });
});

describe.concurrent('lines that are sent ahead', () => {
  const routes = Array.from({ length: 200 }, (_, index) => `ip route 10.0.${index}.0 255.255.255.0 192.0.2.1`);

  test('200 routes with a window of 32 take at most 12 round trips, entering and leaving included', async () => {
    const line = router();
    const session = await open(line);
    const { ok, responses } = await session.sendConfig(routes, { window: 32 });
    expect([ok, responses.length]).toEqual([true, 200]);
    expect(responses.every(({ prompt, output }) => prompt === 'R1(config)#' && output === '')).toBe(true);
    expect(line.lines).toEqual(['configure terminal', ...routes, 'end']);
    expect(line.roundTrips).toBeLessThanOrEqual(12);
  });

  test('one at a time without a window', async () => {
    const line = router();
    await (await open(line)).sendConfig(routes.slice(0, 10));
    expect(line.roundTrips).toBe(12);
  });

  test('only where the data vouches for each of them', async () => {
    const line = router();
    const mixed = [...routes.slice(0, 4), 'hostname R1', ...routes.slice(4, 8)];
    await (await open(line)).sendConfig(mixed, { window: 32 });
    // configure, four routes, hostname, four routes, end.
    expect(line.roundTrips).toBe(5);
  });

  test('tell which of them was refused; those that were under way behind it are answered too', async () => {
    const line = router();
    const lines = [...routes.slice(0, 2), 'ip route 300', ...routes.slice(2, 10)];
    const result = await (await open(line)).sendConfig(lines, { window: 4 });
    expect(result).toMatchObject({ ok: false, refusedLine: 3 });
    expect(result.responses.map(({ ok }) => ok)).toEqual([true, true, false, true]);
    expect(line.lines).toEqual(['configure terminal', ...lines.slice(0, 4), 'end']);
  });

  const two = ['ip route 1', 'ip route 2'];
  const ahead = (says: string): Reply => ({ to: 'ip route 1\rip route 2\r', says });
  const P = 'R1(config)#';

  test('are known by their echoes and prompts, however the bytes are cut', async () => {
    const says = `ip route 1\r\n% Warning: x\r\n${P}ip route 2\r\n${P}`;
    await inEverySplit('R1#', [enter, ahead(says), leave], async (device) => {
      const { responses, dialogue } = await (await open(device)).sendConfig(two, { window: 2 });
      expect(responses.map(({ prompt, command, output }) => [prompt, command, output])).toEqual([
        [P, 'ip route 1', '% Warning: x'],
        [P, 'ip route 2', ''],
      ]);
      expect(dialogue).toBe(`R1#configure terminal\n${P}ip route 1\n% Warning: x\n${P}ip route 2\n${P}end\nR1#`);
    });
  });

  test.each([
    ['a prompt too many', `ip route 1\r\n${P}\r\n${P}ip route 2\r\n${P}`, 'unexpected_prompt'],
    ['a question that the second answered', `ip route 1\r\nSure? [confirm]ip route 2\r\n${P}`, 'echo_missing'],
    ['an echo without its prompt', `ip route 1\r\nip route 2\r\n${P}`, 'echo_missing'],
    ['a prompt of another host', `ip route 1\r\nR2(config)#ip route 2\r\n${P}`, 'echo_missing'],
    ['lines in another order', `ip route 2\r\n${P}ip route 1\r\n${P}`, 'unexpected_prompt'],
    ['a line that is not echoed', `ip route 1\r\n${P}`, 'idle_timeout'],
  ])('with %s are an error, and no answer', async (_what, says, code) => {
    await inEverySplit('R1#', [enter, ahead(says)], async (device) => {
      const session = await open(device, { idleMs: 1_500 });
      const error = await failure(session.sendConfig(two, { window: 2 }));
      expect(error).toMatchObject({ code, phase: 'configure' });
      expect(await failure(session.sendCommand('x'))).toMatchObject({ code: 'session_closed' });
    });
  });
});

describe('a simulated router (lab)', () => {
  async function opened(settings: DeviceSettings = {}) {
    const lab = await startLab({ devices: [settings], stateDirectory: join(folder, 'lab') });
    const [device] = lab.devices;
    if (device === undefined) throw new Error('no device');
    const { host, port, username, password, secret } = device;
    const target = {
      ...{ host, port, username, platform: 'cisco_ios', transport: settings.transport ?? ('ssh' as const) },
      ...{ password: new Secret(password), secret: new Secret(secret) },
    };
    return { lab, session: await connect(target, { hostKeys: { policy: 'off' }, platform: ios }) };
  }

  test.each(['ssh', 'telnet'] as const)(
    'takes a banner that looks like prompts and questions (%s)',
    async (transport) => {
      const { lab, session } = await opened({ transport });
      const text = ['# R1(config)# #', 'R1(config)#', '', 'Proceed? [confirm]', 'R1#'];
      expect(await session.sendConfig(['banner motd ^', ...text, '^'])).toMatchObject({ ok: true });
      const { output } = await session.sendCommand('show running-config | include confirm');
      expect(output).toContain('Proceed? [confirm]');
      await session.close();
      await lab.close();
    },
  );

  test('points at the column of the line that it refuses', async () => {
    const { lab, session } = await opened();
    const { responses } = await session.sendConfig('hostname R1\nip address 1.2.3.4\n');
    expect(responses.at(-1)).toMatchObject({ ok: false, line: 2 });
    expect('ip address 1.2.3.4'.slice((responses.at(-1)?.column ?? 0) - 1)).toMatch(/^(?:ddress|address)/);
    await session.close();
    await lab.close();
  });

  test('takes 200 routes in a window of 32, and they are all there', async () => {
    const { lab, session } = await opened({ transport: 'telnet', latencyMs: 100 });
    const routes = Array.from({ length: 200 }, (_, index) => `ip route 10.1.${index}.0 255.255.255.0 Null0`);
    const began = performance.now();
    const result = await session.sendConfig(routes, { window: 32 });
    const roundTrips = (performance.now() - began) / 100;
    expect([result.ok, result.responses.length]).toEqual([true, 200]);
    // One round trip of the machine's own time is allowed for, beside the nine that it takes.
    expect(Math.floor(roundTrips)).toBeLessThanOrEqual(12);
    const { output } = await session.sendCommand('show running-config | include ^ip route 10.1.');
    expect(output.split('\n')).toHaveLength(200);
    await session.close();
    await lab.close();
  });
});
