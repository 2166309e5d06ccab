import { mkdtempSync, rmSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ReplayLab, startReplay } from 'rollcall/lab';
import { connect, OptionError, Secret } from 'rollcall/session';
import { afterAll, describe, expect, test } from 'vitest';
import { headerText, parseRecording, type Recording } from '#dist/base/index.js';

const stateDirectory = mkdtempSync(join(tmpdir(), 'rollcall-replay-'));
afterAll(() => rmSync(stateDirectory, { recursive: true, force: true }));

const HEADER = headerText({
  device: 'core-1',
  host: '192.0.2.1',
  platform: 'frr',
  transport: 'ssh',
  encoding: 'utf-8',
  started: '2026-11-20T12:00:00.000Z',
  rollcall: '0.1.0',
});
const BODY = [
  ...['0.000 < "R1# "', '0.001 > "terminal length 0\\r"', '0.002 < "terminal length 0\\r\\n"', '0.002 < "R1# "'],
  ...[
    '0.003 > "neighbor P password \\[secret]\\r"',
    '0.004 < "neighbor P password \\[secret]\\r\\n"',
    '0.004 < "R1# "',
  ],
  ...[
    '0.005 > "show b\\xff\\r"',
    '0.006 < "show b\\xff\\r\\n"',
    '0.006 < "\\[secret] \\xff\\xfe ü\\r\\n"',
    '0.006 < "R1# "',
  ],
  ...['0.010 > "exit\\r"', '0.011 end', ''],
].join('\n');
const recording: Recording = parseRecording(HEADER + BODY, 'core.rec');

const serve = (rest: Partial<Parameters<typeof startReplay>[0]> = {}): Promise<ReplayLab> =>
  startReplay({ recording, stateDirectory, ...rest });

const open = ({ device }: ReplayLab, transport: 'ssh' | 'telnet') =>
  connect(
    {
      host: device.host,
      port: device.port,
      platform: 'frr',
      transport,
      username: 'anybody',
      password: new Secret('anything'),
      encoding: 'latin1',
    },
    { hostKeys: { policy: 'off' } },
  );

describe.each(['ssh', 'telnet'] as const)('a recording that is served over %s', (transport) => {
  test('lets everybody in, repeats the secret that is typed now, and keeps every byte', async () => {
    await using lab = await serve({ transport });
    for (let times = 0; times < 2; times++) {
      const session = await open(lab, transport);
      expect(await session.sendCommand('neighbor P password my-own')).toMatchObject({ output: '' });
      const { output } = await session.sendCommand('show bÿ');
      expect(output).toBe('[secret] \u00ff\u00fe \u00c3\u00bc');
      await session.close();
    }
  });
});

test('the inventory names the device as the recording does', async () => {
  await using lab = await serve({ transport: 'telnet' });
  expect(lab.device).toMatchObject({ name: 'core-1', platform: 'frr_telnet', username: 'replay', secret: '' });
  expect(lab.inventory()).toMatch(/^# .*\nrouters:\n- name: core-1\n {2}device_type: frr_telnet\n/);
});

test('telnet(1) ends its lines with two characters, which are one Enter', async () => {
  const problems: string[] = [];
  await using lab = await serve({ transport: 'telnet', onProblem: (problem) => problems.push(problem) });
  const socket = connectSocket(lab.device.port, '127.0.0.1');
  const said = await new Promise<string>((resolve, reject) => {
    let text = '';
    socket.on('data', (bytes) => {
      const before = text;
      text += bytes.toString('latin1');
      if (!before.includes('R1# ') && text.includes('R1# ')) socket.write('terminal length 0\r\n');
      else if (/length 0\r\nR1# $/.test(text)) socket.write('neighbor P password x\r\nshow b\u00ff\r\n', 'latin1');
    });
    socket.once('close', () => resolve(text));
    socket.once('error', reject);
  });
  // Not one byte more than one Enter: 255 begins a command of telnet's, and this client did not double it.
  expect(said).toContain('neighbor P password x\r\nR1# ');
  expect(problems).toEqual([expect.stringMatching(/^core\.rec:\d+: recorded is the input "show b/)]);
});

test.each([
  [{ speed: 0 }, 'speed must be a number above 0; got 0'],
  [{ transport: 'serial' }, "transport must be 'ssh' or 'telnet'; got the text \"serial\""],
  [{ recording: 'core.rec' }, 'recording must be one, as readRecording(file) returns it; got the text "core.rec"'],
  [{ prot: 1 }, "startReplay has no option 'prot'; did you mean 'port'"],
])('%j is refused', async (options, message) => {
  const wrong = serve(options as unknown as Parameters<typeof serve>[0]);
  await expect(wrong).rejects.toThrow(OptionError);
  await expect(serve(options as unknown as Parameters<typeof serve>[0])).rejects.toThrow(message);
});
