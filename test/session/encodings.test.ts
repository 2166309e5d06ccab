import { describe, expect, test } from 'vitest';
import type { Transport } from '#dist/transport/index.js';
import { failure } from './failure.ts';
import { openSession, type Reply, ScriptedDevice } from './scripted-device.ts';

/** A device in memory that keeps what was written as bytes, in hexadecimal. */
function listening(replies: readonly Reply[] = []): { device: ScriptedDevice & Transport; bytes: () => string } {
  const device = new ScriptedDevice('R1#', replies);
  const written: Buffer[] = [];
  const write = device.write.bind(device);
  device.write = (bytes) => {
    written.push(Buffer.from(bytes));
    write(bytes);
  };
  return { device, bytes: () => Buffer.concat(written).toString('hex') };
}

describe.concurrent('a character beyond ASCII was refused', () => {
  test.each([
    ['latin1', 'é', 'e9'],
    ['windows-1251', 'ж', 'e6'],
    ['koi8-r', 'ж', 'd6'],
    ['utf-8', 'ж', 'd0b6'],
  ])('by a device that writes %s (%s)', async (encoding, text, hex) => {
    const { device, bytes } = listening();
    const session = await openSession(device, { encoding });
    await session.write(`${text}\r`);
    expect(bytes()).toBe(`${hex}0d`);
  });
});

test('a command and its echo in windows-1251', async () => {
  const command = Uint8Array.of(0xe6, 0x0d);
  const says = Uint8Array.from([0xe6, 0x0d, 0x0a, 0xe7, 0x0d, 0x0a, ...Buffer.from('R1#')]);
  const { device, bytes } = listening([{ to: Buffer.from(command).toString(), says }]);
  const session = await openSession(device, { encoding: 'windows-1251' });
  expect(await session.sendCommand('ж')).toMatchObject({ command: 'ж', output: 'з' });
  expect(bytes()).toBe('e60d');
});

describe.concurrent('what an encoding cannot say is refused before anything is sent', () => {
  test.each([
    ['gbk', 'only ASCII characters can be sent to a device that writes gbk'],
    ['latin1', 'the character U+0436 cannot be sent'],
  ])('%s', async (encoding, says) => {
    const device = new ScriptedDevice('R1#');
    const session = await openSession(device, { encoding });
    const calls = [
      () => session.sendCommand('description ж'),
      () => session.sendConfig(['hostname R1', 'banner motd @', 'ж', '@']),
      () => session.sendInteractive([{ send: 'x', expect: '?' }, { send: 'ж' }]),
    ];
    for (const call of calls) {
      const error = await failure(call());
      expect(error).toMatchObject({ code: 'bad_command' });
      expect(error.message).toContain(says);
    }
    expect((await failure(session.sendConfig(['hostname R1', 'banner motd @', 'ж', '@']))).message).toContain(
      'line 3: ',
    );
    expect(device.written).toBe('');
  });
});
