import { beforeAll, describe, expect, test } from 'vitest';
import { Place } from './cli.ts';

const place = new Place();
beforeAll(() => {
  // Nothing listens there; no test of this file may get so far.
  place.file('devices.yaml', '- { device_type: cisco_ios, host: 127.0.0.1, port: 1, username: u, password: p }\n');
  place.file('empty.txt', '# nothing\n\n! but comments\n');
});

const wrong: [what: string, args: string[], message: RegExp][] = [
  [
    'no command',
    ['run'],
    /^rollcall: no command is given; for example: rollcall run "show clock" -i devices\.yaml \(or --commands-from, .*, --task\)\n$/,
  ],
  ['an empty command', ['run', '  '], /^rollcall: a command is empty\n$/],
  [
    'words that look like one command',
    ['run', 'show', 'ip', 'route'],
    /^rollcall: 'show ip route' looks like one command, .* put it in quotes: rollcall run "show ip route"\n$/,
  ],
  ['a command with a control character', ['run', 'show\u0007clock'], /got the control character U\+0007 at position 5/],
  ['a command of two lines', ['run', 'show clock\nreload'], /got the control character U\+000a at position 11/],
  ['a command with the help key', ['run', 'show ?'], /'\?' makes cisco_ios print help/],
  [
    'commands from a file that is not there',
    ['run', '--commands-from', 'no.txt'],
    /cannot read the commands of no\.txt/,
  ],
  ['commands from a file without any', ['run', '--commands-from', 'empty.txt'], /empty\.txt holds no command/],
  [
    'commands and inventory from one standard input',
    ['run', '-i', '-', '--commands-from', '-'],
    /inventory and commands cannot both be standard input/,
  ],
  [
    'a mistyped flag',
    ['run', 'x', '--wokers', '3'],
    /unknown option '--wokers'\n\(Did you mean --workers\?\)\n\(rollcall run --help/,
  ],
  ['an unknown executor', ['run', 'x', '--executor', 'thread'], /choices are sequential, loop, threads, processes/],
  ['an unknown format', ['run', 'x', '--format', 'xml'], /choices are text, json, ndjson/],
  ['an unknown order', ['run', 'x', '--order', 'random'], /choices are input, completed/],
  ['an unknown policy', ['run', 'x', '--host-keys', 'maybe'], /choices are accept-new, strict, off/],
  [
    'no workers',
    ['run', 'x', '--workers', '0'],
    /--workers <n>' argument '0' is invalid. Expected a whole number from 1/,
  ],
  ['half a worker', ['run', 'x', '--workers', '1.5'], /Expected a whole number from 1 to 100000/],
  ['no time', ['run', 'x', '--timeout', '0'], /Expected a number of seconds above 0/],
  ['a time that is none', ['run', 'x', '--idle-timeout', '3s'], /Expected a number of seconds above 0/],
  ['a negative time', ['run', 'x', '--connect-timeout=-3'], /Expected a number of seconds above 0/],
  [
    '--per-worker in the loop',
    ['run', 'x', '--per-worker', '2'],
    /--per-worker goes with --executor threads or processes/,
  ],
  [
    'many workers, one after another',
    ['run', 'x', '--executor', 'sequential', '--workers', '2'],
    /--executor sequential has one worker/,
  ],
  ['two outputs', ['run', 'x', '-o', 'a', '--output-dir', 'b'], /give --output or --output-dir, not both/],
  ['a recording of no command line', ['run', 'x', '--record', 'd', '--exec'], /--exec opens none: give one of them/],
  ['--ask-password without a terminal', ['run', 'x', '--ask-password'], /no terminal to ask .* ROLLCALL_PASSWORD/],
  ['an unknown subcommand', ['rnu'], /^rollcall: unknown command 'rnu'\n\(Did you mean run\?\)\n\(rollcall --help/],
  ['a flag without its value', ['run', 'x', '-i'], /option '-i, --inventory <path>' argument missing/],
  [
    'a flag that there is not, whose value may be a secret',
    ['run', 'x', '--password=hunter2-hunter2'],
    /unknown option '--password'\n\(rollcall run/,
  ],
  ['escapes in a flag', ['run', 'x', '--\u001b]0;owned\u0007'], /unknown option '--\\x1b\]0;owned\\x07'/],
];

describe('wrong usage is exit code 2, with a message that says what to do, and nothing on standard output', () => {
  test.concurrent.each(wrong)('%s', async (_what, args, message) => {
    const { code, stdout, stderr } = await place.run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at |[\u001b\u0007]/);
  });
});

describe('help', () => {
  test.concurrent('--help names the commands, and each command its flags', async () => {
    const [all, run, ping, lab] = await Promise.all(
      [['--help'], ['run', '--help'], ['ping', '--help'], ['lab', '--help']].map((args) => place.run(args)),
    );
    for (const ended of [all, run, ping, lab]) expect([ended?.code, ended?.stderr]).toEqual([0, '']);
    for (const name of ['run', 'ping', 'lab']) expect(all?.stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
    const flags = (text = ''): string[] =>
      [...text.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, flag = '']) => flag);
    // All of them are on the page of the command line, whose test knows them.
    expect(flags(run?.stdout)).toEqual(expect.arrayContaining(['--inventory', '--where', '--workers', '--format']));
    expect(flags(ping?.stdout)).toEqual(expect.arrayContaining(['--inventory', '--count', '--timeout', '--format']));
    expect(flags(lab?.stdout)).toEqual(expect.arrayContaining(['--devices', '--platform', '--inventory-out']));
    expect(ping?.stdout).toMatch(/--timeout <s>.*\(default: 2\)/);
  });

  test.concurrent('--version is that of the package, and nothing at all is a question for help', async () => {
    const [version, nothing] = await Promise.all([place.run(['--version']), place.run([])]);
    expect(version).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/), stderr: '' });
    expect(nothing).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Usage: rollcall') });
  });
});

test('a defect of rollcall is exit code 3, with its stack', async () => {
  const defect = `setInterval(() => {
    if (process.listenerCount('uncaughtException') > 0) throw new Error('a defect');
  }, 1);`;
  place.file('defect.mjs', defect);
  const { code, stderr } = await place.run(['lab', '--port', '0', '--inventory-out', 'defect.yaml'], {
    env: { NODE_OPTIONS: '--import ./defect.mjs' },
  });
  expect(code).toBe(3);
  expect(stderr).toMatch(/^rollcall: Error: a defect\n {4}at /);
});
