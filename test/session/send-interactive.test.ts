import { inspect } from 'node:util';
import { type InteractiveStep, Secret } from 'rollcall/session';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { failure } from './failure.ts';
import { inEverySplit, openSession, type Reply, ScriptedDevice } from './scripted-device.ts';

const copy: Reply[] = [
  { to: 'copy tftp: flash:\r', says: 'copy tftp: flash:\r\nAddress or name of remote host []? ' },
  { to: '192.0.2.9\r', says: '192.0.2.9\r\nSource filename []? ' },
  { to: 'ios.bin\r', says: 'ios.bin\r\nCopying ...\r\n[OK]\r\nR1#' },
];
const copySteps: InteractiveStep[] = [
  { send: 'copy tftp: flash:', expect: 'remote host []?' },
  { send: '192.0.2.9', expect: /^Source filename \[.*\]\? $/g },
  { send: 'ios.bin' },
];

describe.concurrent('questions and answers', () => {
  test('each answer is sent when its question was asked, however the bytes are cut', async () => {
    await inEverySplit('R1#', copy, async (device) => {
      const session = await openSession(device);
      const response = await session.sendInteractive(copySteps);
      expect(response).toMatchObject({ ok: true, command: 'copy tftp: flash:', prompt: 'R1#', endedBy: 'prompt' });
      expect(response.output).toBe(
        'Address or name of remote host []? 192.0.2.9\nSource filename []? ios.bin\nCopying ...\n[OK]',
      );
      expect(device.written).toBe('copy tftp: flash:\r192.0.2.9\rios.bin\r');
    });
  });

  test('may go on with further commands, and say what the prompt is at the end', async () => {
    const replies: Reply[] = [
      { to: 'clear logging\r', says: 'clear logging\r\nClear logging buffer [confirm]' },
      { to: '\r', says: '\r\nR1#' },
      { to: 'show logging\r', says: 'show logging\r\nempty\r\nR1#' },
    ];
    await inEverySplit('R1#', replies, async (device) => {
      const { ok, output } = await (await openSession(device)).sendInteractive([
        { send: 'clear logging', expect: '[confirm]' },
        { send: '' },
        { send: 'show logging', expect: /^R1#$/ },
      ]);
      expect([ok, output]).toEqual([true, 'Clear logging buffer [confirm]\nR1#show logging\nempty']);
    });
  });

  test('a single key goes without Enter', async () => {
    const device = new ScriptedDevice('R1#', [
      { to: 'clear counters\r', says: 'clear counters\r\nClear all? [confirm]' },
      { to: 'y', says: 'y\r\nR1#' },
    ]);
    const session = await openSession(device);
    const steps = [
      { send: 'clear counters', expect: '[confirm]' },
      { send: 'y', enter: false },
    ];
    expect(await session.sendInteractive(steps)).toMatchObject({ ok: true });
  });

  test('what is not asked is not answered, and the session goes on', async () => {
    const device = new ScriptedDevice('R1#', [
      { to: 'clear logging\r', says: 'clear logging\r\nR1#' },
      { to: 'show x\r', says: 'show x\r\nx\r\nR1#' },
    ]);
    const session = await openSession(device);
    const response = await session.sendInteractive([
      { send: 'clear logging', expect: '[confirm]' },
      { send: 'reload' },
    ]);
    expect(response).toMatchObject({ ok: false, refusal: expect.stringContaining('did not ask') });
    expect((await session.sendCommand('show x')).output).toBe('x');
    expect(device.written).toBe('clear logging\rshow x\r');
  });

  test('a refusal below an answer is one', async () => {
    const device = new ScriptedDevice('R1#', [
      ...copy.slice(0, 2),
      { to: 'ios.bin\r', says: 'ios.bin\r\n% Invalid input: no such file\r\nR1#' },
    ]);
    const response = await (await openSession(device)).sendInteractive(copySteps);
    expect(response).toMatchObject({ ok: false, refusal: '% Invalid input: no such file' });
  });

  test('in another order than expected is an error, with nothing answered', async () => {
    const device = new ScriptedDevice('R1#', [
      { to: 'copy tftp: flash:\r', says: 'copy tftp: flash:\r\nSource filename []? ' },
    ]);
    const session = await openSession(device);
    expect(await failure(session.sendInteractive(copySteps))).toMatchObject({ code: 'unexpected_question' });
    expect(await failure(session.sendCommand('x'))).toMatchObject({ code: 'session_closed' });
    expect(device.written).toBe('copy tftp: flash:\r');
  });

  test('that nobody expected is an error, also behind the last answer', async () => {
    const device = new ScriptedDevice('R1#', [
      ...copy.slice(0, 2),
      { to: 'ios.bin\r', says: 'ios.bin\r\nOverwrite? [confirm]' },
    ]);
    const error = await failure((await openSession(device)).sendInteractive(copySteps));
    expect(error).toMatchObject({ code: 'unexpected_question' });
    expect(error.message).toContain("asks 'Overwrite? [confirm]'");
  });
});

describe.concurrent('a secret among the answers', () => {
  const steps: InteractiveStep[] = [{ send: 'change', expect: 'New password: ' }, { send: new Secret('n3w-of-mine') }];
  const asks: Reply = { to: 'change\r', says: 'change\r\nNew password: ' };

  test('is sent with its Enter, and no line of the answer repeats it', async () => {
    const device = new ScriptedDevice('R1#', [
      asks,
      { to: 'n3w-of-mine\r', says: 'n3w-of-mine\r\nset to n3w-of-mine\r\nR1#' },
    ]);
    const { ok, output } = await (await openSession(device)).sendInteractive(steps);
    expect([ok, output]).toEqual([true, 'New password: [secret]\nset to [secret]']);
  });

  test.each([
    ['as a Secret', steps],
    ['hidden', [steps[0], { send: 'n3w-of-mine', hidden: true }] as InteractiveStep[]],
  ])('given %s is in no error', async (_how, given) => {
    const device = new ScriptedDevice('R1#', [
      asks,
      { to: 'n3w-of-mine\r', says: 'n3w-of-mine\r\nuse n3w-of-mine really? [yes/no]: ' },
    ]);
    const error = await failure((await openSession(device)).sendInteractive(given));
    expect(error.code).toBe('unexpected_question');
    expect(`${error.message} ${error.stack} ${inspect(error, { depth: 9 })} ${JSON.stringify(error)}`).not.toContain(
      'n3w-of-mine',
    );
  });
});

/** Lets so much time pass for the session; what is read and answered in between is real. */
async function pass(ms: number): Promise<void> {
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn++) await new Promise((later) => setImmediate(later));
  };
  await turns();
  for (let passed = 0; passed < ms; passed += STEP_MS) {
    vi.advanceTimersByTime(STEP_MS);
    await turns();
  }
}

const STEP_MS = 50;

describe('a line that goes on after a pause', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  describe('a secret was typed into a line that went on', () => {
    const steps: InteractiveStep[] = [
      { send: 'change', expect: 'Password' },
      { send: 'n3w-of-mine', hidden: true },
    ];
    const goesOn = async (pieces: readonly string[], given = steps) => {
      const device = new ScriptedDevice('R1#', [
        { to: 'change\r', says: 'change\r\n' },
        { to: 'n3w-of-mine\r', says: '\r\nR1#' },
      ]);
      const session = await openSession(device, { idleMs: 1_500 });
      const under = session.sendInteractive(given).then(
        ({ ok }) => ok,
        (error: Error & { code: string }) => error.code,
      );
      for (const piece of pieces) {
        // Longer than what a device may be quiet for in the middle of a line without being asked.
        await pass(450);
        expect(device.written).toBe('change\r');
        device.say(piece);
      }
      await pass(2_000);
      return { ended: await under, written: device.written };
    };

    test('and is typed at the question', async () => {
      expect(await goesOn(['Password', ' rules\r\n', 'Password: '])).toEqual({
        ended: true,
        written: 'change\rn3w-of-mine\r',
      });
    });

    test('and is not typed where other words stand behind what was expected', async () => {
      expect(await goesOn(['Password rules apply ('])).toEqual({ ended: 'idle_timeout', written: 'change\r' });
    });

    test('and is typed without a sign at the end where a pattern says so', async () => {
      const given = [{ ...steps[0], expect: /^Password$/ }, steps[1]] as InteractiveStep[];
      expect((await goesOn(['Password'], given)).ended).toBe(true);
    });
  });

  test('an answer was typed into the middle of a line that came in two pieces', async () => {
    const device = new ScriptedDevice('R1#', [
      { to: 'delete x\r', says: 'delete x\r\nDelete' },
      { to: 'y\r', says: 'y\r\nR1#' },
    ]);
    const session = await openSession(device);
    const under = session.sendInteractive([{ send: 'delete x', expect: 'Delete' }, { send: 'y' }]);
    await pass(100);
    expect(device.written).toBe('delete x\r');
    device.say('d items are gone\r\nDelete x? [y/n] ');
    await pass(1_000);
    expect((await under).ok).toBe(true);
  });
});

test.each<[string, unknown, string]>([
  ['no steps', [], 'bad_option'],
  ['a secret as the command', [{ send: new Secret('x') }], 'bad_option'],
  ['a command of two lines', [{ send: 'a\nb' }], 'bad_command'],
  ['an answer of two lines', [{ send: 'a', expect: 'b' }, { send: 'c\rd' }], 'bad_command'],
  ['an answer that is no text', [{ send: 'a', expect: 'b' }, { send: 7 }], 'bad_option'],
  ['an empty question', [{ send: 'a', expect: '' }, { send: 'b' }], 'bad_option'],
])('%s: nothing is sent, and the session goes on', async (_what, steps, code) => {
  const device = new ScriptedDevice('R1#', [{ to: 'x\r', says: 'x\r\nR1#' }]);
  const session = await openSession(device);
  expect(await failure(session.sendInteractive(steps as InteractiveStep[]))).toMatchObject({ code });
  await session.sendCommand('x');
  expect(device.written).toBe('x\r');
});
