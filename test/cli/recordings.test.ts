import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readRecording } from 'rollcall/session';
import { describe, expect, test } from 'vitest';
import { Place, type Running, until } from './cli.ts';

const place = new Place();

/** Serves a recording until the test is over, and returns the inventory of it. */
async function serve(file: string, flags: readonly string[] = []): Promise<Running & { readonly inventory: string }> {
  const inventory = `${file.replaceAll(/[^\w-]/g, '_')}.yaml`;
  const running = place.start(['replay', file, '--inventory-out', inventory, ...flags], { deadlineMs: 60_000 });
  place.afterwards(async () => {
    running.child.kill();
    await running.ended;
  });
  await until(() => expect(running.stdout()).toContain('Ctrl-C stops.'));
  return { ...running, inventory };
}

const COMMANDS = ['show version', 'show ip interface brief', 'show running-config', 'show bogus'];

describe.concurrent('run --record', () => {
  test.each(['ssh', 'telnet'] as const)(
    'what is replayed over %s answers the same commands the same',
    async (transport) => {
      const lab = await place.lab(`same-${transport}`, {
        devices: 1,
        transport,
        password: 'login-pass',
        secret: 'enable-pass',
      });
      const folder = `same-${transport}`;
      const first = await place.run(['run', ...COMMANDS, '-i', lab.file, '--record', folder]);
      const { inventory } = await serve(`${folder}/R1.rec`);
      const again = await place.run(['run', ...COMMANDS, '-i', inventory, '--host-keys', 'off']);
      const text = readFileSync(place.path(folder, 'R1.rec'), 'utf8');
      expect(text).not.toMatch(/login-pass|enable-pass|\$1\$/);
      // The hashes of its users are the one thing that the replay does not know.
      expect(again.stdout).toBe(first.stdout.replace(/(secret 5) \S+/g, '$1 [secret]'));
      expect([first.code, again.code]).toEqual([1, 1]);
    },
  );

  test.each(['loop', 'threads', 'processes'])(
    'a file for each device, with a name that is safe (%s)',
    async (executor) => {
      const lab = await place.lab(`names-${executor}`, { devices: 2 });
      const [one, two] = lab.devices;
      const rest = 'device_type: cisco_ios, host: 127.0.0.1, username: cisco, password: cisco';
      place.file(
        `names-${executor}.yaml`,
        `- { name: ../../etc/r1, port: ${one?.port}, ${rest} }\n- { name: R/2, port: ${two?.port}, ${rest} }\n`,
      );
      const args = [
        'run',
        'show clock',
        '-i',
        `names-${executor}.yaml`,
        '--record',
        `rec/${executor}`,
        '--executor',
        executor,
      ];
      expect(await place.run(args)).toMatchObject({ code: 0 });
      const files = readdirSync(place.path('rec', executor)).sort();
      expect(files).toEqual(['R_2.rec', 'etc_r1.rec']);
      for (const file of files) {
        const { cut, header } = readRecording(place.path('rec', executor, file));
        expect([cut, header.device]).toEqual([undefined, file === 'R_2.rec' ? 'R/2' : '../../etc/r1']);
        if (process.platform !== 'win32') expect(statSync(place.path('rec', executor, file)).mode & 0o777).toBe(0o600);
      }
    },
  );

  test('a folder that cannot be written to is told before any device is called', async () => {
    const lab = await place.lab('nowhere', { devices: 1 });
    place.file('a-file', '');
    const { code, stderr } = await place.run(['run', 'show clock', '-i', lab.file, '--record', 'a-file/x']);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^rollcall: the recording cannot be written to a-file\/x\/R1\.rec: /),
    ]);
    expect(lab.counters.connections).toBe(0);
  });

  test.skipIf(process.platform !== 'linux')('a disk that is full loses no answer, and is told loudly', async () => {
    const lab = await place.lab('full', { devices: 1 });
    // A file may have 1,024 bytes: what is more is refused as a full disk is.
    const under = ['bash', '-c', 'ulimit -f 1; exec "$@"', 'bash'];
    const env = { NODE_DISABLE_COMPILE_CACHE: '1' };
    const args = ['run', 'show version', 'show running-config', 'show clock', '-i', lab.file, '--record', 'full'];
    const { code, stdout, stderr } = await place.run(args, { under, env });
    expect(stdout).toMatch(/^R1#show clock\n\*/m);
    expect(stderr).toMatch(/^R1: not recorded from here on: full\/R1\.rec: /m);
    expect(stderr).toMatch(/^rollcall: 1 of 1 recordings are not whole$/m);
    expect(code).toBe(3);
    expect(readRecording(place.path('full', 'R1.rec')).cut).toMatch(/the recording ends here in the middle/);
  });

  test.skipIf(process.platform === 'win32')('a program that is killed leaves what has passed until then', async () => {
    const lab = await place.lab('killed', { devices: [{ faults: ['hang_mid_answer'], faultAt: 3 }] });
    const running = place.start([
      'run',
      'show clock',
      'show ip interface brief',
      'show version',
      '-i',
      lab.file,
      '--record',
      'killed',
    ]);
    await until(() => expect(lab.commandsOf('R1')).toContain('show version'));
    await until(() => expect(readFileSync(place.path('killed', 'R1.rec'), 'utf8')).toContain('"show version\\r\\n"'));
    running.child.kill('SIGKILL');
    await running.ended;
    const { cut, entries } = readRecording(place.path('killed', 'R1.rec'));
    expect(cut).toMatch(/it has no end line|its last line is broken/);
    expect(entries.length).toBeGreaterThan(10);
    const { inventory, stderr } = await serve('killed/R1.rec');
    expect(stderr()).toContain('rollcall: warning: killed/R1.rec:');
    const args = [
      'run',
      'show clock',
      'show ip interface brief',
      'show version',
      '-i',
      inventory,
      '--host-keys',
      'off',
    ];
    const again = await place.run(args);
    expect([again.code, again.stdout]).toEqual([
      1,
      expect.stringMatching(/^R1#show clock\n\*.*\nR1#show ip interface brief\nInterface/),
    ]);
    expect(stderr()).toMatch(/^rollcall: killed\/R1\.rec:\d+: the recording ends here in the middle: /m);
  });
});

describe.concurrent('replay', () => {
  test('input that the recording does not hold is told on both sides', async () => {
    const lab = await place.lab('other', { devices: 1, transport: 'telnet' });
    await place.run(['run', 'show clock', '-i', lab.file, '--record', 'other']);
    const { inventory, stderr } = await serve('other/R1.rec');
    const { code, stdout } = await place.run(['run', 'show version', '-i', inventory, '--format', 'json']);
    expect(code).toBe(1);
    const says = /other\/R1\.rec:\d+: recorded is the input "show clock\\r"; what came is "show version\\r"/;
    expect(stderr()).toMatch(says);
    const [{ error }] = JSON.parse(stdout) as [{ error: { code: string; details: { lastReceived: string } } }];
    expect([error.code, error.details.lastReceived]).toEqual(['closed', expect.stringMatching(says)]);
  });

  test('a recording of SSH can be served over telnet, and stops in order', async () => {
    const lab = await place.lab('moved', { devices: 1, privilege: 15, secret: '' });
    await place.run(['run', 'show version', '-i', lab.file, '--record', 'moved']);
    const { inventory, child, ended } = await serve('moved/R1.rec', ['--transport', 'telnet']);
    expect(readFileSync(place.path(inventory), 'utf8')).toContain('device_type: cisco_ios_telnet');
    expect(await place.run(['run', 'show version', '-i', inventory])).toMatchObject({ code: 0 });
    if (process.platform === 'win32') return;
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0 });
  });

  test.each([
    ['none.txt', 'show clock\n', /^rollcall: none\.txt:1: no recording: expected the line 'rollcall-recording 1'/],
    ['wrong.rec', 'rollcall-recording 1\ndevice R1\n', /^rollcall: wrong\.rec:2: expected one of device, host/],
  ])('%s is wrong usage', async (name, text, message) => {
    place.file(name, text);
    const { code, stderr } = await place.run(['replay', name, '--inventory-out', `${name}.yaml`]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  test('no file, and somebody else’s inventory, are wrong usage', async () => {
    const none = await place.run(['replay', 'none.rec', '--inventory-out', 'none.yaml']);
    expect([none.code, none.stderr]).toEqual([2, expect.stringMatching(/cannot read the recording none\.rec: ENOENT/)]);
    place.file('mine.yaml', 'mine: 1\n');
    const mine = await place.run(['replay', 'none.rec', '--inventory-out', 'mine.yaml']);
    expect([mine.code, mine.stderr]).toEqual([
      2,
      expect.stringMatching(/mine\.yaml is not from a lab and is not overwritten/),
    ]);
  });
});
