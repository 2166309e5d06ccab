import { readFileSync } from 'node:fs';
import { readRecording } from 'rollcall/session';
import { describe, expect, test } from 'vitest';
import { Place, until } from '../cli/cli.ts';
import { Terminal } from '../cli/tmux.ts';
import type { RealDevice } from './devices.mjs';
import { needOrSkip } from './needs.ts';
import { realDevicesOrSkip } from './use.ts';

needOrSkip('terminal');
const real = realDevicesOrSkip();
const place = new Place();

/** The inventory of one real device. */
function inventoryOf(device: RealDevice): string {
  const { kind, platform, host, port, username, password, secret } = device;
  const values = { name: kind, device_type: platform, host, port, username, password, secret };
  return place.file(`${kind}.yaml`, `- ${JSON.stringify(values)}\n`);
}

const COMMANDS = ['show version', 'show running-config', 'show ip route', 'bogus'];

describe.each(['zebra', 'vtysh'] as const)('%s', (kind) => {
  test('is recorded, and its recording answers the same commands the same', async () => {
    const device = real().device(kind);
    const inventory = inventoryOf(device);
    const first = await place.run(['run', ...COMMANDS, '-i', inventory, '--record', 'rec']);
    expect([first.code, first.stdout]).toEqual([1, expect.stringContaining('FRRouting')]);
    const text = readFileSync(place.path('rec', `${kind}.rec`), 'utf8');
    expect(text).not.toContain(device.password);
    expect(text).not.toMatch(/< "(?:enable )?password \w/);
    const served = `${kind}-replay.yaml`;
    const replay = place.start(['replay', `rec/${kind}.rec`, '--inventory-out', served], { deadlineMs: 60_000 });
    await until(() => expect(replay.stdout()).toContain('Ctrl-C stops.'));
    const again = await place.run(['run', ...COMMANDS, '-i', served, '--host-keys', 'off']);
    expect(again.stdout).toBe(first.stdout.replace(/((?:enable )?password) \S+/g, '$1 [secret]'));
    expect([again.code, replay.stderr()]).toEqual([1, '']);
    replay.child.kill();
    await replay.ended;
  });

  test('is typed to by hand, and recorded without what the terminal typed for it', async () => {
    const device = real().device(kind);
    const terminal = await Terminal.start(place, [
      'connect',
      kind,
      '-i',
      inventoryOf(device),
      '--record',
      `${kind}-hand.rec`,
    ]);
    await terminal.shows(/^[\w.-]+#\s*$/m);
    await terminal.press('show interface lo', 'Enter');
    await terminal.shows(/^Interface lo is up/m);
    await terminal.press('~.');
    expect((await terminal.ended()).code).toBe(0);
    const { cut } = readRecording(place.path(`${kind}-hand.rec`));
    expect(cut).toBeUndefined();
    expect(readFileSync(place.path(`${kind}-hand.rec`), 'utf8')).not.toContain(device.password);
  });
});

test('a question of the server is answered at the terminal, which is the device’s afterwards', async () => {
  const { host, port, username, password } = real().keyboardInteractive;
  const values = { name: 'asking', device_type: 'linux', host, port, username };
  const inventory = place.file('asking.yaml', `- ${JSON.stringify(values)}\n`);
  const terminal = await Terminal.start(place, ['connect', 'asking', '-i', inventory, '--record', 'asking.rec']);
  await terminal.shows(/^asking asks: .*password/im);
  await terminal.press('-l', password);
  await terminal.press('Enter');
  await terminal.shows(/^\S*[$#]\s*$/m);
  await terminal.press('echo $((6*7)) $COLUMNS', 'Enter');
  await terminal.shows(/^42 100$/m);
  await terminal.press('-l', `echo ${password} again`);
  await terminal.press('Enter');
  await terminal.shows(new RegExp(`^${password} again$`, 'm'));
  await terminal.press('C-d');
  const { code, screen } = await terminal.ended();
  expect([code, screen]).toEqual([0, expect.stringMatching(/^rollcall: asking closed the connection$/m)]);
  const text = readFileSync(place.path('asking.rec'), 'utf8');
  expect(text).toContain('\\[secret] again\\r\\n');
  expect(text).not.toContain(password);
});
