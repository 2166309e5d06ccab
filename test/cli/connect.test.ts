import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { readRecording } from 'rollcall/session';
import { beforeAll, describe, expect, test } from 'vitest';
import { needOrSkip } from '../real/needs.ts';
import { Place, until } from './cli.ts';
import { Terminal } from './tmux.ts';

const place = new Place();

describe('without a terminal', () => {
  test('connect is refused, and says what to use', async () => {
    const { code, stderr } = await place.run(['connect', 'R1', '-i', 'none.yaml']);
    expect([code, stderr]).toEqual([
      2,
      'rollcall: connect needs a terminal on standard input and output; without one, use: rollcall run COMMAND -i FILE\n',
    ]);
  });
});

describe.concurrent('on a terminal', () => {
  needOrSkip('terminal');
  let lab: Awaited<ReturnType<Place['lab']>>;
  beforeAll(async () => {
    const settings = { password: 'login-pass', secret: 'enable-pass' };
    lab = await place.lab('two', {
      devices: [
        { ...settings, name: 'R1' },
        { ...settings, name: 'R2', transport: 'telnet' },
        { name: 'R3', port: 0, faults: ['refuse'] },
        { ...settings, name: 'R4', faults: ['hang_mid_answer'] },
      ],
    });
  });
  const after = "stty -a | tr ' ;' '\\n\\n' | grep -x -e '-\\?isig' -e '-\\?icanon' -e '-\\?echo'";
  const connect = (...args: string[]): Promise<Terminal> =>
    Terminal.start(place, ['connect', ...args, '-i', lab.file], { after });
  /** What a shell that comes after finds: keys are echoed line by line, and Ctrl-C is a signal. */
  const RESTORED = /^isig\nicanon\necho$/m;

  test.each(['R1', 'R2'])('%s: one is at the prompt of privileged mode, types, and leaves with ~.', async (name) => {
    const terminal = await connect(name);
    await terminal.shows(new RegExp(`^${name}#\\s*$`, 'm'));
    await terminal.press('show clock', 'Enter');
    await terminal.shows(/^R\d#show clock\n\*\d/m);
    await terminal.press('~.');
    const { code, screen } = await terminal.ended();
    expect([code, screen]).toEqual([
      0,
      expect.stringMatching(new RegExp(`rollcall: the connection to ${name} was closed$`, 'm')),
    ]);
    expect(screen).toMatch(RESTORED);
    expect(screen).not.toMatch(/login-pass|enable-pass/);
  });

  test('the device has closed it', async () => {
    const terminal = await connect('R1');
    await terminal.shows(/^R1#\s*$/m);
    await terminal.press('exit', 'Enter');
    const { code, screen } = await terminal.ended();
    expect([code, screen]).toEqual([0, expect.stringMatching(/^rollcall: R1 closed the connection$/m)]);
    expect(screen).toMatch(RESTORED);
  });

  test('keys that a shell would take for itself go to the device', async () => {
    const terminal = await connect('R1');
    await terminal.shows(/^R1#\s*$/m);
    await terminal.press('configure terminal', 'Enter');
    await terminal.shows(/^R1\(config\)#\s*$/m);
    await terminal.press('C-z');
    await until(async () => expect((await terminal.screen()).trimEnd()).toMatch(/\nR1#$/));
    await terminal.press('sho', 'Tab');
    await terminal.shows(/^R1#show$/m);
    await terminal.press('C-c');
    await until(async () => expect((await terminal.screen()).trimEnd()).toMatch(/\nR1#$/));
    await terminal.press('~?');
    await terminal.shows(/^rollcall: at the beginning of a line ~\. closes the connection/m);
    await terminal.press('~.');
    expect((await terminal.ended()).code).toBe(0);
  });

  test('by address, without login, and with a recording without the password that was typed', async () => {
    const { port } = lab.devices.find(({ name }) => name === 'R2') ?? { port: 0 };
    const terminal = await connect(`127.0.0.1:${port}`, '--no-login', '--record', 'hand/R2.rec');
    await terminal.shows(/^Username:/m);
    await terminal.press('cisco', 'Enter');
    await terminal.shows(/^Password:/m);
    await terminal.press('login-pass', 'Enter');
    await terminal.shows(/^R2>\s*$/m);
    await terminal.press('~.');
    expect((await terminal.ended()).code).toBe(0);
    const text = readFileSync(place.path('hand', 'R2.rec'), 'utf8');
    expect(text).not.toContain('login-pass');
    const { cut, header } = readRecording(place.path('hand', 'R2.rec'));
    expect([cut, header.device]).toEqual([undefined, 'R2']);
  });

  test('what was typed key by key and recorded is replayed to whoever types the same', async () => {
    const terminal = await connect('R1', '--record', 'by-hand.rec');
    await terminal.shows(/^R1#\s*$/m);
    for (const key of 'show clock') await terminal.press('-l', key);
    await terminal.press('Enter');
    const [clock = ''] = /^\*\d.*$/m.exec(await terminal.shows(/^\*\d/m)) ?? [];
    await terminal.press('exit', 'Enter');
    expect((await terminal.ended()).code).toBe(0);
    expect(readFileSync(place.path('by-hand.rec'), 'utf8')).not.toMatch(/login-pass|enable-pass/);
    const replay = place.start(['replay', 'by-hand.rec', '--inventory-out', 'by-hand.yaml'], { deadlineMs: 60_000 });
    await until(() => expect(replay.stdout()).toContain('Ctrl-C stops.'));
    const again = await Terminal.start(place, ['connect', 'R1', '-i', 'by-hand.yaml', '--host-keys', 'off']);
    await again.shows(/^R1#\s*$/m);
    await again.press('show clock', 'Enter');
    expect(await again.shows(/^\*\d/m)).toContain(`R1#show clock\n${clock}\n`);
    await again.press('show version', 'Enter');
    const { code, screen } = await again.ended();
    // tmux breaks the line.
    expect([code, screen.replaceAll('\n', '')]).toEqual([
      0,
      expect.stringMatching(/% replay: by-hand\.rec:\d+: recorded is the input "exit\\r"; what came is "s/),
    ]);
    replay.child.kill();
    await replay.ended;
  });

  test('the size of the window reaches the device', async () => {
    // A shell of the lab's devices wraps at the width that it was told last.
    const terminal = await connect('R1');
    await terminal.shows(/^R1#\s*$/m);
    await terminal.resize(60, 20);
    await terminal.press('show terminal', 'Enter');
    await terminal.shows(/Length: 20 lines, Width: 60 columns/);
    await terminal.press('~.');
    await terminal.ended();
  });

  test('SIGTERM gives the terminal back', async () => {
    const terminal = await connect('R1');
    await terminal.shows(/^R1#\s*$/m);
    process.kill(await terminal.pid(), 'SIGTERM');
    const { code, screen } = await terminal.ended();
    expect(code).toBe(143);
    expect(screen).toMatch(RESTORED);
  });

  test.runIf(process.platform === 'linux')(
    'one that was stopped and goes on had a terminal that was not raw any more',
    async () => {
      const terminal = await connect('R1');
      await terminal.shows(/^R1#\s*$/m);
      const pid = await terminal.pid();
      const tty = readlinkSync(`/proc/${pid}/fd/0`);
      process.kill(pid, 'SIGSTOP');
      // As a shell does that takes its terminal back.
      spawnSync('stty', ['-F', tty, 'sane']);
      process.kill(pid, 'SIGCONT');
      await until(() => expect(String(spawnSync('stty', ['-F', tty, '-a']).stdout)).toMatch(/-icanon/));
      await terminal.press('~.');
      expect((await terminal.ended()).code).toBe(0);
    },
  );

  test('Ctrl-C before the prompt ends it', async () => {
    const terminal = await connect('R4');
    await until(() => expect(lab.countersOf('R4').connected).toBe(1));
    await terminal.press('C-c');
    const { code, screen } = await terminal.ended();
    expect(code).toBe(130);
    expect(screen).toMatch(RESTORED);
  });

  test('a device that cannot be reached is told, with 1', async () => {
    const { code, screen } = await (await connect('R3')).ended();
    expect([code, screen]).toEqual([1, expect.stringMatching(/^rollcall: 127\.0\.0\.1:\d+: the port is closed/m)]);
  });

  test('a name that the inventory has not is told with the nearest one, and nothing is connected', async () => {
    const { code, screen } = await (await connect('R11')).ended();
    expect([code, screen]).toEqual([
      2,
      expect.stringMatching(/^rollcall: the inventory has no device 'R11'; did you mean 'R1'/m),
    ]);
  });
});
