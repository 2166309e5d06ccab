import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { lines, Place } from './cli.ts';

const place = new Place();
let file: string;
let own: string;
beforeAll(async () => {
  const lab = await place.lab('devices', { devices: 3 });
  ({ file } = lab);
  const commands = ['[show clock, show privilege]', 'show users'];
  let at = 0;
  // The third device has none.
  own = place.file(
    'own.yaml',
    lab.inventory().replace(/^( +)(host: .*)$/gm, (whole, indent: string) => {
      const one = commands[at++];
      return one === undefined ? whole : `${whole}\n${indent}commands: ${one}`;
    }),
  );
});

const sent = (stdout: string) =>
  Object.fromEntries(lines(stdout).map(({ device, responses }) => [device, responses.map(({ command }) => command)]));
const run = (...args: string[]) => place.run(['run', '--format', 'ndjson', '--order', 'input', ...args]);

describe.concurrent('commands for each device', () => {
  test('of the inventory; a device that has none is skipped, and says so', async () => {
    const { code, stdout, stderr } = await run('-i', own);
    expect(code).toBe(1);
    expect(sent(stdout)).toEqual({ R1: ['show clock', 'show privilege'], R2: ['show users'], R3: [] });
    expect(lines(stdout)[2]).toMatchObject({ status: 'skipped', attempts: 0, worker: '' });
    expect(stderr).toMatch(/^1 device was skipped: there is no command for it\n/m);
  });

  test('typed ones are for all devices, in place of those of the inventory', async () => {
    const { code, stdout } = await run('show clock', '-i', own);
    expect([code, sent(stdout)]).toEqual([0, { R1: ['show clock'], R2: ['show clock'], R3: ['show clock'] }]);
  });

  test('of a map, in place of those of the inventory, with a file for each device and command', async () => {
    const map = place.file('map.yaml', '"R[12]": show privilege\n"*": [show clock, show clock]\n');
    const { code, stderr } = await run('-i', own, '--commands-map', map, '--output-dir', place.path('answers'));
    expect([code, stderr]).toEqual([0, expect.stringMatching(/8 files written to .*answers\n$/)]);
    const names = readdirSync(place.path('answers'));
    expect(names.filter((name) => name.startsWith('R3'))).toEqual([
      'R3__show_clock.json',
      expect.stringMatching(/^R3__show_clock_[0-9a-f]{8}\.json$/),
    ]);
    expect(names).toContain('R1__show_privilege.json');
  });

  test('a key may be of a device that --where leaves out', async () => {
    const map = place.file('where.yaml', 'R1: show clock\nR2: show users\n');
    const { code, stdout } = await run('-i', file, '--commands-map', map, '--where', 'R2');
    expect([code, sent(stdout)]).toEqual([0, { R2: ['show users'] }]);
    const none = await run('-i', file, '--commands-map', map, '--where', 'R3');
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('for none of those chosen')]);
  });

  test('a device without a command stopped the batches, as if it had failed', async () => {
    place.file('second.yaml', 'R2: show clock\nR3: show clock\n');
    const { code, stdout } = await run(
      '-i',
      file,
      '--commands-map',
      'second.yaml',
      '--batch',
      '1',
      '--format',
      'ndjson',
    );
    const ended = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { device: string; status: string });
    expect([code, Object.fromEntries(ended.map(({ device, status }) => [device, status]))]).toEqual([
      1,
      { R1: 'skipped', R2: 'ok', R3: 'ok' },
    ]);
  });

  test.each([
    [['--commands-map', 'odd.yaml'], 'odd.yaml:1:1: no device fits "R9"'],
    [['--commands-map', 'nothing.yaml'], 'nothing.yaml: no such file'],
    [['--commands-map', 'odd.yaml', 'show clock'], 'give one of them'],
    [[], 'no command is given'],
    [['--commands-map', 'help.yaml'], 'makes cisco_ios print help at once'],
  ])('%j is refused before anything is connected', async (flags, message) => {
    place.file('odd.yaml', 'R9: show clock\n');
    place.file('help.yaml', 'R2: show ?\n');
    const { code, stdout, stderr } = await run('-i', file, ...flags);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(message)]);
  });
});

test('--log-steps has a line for each step, in order, without the secrets of commands', async () => {
  const [clock, secret] = ['show clock', 'username ann secret 0 hunter2'];
  const { stderr } = await place.run([
    ...['run', clock, secret, '-i', file, '--log-steps'],
    ...['--where', 'R1', '-q'],
  ]);
  expect(stderr).not.toContain('hunter2');
  const steps = stderr.split('\n').filter((line) => / R1 /.test(line));
  for (const line of steps) expect(line).toMatch(/^\d\d:\d\d:\d\d\.\d{3} R1 \S/);
  const told = steps.map((line) => line.slice(line.indexOf('R1') + 3)).filter((text) => !text.startsWith('phase'));
  expect(told).toEqual([
    ...['queued', expect.stringMatching(/^started: EventLoopExecutor-\d+_0$/), 'connecting', 'logged in'],
    ...['sent: show clock', 'answered: show clock', 'sent: username ann secret 0 [secret]'],
    ...['answered: username ann secret 0 [secret]', expect.stringMatching(/^done: rejected in [\d.]+ ms$/)],
  ]);
  const times = steps.map((line) => line.slice(0, 12));
  expect(times).toEqual(times.toSorted());
});
