import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RollcallError } from '#dist/base/index.js';
import { openSession, type Reply, ScriptedDevice, type Split } from './scripted-device.ts';

const LOG = '*Nov 21 10:00:01.123: %SYS-5-CONFIG_I: Configured from console';

/** Lines of answers, exact copies of this device's prompts among them, alone and with text behind. */
const line = fc.constantFrom(
  ...[
    '',
    'text',
    'R1#',
    'R1# ',
    'R1>',
    'R1(config)#',
    'R1#show x',
    'R2#',
    ' R1#',
    '#',
    'show 1',
    'R1#show 2',
    'R1#show 0',
    '10:00:00 text',
    '\u001b[1mR1#\u001b[0m',
    '--More--?',
  ],
);

/** What comes before the echo though nobody asked: nothing, messages, and what is none. */
const noise = fc.constantFrom(
  ...['', '', '', `\r\n${LOG}\r\nR1#`, `\r\n${LOG}\r\n`, '\r\nR1#', '\r\nstale\r\nR1#', '\r\nR1>'],
);

const step = fc.record({ before: noise, lines: fc.array(line, { maxLength: 6 }) });

interface Outcome {
  readonly got: readonly string[];
  readonly failed: string | undefined;
}

async function converse(replies: readonly Reply[], split: Split): Promise<Outcome> {
  const device = new ScriptedDevice('R1#', replies, split);
  device.slow = true;
  const session = await openSession(device, { idleMs: 1_000 });
  const got: string[] = [];
  for (const { to } of replies) {
    try {
      got.push((await session.sendCommand(to.trimEnd())).output);
    } catch (error) {
      return { got, failed: (error as RollcallError).code };
    }
  }
  return { got, failed: undefined };
}

const RUNS = Number(process.env.ROLLCALL_LIES_RUNS ?? 150);

function script(steps: readonly { readonly before: string; readonly lines: readonly string[] }[]): readonly Reply[] {
  const answering = (to: string): Reply => ({ to: `${to}\r`, says: `${to}\r\n${to} answer\r\nR1#` });
  const asked = steps.map(({ before, lines }, index): Reply => {
    return { to: `show ${index}\r`, says: [`${before}show ${index}`, ...lines, 'R1#'].join('\r\n') };
  });
  return [answering('first'), ...asked, answering('last')];
}

/*
 * Whatever stands in the answers and between them, and however the bytes are cut: each answer is the one that the device
 * gave, or there is an error, for that command or for the next one. fast-check tells the seed of a failure. Left out is
 * an answer with a line that is the prompt and the very command that comes next: cut in its middle, it is that one's echo.
 */
test('no answer is wrong without an error, at the latest with the next command', { timeout: 600_000 }, async () => {
  const steps = fc
    .array(step, { minLength: 1, maxLength: 4 })
    .filter((all) => all.every(({ lines }, index) => !lines.includes(`R1#show ${index + 1}`)));
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(), async (all, seed) => {
      const right = ['first answer', ...all.map(({ lines }) => lines.map(plain).join('\n')), 'last answer'];
      const { got, failed } = await converse(script(all), `random ${seed}`);
      const wrong = got.findIndex((output, index) => output !== right[index]);
      if (wrong === -1) {
        if (failed === undefined) expect(got).toHaveLength(right.length);
        return;
      }
      expect(failed, `'${got[wrong]}' was taken for '${right[wrong]}'`).toBeDefined();
      expect(got.length - 1, 'the error comes with the next command').toBe(wrong);
    }),
    { numRuns: RUNS },
  );
});

test('no error is raised without need: messages, prompts of other devices and modes, and parts of lines', {
  timeout: 600_000,
}, async () => {
  const harmless = fc.record({
    before: fc.constantFrom('', `\r\n${LOG}\r\nR1#`, `\r\n${LOG}\r\n`),
    lines: fc.array(
      fc.constantFrom('', 'text', 'R1>', 'R1(config)#', 'R2#', ' R1#', 'xR1#', '#', 'show 1', 'r1#', LOG),
      { maxLength: 8 },
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(harmless, { minLength: 1, maxLength: 4 }), fc.nat(), async (all, seed) => {
      const right = ['first answer', ...all.map(({ lines }) => lines.join('\n')), 'last answer'];
      expect(await converse(script(all), `random ${seed}`)).toEqual({ got: right, failed: undefined });
    }),
    { numRuns: RUNS },
  );
});

function plain(text: string): string {
  return text.replaceAll(/\u001b\[\d*m/g, '');
}
