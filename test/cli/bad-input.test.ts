import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { SimulatedDevice } from 'rollcall/lab';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ended, lines, Place, statuses, until } from './cli.ts';

const place = new Place();
const linux = process.platform === 'linux';

const entry = ({ name, host, port, platform }: SimulatedDevice, changes: object = {}): string =>
  `- ${JSON.stringify({
    ...{ name, host, port, device_type: platform, username: 'cisco', password: 'cisco', secret: 'cisco' },
    ...changes,
  })}\n`;

describe.concurrent('devices that do not do as they should', () => {
  let file: string;
  beforeAll(async () => {
    const lab = await place.lab('odd', {
      devices: [
        { name: 'good' },
        { name: 'wrong-password' },
        { name: 'wrong-password-telnet', transport: 'telnet' },
        { name: 'wrong-secret' },
        { name: 'closed-port', faults: ['refuse'] },
        { name: 'silent', faults: ['silent'] },
        { name: 'silent-telnet', faults: ['silent'], transport: 'telnet' },
        { name: 'closes', faults: ['close_at_once'] },
        { name: 'closes-telnet', faults: ['close_at_once'], transport: 'telnet' },
        { name: 'closes-in-the-middle', faults: ['close_mid_answer'], faultAt: 2 },
        { name: 'hangs-in-the-middle', faults: ['hang_mid_answer'], faultAt: 2 },
        { name: 'asks', faults: ['ask_confirm'], faultAt: 2 },
        { name: 'no-such-name' },
        { name: 'talkative', faults: ['banner_100k'] },
        { name: 'talkative-telnet', faults: ['banner_100k'], transport: 'telnet' },
        { name: 'also-good', transport: 'telnet' },
      ],
    });
    const changes: Record<string, object> = {
      'wrong-password': { password: 'wrong' },
      'wrong-password-telnet': { password: 'wrong' },
      'wrong-secret': { secret: 'wrong' },
      'no-such-name': { host: 'no-such-name.invalid' },
    };
    file = place.file('odd.yaml', lab.devices.map((device) => entry(device, changes[device.name])).join(''));
  });

  const expected = {
    good: 'ok',
    'wrong-password': 'authentication authentication',
    'wrong-password-telnet': 'authentication authentication',
    'wrong-secret': 'authentication enable_secret',
    'closed-port': 'unreachable connect_refused',
    silent: 'timeout connect_timeout',
    'silent-telnet': 'timeout connect_timeout',
    closes: 'failed closed',
    'closes-telnet': 'failed closed',
    'closes-in-the-middle': 'failed closed',
    'hangs-in-the-middle': 'timeout idle_timeout',
    asks: 'failed unexpected_question',
    'no-such-name': 'unreachable dns',
    talkative: 'ok',
    'talkative-telnet': 'ok',
    'also-good': 'ok',
  };
  const messages: Record<string, RegExp> = {
    'wrong-password':
      /^wrong-password: authentication: Authentication failure: unable to connect cisco_ios 127\.0\.0\.1:/m,
    'wrong-secret': /^wrong-secret: authentication: .*enable secret/m,
    'closed-port': /^closed-port: unreachable: .*ECONNREFUSED/m,
    silent: /^silent: timeout: .*does not speak SSH in time/m,
    'silent-telnet': /^silent-telnet: timeout: .*first prompt of the device did not come/m,
    closes: /^closes: failed: .*closed the connection before it said that it speaks SSH/m,
    'closes-in-the-middle':
      /^closes-in-the-middle: failed: .*closed the connection before the prompt after 'sh ip int br' came/m,
    'hangs-in-the-middle': /^hangs-in-the-middle: timeout: .*nothing came for 2 s/m,
    asks: /^asks: failed: .*asks '.*\[confirm\]', which nobody expected/m,
    'no-such-name': /^no-such-name: unreachable: .*cannot resolve 'no-such-name\.invalid'/m,
  };

  test.each([
    ['loop', ['--workers', '16']],
    ['threads', ['--workers', '2', '--per-worker', '8']],
    ['processes', ['--workers', '2', '--per-worker', '8']],
  ])('each has its status and its message, and the others are complete (%s)', async (executor, flags) => {
    const { code, stdout, stderr } = await place.run([
      ...['run', 'sh clock', 'sh ip int br', '-i', file, '--executor', executor, ...flags, '--format', 'ndjson'],
      ...['--connect-timeout', '5', '--idle-timeout', '2'],
    ]);
    expect(code).toBe(1);
    const records = lines(stdout);
    expect(Object.fromEntries(Object.entries(statuses(records)).sort())).toEqual(
      Object.fromEntries(Object.entries(expected).sort()),
    );
    for (const { device, status, responses, error } of records) {
      const answered = ['closes-in-the-middle', 'hangs-in-the-middle', 'asks'].includes(device) ? 1 : 0;
      expect([device, responses.length]).toEqual([device, status === 'ok' ? 2 : answered]);
      if (error !== null) expect(error.message.length).toBeLessThan(700);
    }
    for (const [name, message] of Object.entries(messages))
      expect([name, stderr]).toEqual([name, expect.stringMatching(message)]);
    expect(stderr).not.toMatch(/\n {4}at /);
  });
});

describe.concurrent('inventories that are wrong', () => {
  const device = 'device_type: cisco_ios, username: u, password: p';
  const wrong: [what: string, text: string, message: RegExp][] = [
    ['no YAML', 'routers: [a, b\n  c: {', /bad\.yaml:\d+(?::\d+)?: /],
    ['a binary file', '\u0000\u0001\u0002', /bad\.yaml:1.*no text file/],
    ['a mapping without host', `- { ${device} }\n`, /bad\.yaml:1.*host/],
    ['a port of 70000', `- { host: 192.0.2.1, port: 70000,\n    ${device} }\n`, /bad\.yaml:1.*port .*65535.*70000/],
    [
      'an unknown platform',
      '- { host: 192.0.2.1, device_type: cisco_oss }\n',
      /bad\.yaml:1.*cisco_oss.*did you mean .*'cisco_ios'/,
    ],
    [
      'an unknown key',
      `- { host: 192.0.2.1, pasword: p, ${device} }\n`,
      /bad\.yaml:1.*pasword.*did you mean 'password'/,
    ],
    ['an empty inventory', '', /bad\.yaml: no devices in this file/],
    ['a list of nothing', 'routers: []\n', /bad\.yaml.*no devices/],
    ['a host that is an option', `- { host: "-oProxyCommand=x", ${device} }\n`, /bad\.yaml:1.*begins with a dash/],
  ];
  test.each(wrong)('%s: file, line and what was expected', async (what, text, message) => {
    const name = `${what.replace(/\W/g, '_')}-bad.yaml`;
    place.file(name, text);
    const { code, stdout, stderr } = await place.run(['run', 'sh clock', '-i', name]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^rollcall: /);
    expect(stderr).not.toMatch(/\n {4}at |[\u0000-\u0008\u001b]/);
  });

  test('everything that is wrong is told at once', async () => {
    place.file('two.yaml', '- { host: 192.0.2.1, device_type: cisco_oss }\n- { device_type: cisco_ios }\n');
    const { stderr } = await place.run(['run', 'sh clock', '-i', 'two.yaml']);
    expect(stderr).toMatch(/two\.yaml:1[\s\S]*two\.yaml:2/);
  });
});

test.skipIf(!linux)('a worker that is killed costs the devices that it had, and says so', async () => {
  const lab = await place.lab('kill', { devices: 4, commandMs: 150 });
  const running = place.start([
    ...['run', 'sh clock', '-i', lab.file, '--executor', 'processes', '--workers', '2', '--format', 'ndjson'],
  ]);
  await until(() => expect(lab.counters.logins).toBe(2));
  const { pid } = running.child;
  const [victim] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
  process.kill(Number(victim), 'SIGKILL');
  const { code, stdout, stderr } = await running.ended;
  expect(code).toBe(1);
  const records = lines(stdout);
  const lost = records.filter(({ status }) => status !== 'ok');
  expect([records.length, lost.length]).toEqual([4, 1]);
  expect(lost[0]).toMatchObject({ status: 'failed', attempts: 1, error: { code: 'worker_lost', phase: 'task' } });
  expect(stderr).toMatch(/^R\d: failed: the worker that had this device was lost: .*SIGKILL/m);
});

describe.skipIf(!linux).concurrent('too few open files', () => {
  test.each([
    ['loop', ['--workers', '60'], 24],
    ['threads', ['--workers', '20'], 1],
    ['processes', ['--workers', '12'], 8],
  ])('%s: is said at the start, and the run goes on with fewer', async (executor, flags, atOnce) => {
    const lab = await place.lab(`few-${executor}`, { devices: executor === 'loop' ? 60 : 12 });
    const { code, stdout, stderr } = await place.run(
      ['run', 'sh clock', '-i', lab.file, '--executor', executor, ...flags, '--format', 'ndjson'],
      { under: ['bash', '-c', 'ulimit -n 64; exec "$@"', 'bash'] },
    );
    const wanted = lab.devices.length;
    expect(stderr).toMatch(
      new RegExp(
        `^rollcall: warning: the limit of open files \\(ulimit -n\\) is 64, too few for ${wanted} at once: ` +
          `going on with ${atOnce} at once; for all of them raise it with: ulimit -n \\d+\\n`,
      ),
    );
    expect([code, Object.values(statuses(lines(stdout))).filter((status) => status !== 'ok')]).toEqual([0, []]);
    expect(lines(stdout)).toHaveLength(wanted);
    // A session that is over counts until the device has seen its end, so a few of the next ones overlap with it.
    expect(lab.counters.mostConnected).toBeLessThanOrEqual(atOnce * 2);
    expect(lab.counters.mostConnected).toBeLessThan(wanted);
  });
});

describe.skipIf(process.platform === 'win32')('a proxy command that does not care to be asked', () => {
  test.each(['loop', 'threads', 'processes'])('does not outlive the run (%s)', async (executor) => {
    const pids = place.path(`pids-${executor}`);
    const script = place.file(
      `stubborn-${executor}.sh`,
      `trap '' TERM HUP\necho $$ > ${pids}\nwhile :; do sleep 1; done\n`,
    );
    const device = `{ name: r1, host: r1, device_type: linux, username: u, password: p, proxy_command: sh ${script} }`;
    const file = place.file(`stubborn-${executor}.yaml`, `devices:\n  - ${device}\n`);
    const flags = ['--executor', executor, '--connect-timeout', '1.5'];
    expect((await place.run(['run', 'true', '-i', file, ...flags])).code).toBe(1);
    const state = spawnSync('ps', ['-o', 'stat=', '-p', readFileSync(pids, 'utf8').trim()], {
      encoding: 'utf8',
    }).stdout;
    // Gone, or dead and not yet counted by the system.
    expect(state).toMatch(/^(?:Z.*\n)?$/);
  });
});

describe.concurrent('terminal escapes', () => {
  const EVIL = '\u001b]0;owned\u0007\u001b[31mred\u009b2J\u0000\u007f\u0085';
  let server: Server;
  let port: number;
  beforeAll(async () => {
    // A device that puts escapes into all that it says: banner, greeting, answers, refusals, and half an answer.
    server = createServer((socket) => {
      socket.on('error', () => {});
      socket.write(`${EVIL} banner\r\nUser Access Verification\r\nUsername: `);
      const login = ['\r\nPassword: ', `\r\n${EVIL} welcome\r\nR1>`];
      let typed = '';
      const enter = (): string => {
        if (typed.includes('evil')) return `${typed}\r\n% Invalid input ${EVIL} here\r\n${EVIL} more\r\nR1>`;
        if (typed.includes('hang')) return `${typed}\r\n${EVIL} and then silence`;
        return `${typed}\r\nR1>`;
      };
      socket.setEncoding('latin1').on('data', (data) => {
        for (const character of String(data).replace(/\xff[\xfb-\xfe]./gs, '')) {
          if (character >= ' ') typed += character;
          if (character !== '\r') continue;
          socket.write(login.shift() ?? enter());
          typed = '';
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as { port: number }).port;
  });
  afterAll(() => {
    server.close();
  });

  const RAW = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
  const raw = ({ stdout, stderr }: Ended): string[] => [stdout, stderr].flatMap((text) => RAW.exec(text) ?? []);

  test.each(['text', 'json', 'ndjson'])('never reach the terminal raw (%s)', async (format) => {
    const device = `device_type: cisco_ios_telnet, host: 127.0.0.1, port: ${port}, username: u, password: p`;
    const file = place.file('evil.yaml', `# Written by \`rollcall/lab\`\n- { name: R2, ${device} }\n`);
    const [answered, hung] = await Promise.all([
      place.run(['run', 'show evil', '-i', file, '--format', format, '--idle-timeout', '1', '--connect-timeout', '3']),
      place.run(['run', 'show hang', '-i', file, '--format', format, '--idle-timeout', '1', '--connect-timeout', '3']),
    ]);
    expect(answered.code).toBe(1);
    expect(hung.code).toBe(1);
    expect([...raw(answered), ...raw(hung)]).toEqual([]);
    // It did come so far that there was something to be kept out.
    expect(answered.stderr).toMatch(/^R2: rejected: the device refused 'show evil': % Invalid input .*red.* here/);
    expect(answered.stdout).toMatch(/red.* more/);
    expect(hung.stderr).toMatch(/R2: (?:timeout|failed)/);
  });

  test('in a device’s name are refused', async () => {
    const device = 'device_type: cisco_ios, host: 192.0.2.1';
    const ended = await place.run(['run', 'sh clock', '-i', '-'], {
      stdin: `- { name: "\\e]0;owned\\a\\x9b2J", ${device} }\n`,
    });
    expect([ended.code, ...raw(ended)]).toEqual([2]);
    expect(ended.stderr).toMatch(/standard input:1.*name must be .* without control characters/);
  });

  test('in a banner and a message of the day are no trouble', async () => {
    const lab = await place.lab('motd', { devices: 2, banner: `${EVIL} banner`, motd: `${EVIL} motd` });
    const ended = await place.run(['run', 'sh clock', '-i', lab.file]);
    expect([ended.code, ...raw(ended)]).toEqual([0]);
    expect(ended.stdout).toMatch(/^R1#sh clock\n\*/);
  });
});
