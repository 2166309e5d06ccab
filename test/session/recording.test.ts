import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Lab, startLab } from 'rollcall/lab';
import {
  ConnectionClosedError,
  connect,
  connectExec,
  OptionError,
  readRecording,
  replayConnection,
  Secret,
  type Session,
  type SessionOptions,
  type SessionTarget,
} from 'rollcall/session';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-recording-'));
const path = (...names: string[]): string => join(folder, ...names);
const SECRETS = ['hunter2-login', 'enable-me-7', 'kept-quiet-1', 'hushhush'];
const [password = '', secret = '', ...configured] = SECRETS;

let lab: Lab;
beforeAll(async () => {
  const settings = { username: 'bob', password, secret };
  lab = await startLab({
    devices: [
      { ...settings, name: 'over-ssh' },
      { ...settings, name: 'over-telnet', transport: 'telnet' },
    ],
    stateDirectory: path('lab'),
  });
});
afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

function targetOf(name: string): SessionTarget {
  const device = lab.devices.find((one) => one.name === name);
  if (device === undefined) throw new Error(`no device ${name}`);
  return {
    host: device.host,
    port: device.port,
    platform: 'cisco_ios',
    transport: name === 'over-telnet' ? 'telnet' : 'ssh',
    username: 'bob',
    password: new Secret(password),
    secret: new Secret(secret),
  };
}

const quiet: SessionOptions = { hostKeys: { policy: 'off' } };

/** What a program of the user may do with a session. */
async function work(session: Session): Promise<readonly string[]> {
  const answers = [await session.sendCommand('show version'), await session.sendCommand('show ip interface brief')];
  const lines = [`username eve secret ${configured[0]}`, `snmp-server community ${configured[1]} RO`];
  const set = await session.sendConfig(lines);
  expect(set.ok).toBe(true);
  answers.push(await session.sendCommand('show bogus'));
  return answers.map(({ output, prompt }) => prompt + output);
}

async function recordTo(file: string, name = 'over-ssh', how: SessionOptions = {}): Promise<readonly string[]> {
  await using session = await connect(targetOf(name), { ...quiet, recording: { file, device: name }, ...how });
  return await work(session);
}

describe.each(['over-ssh', 'over-telnet'])('a session %s', (name) => {
  const file = path('new', 'folder', `${name}.rec`);
  let answers: readonly string[];
  beforeAll(async () => {
    answers = await recordTo(file, name);
  });

  test('is written down for its owner alone, whole once the session is closed', () => {
    const { header, cut, entries } = readRecording(file);
    expect(cut).toBeUndefined();
    expect(header).toMatchObject({ device: name, platform: 'cisco_ios', username: 'bob', encoding: 'utf-8' });
    expect(header.secrets).toEqual(['password', 'secret']);
    expect(entries.at(-1)).toMatchObject({ kind: 'end', text: '' });
    if (process.platform === 'win32') return;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(path('new', 'folder')).mode & 0o777).toBe(0o700);
  });

  test('without a secret of anybody', () => {
    const text = readFileSync(file, 'utf8');
    for (const one of SECRETS) expect(text).not.toContain(one);
    expect(text).toContain('> "username eve secret \\[secret]\\r"');
  });

  test('runs again without a network, as often as one likes', async () => {
    const openConnection = replayConnection(readRecording(file));
    const before = lab.counters.connections;
    for (let times = 0; times < 2; times++) {
      await using session = await connect(targetOf(name), { ...quiet, openConnection });
      expect(await work(session)).toEqual(answers);
    }
    expect(lab.counters.connections).toBe(before);
  });

  test('runs again with other credentials than those that were blanked out', async () => {
    const openConnection = replayConnection(readRecording(file));
    const target = { ...targetOf(name), password: new Secret('any'), secret: new Secret('other') };
    await using session = await connect(target, { ...quiet, openConnection });
    expect(await work(session)).toEqual(answers);
  });

  test('can be recorded while it runs again: both recordings say the same', async () => {
    const again = path(`${name}-again.rec`);
    const openConnection = replayConnection(readRecording(file));
    await recordTo(again, name, { openConnection });
    const said = (of: string): string =>
      readFileSync(of, 'utf8')
        .split('\n')
        .filter((line) => /^\S+ [<>] /.test(line))
        .map((line) => line.replace(/^\S+ /, ''))
        .join('\n')
        // Who hangs up may miss the echo.
        .replace(/(> "exit\\r")[\s\S]*/, '$1');
    expect(said(again)).toBe(said(file));
  });
});

// The best of three: a busy machine is slower than we are, never quicker.
test('a replay takes the time of the recording when it is told to', { retry: 2 }, async () => {
  const file = path('slow.rec');
  writeFileSync(
    file,
    [
      ...['rollcall-recording 1', 'device: R1', 'host: h', 'platform: frr', 'transport: ssh', 'encoding: utf-8'],
      ...[
        'started: 2026-11-20T12:00:00.000Z',
        'rollcall: 0.1.0',
        '',
        '0.000 < "R1# "',
        '0.000 > "terminal length 0\\r"',
      ],
      ...['0.000 < "terminal length 0\\r\\n"', '0.000 < "R1# "', '1.000 > "show x\\r"', '1.000 < "show x\\r\\n"'],
      ...['1.600 < "1\\r\\n"', '1.600 < "R1# "', '9.000 > "exit\\r"', '9.000 end', ''],
    ].join('\n'),
  );
  const took = async (speed: number | undefined): Promise<number> => {
    const openConnection = replayConnection(readRecording(file), { speed });
    await using session = await connect({ host: 'h', platform: 'frr', username: 'bob' }, { openConnection });
    const start = performance.now();
    expect((await session.sendCommand('show x')).output).toBe('1');
    return performance.now() - start;
  };
  expect(await took(undefined)).toBeLessThan(290);
  expect(await took(2)).toBeGreaterThan(290);
});

describe('what does not fit', () => {
  const file = path('fit.rec');
  beforeAll(() => recordTo(file));

  test('another command ends the connection, with file, line and both commands', async () => {
    const openConnection = replayConnection(readRecording(file));
    const session = await connect(targetOf('over-ssh'), { ...quiet, openConnection });
    const line =
      readFileSync(file, 'utf8')
        .split('\n')
        .indexOf(
          readFileSync(file, 'utf8')
            .split('\n')
            .find((one) => one.endsWith('> "show version\\r"')) ?? '',
        ) + 1;
    const failure = await session.sendCommand('show clock').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConnectionClosedError);
    expect((failure as Error).message).toContain(
      `fit.rec:${line}: recorded is the input "show version\\r"; what came is "show clock\\r"`,
    );
  });

  test('a recording that was cut in the middle serves what it has, and says where it ends', async () => {
    const text = readFileSync(file, 'utf8');
    const cut = path('cut.rec');
    const at = text.indexOf('Internet');
    writeFileSync(cut, text.slice(0, text.indexOf('Address', at)));
    const recording = readRecording(cut);
    const line = text.slice(0, text.indexOf('Address', at)).split('\n').length;
    expect(recording.cut).toBe(`${cut}:${line}: the recording ends here in the middle: its last line is broken`);
    const session = await connect(targetOf('over-ssh'), { ...quiet, openConnection: replayConnection(recording) });
    expect((await session.sendCommand('show version')).ok).toBe(true);
    await expect(session.sendCommand('show ip interface brief')).rejects.toThrow(
      `cut.rec:${line}: the recording ends here in the middle`,
    );
  });

  test('where nothing can be written is told before the device is called', async () => {
    const before = lab.counters.connections;
    await expect(recordTo(path('fit.rec', 'x.rec'))).rejects.toThrow(OptionError);
    await expect(recordTo(path('fit.rec', 'x.rec'))).rejects.toThrow('the recording cannot be written to');
    await expect(recordTo(folder)).rejects.toThrow('it is a folder');
    expect(lab.counters.connections).toBe(before);
  });

  test('a device that cannot be reached leaves the recording before as it is', async () => {
    const before = readFileSync(file, 'utf8');
    const target = { ...targetOf('over-ssh'), port: 1 };
    await expect(connect(target, { ...quiet, recording: { file } })).rejects.toThrow('the port is closed');
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test.skipIf(process.platform === 'win32')(
    'a link in the place of the recording is replaced, and what it led to is left alone',
    async () => {
      const other = path('other.txt');
      const link = path('link.rec');
      writeFileSync(other, 'mine');
      symlinkSync(other, link);
      await recordTo(link);
      expect(readFileSync(other, 'utf8')).toBe('mine');
      expect(readRecording(link).cut).toBeUndefined();
    },
  );

  test('a session of single commands is not recorded in silence', async () => {
    const target = { ...targetOf('over-ssh'), platform: 'linux' };
    await expect(connectExec(target, { ...quiet, recording: { file } })).rejects.toThrow(
      'recording writes down a command line, and connectExec opens none',
    );
  });

  test.each([
    [{ recording: { file: '' } }, 'recording.file must be a path; got the text ""'],
    [{ recording: { fil: 'x' } }, "recording has no option 'fil'; did you mean 'file'"],
    [{ openConnection: 'x' }, 'openConnection must be a function'],
  ])('%j is refused', async (options, message) => {
    await expect(connect(targetOf('over-ssh'), options as unknown as SessionOptions)).rejects.toThrow(message);
  });

  test('readRecording says what is wrong with a file', () => {
    expect(() => readRecording(path('none.rec'))).toThrow(/cannot read the recording .*none\.rec: ENOENT/);
    writeFileSync(path('binary.rec'), Buffer.from([0xff, 0xfe, 0x0a]));
    expect(() => readRecording(path('binary.rec'))).toThrow('this is no text in UTF-8');
  });
});

test.each([true, false])(
  'what was answered to a question of the server is not written, also where the device repeats it (echo: %s)',
  async (echo) => {
    const text = readFileSync(path('fit.rec'), 'utf8');
    writeFileSync(path('code.rec'), text.replace('< "over-ssh>"', '< "last code 471199\\r\\n"\n0.100 < "over-ssh>"'));
    const replay = replayConnection(readRecording(path('code.rec')));
    const file = path('asked.rec');
    await using session = await connect(targetOf('over-ssh'), {
      recording: { file },
      ask: async () => '471199',
      openConnection: async (target, options) => {
        expect(await options.ask?.({ host: 'h', prompt: 'code', echo })).toBe('471199');
        return replay(target, options);
      },
    });
    await session.sendCommand('show version');
    await session.close();
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain('last code \\[secret]\\r\\n');
  },
);

test('of several credentials the recording is of those that were let in, without any of the passwords', async () => {
  const file = path('credentials.rec');
  const { password: right, secret: enable, ...rest } = targetOf('over-telnet');
  const target = { ...rest, password: new Secret('refused-one'), credentials: [{ password: right, secret: enable }] };
  await using session = await connect(target, { ...quiet, recording: { file } });
  await session.sendCommand('show clock');
  await session.close();
  const text = readFileSync(file, 'utf8');
  expect(readRecording(file).cut).toBeUndefined();
  expect(text).toContain('over-telnet#');
  expect(text).not.toContain('Login invalid');
  for (const one of [...SECRETS, 'refused-one']) expect(text).not.toContain(one);
});

test.runIf(process.platform === 'linux')('a folder that cannot be made in /proc was tried for ever', async () => {
  const recording = { file: '/proc/nope/deeper/x.rec' };
  await expect(connect(targetOf('over-ssh'), { ...quiet, recording })).rejects.toThrow(/cannot be written to/);
});
