import { describe, expect, test } from 'vitest';
import type { RollcallError } from '#dist/base/index.js';
import { loadPlatform } from '#dist/platforms/index.js';
import { asaLike, junosLike } from './own-platforms.ts';
import { type ConverseOptions, inEverySplit, openSession, type Reply, ScriptedDevice } from './scripted-device.ts';

const CLOCK = '*08:35:50.931 UTC Fri Jul 26 2019';
const LOG = '*Nov 21 10:00:01.123: %SYS-5-CONFIG_I: Configured from console by cisco on vty0 (192.0.2.7)';
const clock: Reply = { to: 'show clock\r', says: `show clock\r\n${CLOCK}\r\nR1#` };
const users: Reply = { to: 'show users\r', says: 'show users\r\ncisco\r\nR1#' };
const saying = (to: string, says: string): Reply => ({ to: `${to}\r`, says });

/** What came of the commands: an output, or the code of the error, behind which nothing more is sent. */
async function outcomes(
  replies: readonly Reply[],
  expected: (split: unknown, got: readonly string[]) => void,
  options: ConverseOptions & { greeting?: string; idleMs?: number } = {},
): Promise<void> {
  const { greeting = '\r\nWelcome\r\nR1#', ...rest } = options;
  await inEverySplit(greeting, replies, async (device, split) => {
    device.slow = split !== 'bytes';
    const session = await openSession(device, rest);
    const got: string[] = [];
    for (const { to } of replies) {
      try {
        got.push((await session.sendCommand(to.trimEnd())).output);
      } catch (error) {
        got.push(`error: ${(error as RollcallError).code}`);
        break;
      }
    }
    expected(split, got);
  });
}

const BAD = 'error: unexpected_prompt';

/** Exactly these, however the bytes are cut. */
const always =
  (...outputs: readonly string[]) =>
  (_split: unknown, got: readonly string[]): void => {
    expect(got).toEqual(outputs);
  };

/** The error comes with the command of that number, or with the next when the bytes were cut right behind the prompt. */
const atTheLatest =
  (before: readonly string[], cut: string) =>
  (_split: unknown, got: readonly string[]): void => {
    expect([
      [...before, BAD],
      [...before, cut, BAD],
    ]).toContainEqual(got);
  };

describe.concurrent('a surplus prompt is an error', () => {
  test('when it comes before the echo', async () => {
    await outcomes([clock, saying('show users', '\r\nR1#show users\r\ncisco\r\nR1#')], always(CLOCK, BAD));
  });

  test('when it comes after the answer, with the next command at the latest', async () => {
    await outcomes(
      [clock, saying('show users', 'show users\r\ncisco\r\nR1#\r\nR1#'), clock],
      atTheLatest([CLOCK], 'cisco'),
    );
  });

  test('when it comes inside the answer, with the next command at the latest', async () => {
    await outcomes(
      [clock, saying('show users', 'show users\r\ncisco\r\nR1#\r\nadmin\r\nR1#'), clock],
      atTheLatest([CLOCK], 'cisco'),
    );
  });

  test('when it comes below an answer that nobody asked for', async () => {
    await outcomes(
      [clock, saying('show users', '\r\nstale answer\r\nR1#show users\r\ncisco\r\nR1#')],
      always(CLOCK, BAD),
    );
  });

  test('also in a prompt of two lines', async () => {
    const prompt = '[edit]\r\nops@mx-1# ';
    await outcomes(
      [
        saying('show a', `show a\r\n1\r\n\r\n${prompt}`),
        saying('show b', `show b\r\n2\r\n\r\n${prompt}\r\n\r\n${prompt}`),
        saying('show c', `show c\r\n3\r\n\r\n${prompt}`),
      ],
      atTheLatest(['1'], '2'),
      { platform: junosLike, greeting: prompt },
    );
  });

  test('and says what to do where answers hold copies of it', async () => {
    const session = await openSession(
      new ScriptedDevice('R1#', [clock, saying('more x', 'more x\r\na\r\nR1#\r\nb\r\nR1#')]),
    );
    await session.sendCommand('show clock');
    await expect(session.sendCommand('more x')).rejects.toThrow(
      "'more x': its answer holds the prompt 'R1#' on a line of its own; which of them ends it cannot be told (answers that hold copies of the prompt need timeouts.settleMs above 0)",
    );
  });
});

describe.concurrent('a message of the device is none', () => {
  test('that redraws the prompt before the command arrives', async () => {
    await outcomes(
      [clock, saying('show users', `\r\n${LOG}\r\nR1#show users\r\ncisco\r\nR1#`)],
      always(CLOCK, 'cisco'),
    );
  });

  test('that comes behind the answer and redraws the prompt', async () => {
    await outcomes(
      [clock, saying('show users', `show users\r\ncisco\r\nR1#\r\n${LOG}\r\nR1#`), clock],
      always(CLOCK, 'cisco', CLOCK),
    );
  });

  test.each([
    ['of IOS without a time', '%LINEPROTO-5-UPDOWN: Line protocol on Interface Gi0/1, changed state to up'],
    ['of ASA', '%ASA-6-302013: Built outbound TCP connection'],
    ['of VRP', '%%01IFNET/4/LINK_STATE(l)[0]:The line protocol has entered the DOWN state.'],
    ['of Comware', '%Apr 26 12:00:24:123 2026 H3C IFNET/3/PHY_UPDOWN: Physical state changed to up.'],
    ['to all who are logged in', 'Broadcast message from root@box (pts/1)\r\n\r\nThe system is going down'],
  ])('%s', async (_whose, message) => {
    await outcomes(
      [clock, saying('show users', `\r\n${message}\r\nR1#\r\n${LOG}\r\n\r\nR1#show users\r\ncisco\r\nR1#`)],
      always(CLOCK, 'cisco'),
    );
  });

  test('that leaves the command behind it without a prompt', async () => {
    await outcomes([clock, saying('show users', `\r\n${LOG}\r\nshow users\r\ncisco\r\nR1#`)], always(CLOCK, 'cisco'));
  });
});

describe.concurrent('a device that shows all its prompts twice', () => {
  const twice = ({ to, says }: Reply): Reply => ({ to, says: `${String(says)}\r\nR1#` });

  test('is known by its first one, and answers', async () => {
    await outcomes([twice(clock), twice(users), twice(clock)], always(CLOCK, 'cisco', CLOCK), {
      greeting: 'R1#\r\nR1#',
    });
  });

  test('has no third one', async () => {
    await outcomes([twice(clock), twice(twice(users)), twice(clock)], atTheLatest([CLOCK], 'cisco'), {
      greeting: 'R1#\r\nR1#',
    });
  });
});

describe.concurrent('a prompt of another mode', () => {
  test('inside an answer is a line of it', async () => {
    await outcomes(
      [clock, saying('show log', 'show log\r\nR1>\r\nR1(config)#\r\nend\r\nR1#')],
      always(CLOCK, 'R1>\nR1(config)#\nend'),
    );
  });

  test.each(['R1>', 'R1(config)#'])('ends no answer to a command that cannot lead there: %s', async (prompt) => {
    await outcomes([clock, saying('show log', `show log\r\none\r\n${prompt}`)], always(CLOCK, BAD));
  });

  test('ends the answer to one that can, abbreviated or not', async () => {
    await outcomes(
      [
        saying('conf t', 'conf t\r\nR1(config)#'),
        saying('interface lo0', 'interface lo0\r\nR1(config-if)#'),
        saying('exit', 'exit\r\nR1(config)#'),
        saying('end', 'end\r\nR1#'),
        saying('disable', 'disable\r\nR1>'),
      ],
      always('', '', '', '', ''),
    );
  });

  test('that the device went to by itself is an error before anything is sent', async () => {
    const device = new ScriptedDevice('R1#', [
      { to: 'show clock\r', says: `show clock\r\n${CLOCK}\r\nR1#\r\n${LOG}\r\nR1>` },
    ]);
    const session = await openSession(device, { settleMs: 0 });
    await session.sendCommand('show clock').catch(() => {});
    await expect(session.sendCommand('show users')).rejects.toMatchObject({
      code: expect.stringMatching(/unexpected_prompt|session_closed/),
    });
    expect(device.written).toBe('show clock\r');
  });

  test('nor one of another context', async () => {
    const replies = [
      saying('show a', 'show a\r\n1\r\nfw/blue#'),
      saying('changeto context red', 'changeto context red\r\nfw/red#'),
      saying('show b', 'show b\r\nfw/blue#\r\n2\r\nfw/red#'),
      saying('show c', 'show c\r\nfw/blue#'),
    ];
    await outcomes(replies, always('1', '', 'fw/blue#\n2', BAD), { platform: asaLike, greeting: 'fw/blue#' });
  });
});

describe.concurrent('a device that echoes nothing', () => {
  const ios = loadPlatform('cisco_ios');
  const mute = { ...ios, terminal: { ...ios.terminal, echo: 'none' as const } };

  test('is a platform of its own kind: prompts are counted', async () => {
    await outcomes(
      [saying('show clock', `\r\n${CLOCK}\r\nR1#`), saying('show users', 'cisco\r\nR1#'), saying('clear x', '\r\nR1#')],
      always(CLOCK, 'cisco', ''),
      { platform: mute },
    );
  });

  test('and gives an error when there is one too many', async () => {
    await outcomes(
      [
        saying('show clock', `\r\n${CLOCK}\r\nR1#`),
        saying('show users', 'cisco\r\nR1#\r\nR1#'),
        saying('clear x', '\r\nR1#'),
      ],
      atTheLatest([CLOCK], 'cisco'),
      { platform: mute },
    );
  });

  test('is an error on a platform that echoes', async () => {
    await outcomes([saying('show clock', `\r\n${CLOCK}\r\nR1#`)], always('error: echo_missing'), { idleMs: 3_000 });
  });
});
