import { describe, expect, test } from 'vitest';
import { failure } from './failure.ts';
import { openSession, type Reply, ScriptedDevice } from './scripted-device.ts';

const LOG = '*Nov 21 10:00:01.123: %SYS-5-CONFIG_I: Configured from console';
const clock: Reply = { to: 'show clock\r', says: 'show clock\r\nnoon\r\nR1#' };
const enter: Reply = { to: 'configure terminal\r', says: 'configure terminal\r\nR1(config)#' };
const leave: Reply = { to: 'end\r', says: 'end\r\nR1#' };
const ROUTES = ['ip route 10.1.0.0 255.255.0.0 Null0', 'ip route 10.2.0.0 255.255.0.0 Null0'] as const;
const [A, B] = ROUTES;

async function configure(replies: readonly Reply[], lines: readonly string[], window: number): Promise<boolean> {
  const session = await openSession(new ScriptedDevice('R1#', [clock, enter, ...replies, leave]), { idleMs: 700 });
  await session.sendCommand('show clock');
  return (await session.sendConfig(lines, { window })).ok;
}

describe('lines that are sent ahead', () => {
  const sent = `${A}\r${B}\r`;

  test.each([
    ['between them, with the prompt drawn again', `${A}\r\nR1(config)#\r\n${LOG}\r\nR1(config)#${B}\r\nR1(config)#`],
    ['behind the last', `${A}\r\nR1(config)#${B}\r\nR1(config)#\r\n${LOG}\r\nR1(config)#`],
    ['that cuts an echo', `${A}\r\nR1(config)#ip ro\r\n${LOG}\r\nR1(config)#${B}\r\nR1(config)#`],
  ])('are accepted with a message of the device %s', async (_where, says) => {
    expect(await configure([{ to: sent, says }], ROUTES, 8)).toBe(true);
  });

  test.each([
    ['a prompt too many', `${A}\r\nR1(config)#\r\nR1(config)#${B}\r\nR1(config)#`],
    ['a text behind a prompt', `${A}\r\nR1(config)#\r\nsomething\r\nR1(config)#${B}\r\nR1(config)#`],
  ])('are an error with %s', async (_what, says) => {
    expect((await failure(configure([{ to: sent, says }], ROUTES, 8))).code).toBe('unexpected_prompt');
  });

  test('are an error when the prompt of a mode within the mode is left on the way', async () => {
    const acl = 'ip access-list extended X';
    const lines = [acl, 'permit ip any any', 'permit tcp any any', 'permit udp any any'];
    const nacl = 'R1(config-ext-nacl)#';
    const replies: Reply[] = [
      { to: `${acl}\r`, says: `${acl}\r\n${nacl}` },
      { to: `${lines[1]}\r`, says: `${lines[1]}\r\n${nacl}` },
      { to: `${lines[2]}\r${lines[3]}\r`, says: `${lines[2]}\r\nR1(config)#${lines[3]}\r\nR1(config)#` },
    ];
    const error = await failure(configure(replies, lines, 8));
    expect(error).toMatchObject({
      code: 'unexpected_prompt',
      message: expect.stringContaining("became 'R1(config)#'"),
    });
  });

  test('go on where the first of them leaves such a mode by itself', async () => {
    const replies: Reply[] = [
      { to: 'interface lo0\r', says: 'interface lo0\r\nR1(config-if)#' },
      { to: `${A}\r`, says: `${A}\r\nR1(config)#` },
      { to: sent, says: `${A}\r\nR1(config)#${B}\r\nR1(config)#` },
    ];
    expect(await configure(replies, ['interface lo0', A, A, B], 8)).toBe(true);
  });
});

test('a message that cuts the echo of one line, which is then echoed again, is harmless', async () => {
  const says = `ip ro\r\n${LOG}\r\nR1(config)#${A}\r\nR1(config)#`;
  expect(await configure([{ to: `${A}\r`, says }], [A], 1)).toBe(true);
});
