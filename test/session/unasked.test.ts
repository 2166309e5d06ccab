import { describe, expect, test } from 'vitest';
import { platformCatalogue } from '#dist/platforms/index.js';
import { findRefusal } from '#dist/session/commands/refusals.js';
import { failure } from './failure.ts';
import { openSession, type Reply, ScriptedDevice } from './scripted-device.ts';

const LINK = '*Nov 21 10:00:01.123: %LINK-3-UPDOWN: Interface Gi0/1, changed state to up';
const saying = (to: string, says: string): Reply => ({ to: `${to}\r`, says });
const clock = saying('show clock', 'show clock\r\n10:00\r\nR1#');

async function answerTo(reply: Reply): Promise<string> {
  const session = await openSession(new ScriptedDevice('R1#', [clock, reply]));
  await session.sendCommand('show clock');
  return (await session.sendCommand(reply.to.trimEnd())).output;
}

describe('a bare prompt inside an answer', () => {
  test.each([
    '10:00:00 something',
    'Nov 21 10:00:00 something',
    'uptime is 10:00:00',
    'at %FAKE-3-CODE: text',
    `${LINK}\r\nand more`,
    '***',
  ])('is no end of it where the next line only holds a time or a code: %s', async (next) => {
    const error = await failure(
      answerTo(saying('more log', `more log\r\nline1\r\nR1#\r\n${next}\r\nimportant\r\nR1#`)),
    );
    expect(error.code).toBe('unexpected_prompt');
  });

  test.each([
    LINK,
    '000123: Nov 21 10:00:01: %LINK-3-UPDOWN: Interface Gi0/1, changed state to up',
    '1d02h: %LINK-3-UPDOWN: Interface Gi0/1, changed state to up',
    '%LINK-3-UPDOWN: Interface Gi0/1, changed state to up',
    'RP/0/RP0/CPU0:Nov 21 10:00:01.123 UTC: ifmgr[215]: %PKT_INFRA-LINK-3-UPDOWN : Interface Te0/0/0/0',
    '2026 Nov 21 10:00:01 sw1 %ETHPORT-5-IF_UP: Interface Ethernet1/1 is up',
    'Nov 21 10:00:01 sw1 ConfigAgent: %SYS-5-CONFIG_E: Enter configuration mode from console',
    'Nov 21 2026 10:00:01 HUAWEI %%01IFNET/4/LINK_STATE(l)[0]:The line protocol has entered the DOWN state.',
    '\r\n\r\n***\r\n*** --- SHUTDOWN in 0:05:00 ---\r\n***\r\n',
    'Broadcast message from root@box (pts/1) (Sat Nov 21 10:00:01 2026):\r\n\r\nThe system is going down',
  ])('is one where what follows is a message of the device: %s', async (message) => {
    expect(await answerTo(saying('show x', `show x\r\nline1\r\nR1#\r\n${message}\r\nR1#`))).toBe('line1');
  });

  test('is never explained in a shell but by what was sent to all who are logged in', async () => {
    const prompt = 'ops@box:~$ ';
    const copy = (next: string): Reply => ({
      to: 'cat x\r',
      says: `cat x\r\nline1\r\n${prompt}\r\n${next}\r\n${prompt}`,
    });
    const run = async (reply: Reply): Promise<string> => {
      const first = { to: 'true\r', says: `true\r\n${prompt}` };
      const session = await openSession(new ScriptedDevice(prompt, [first, reply]), { platform: 'linux' });
      await session.sendCommand('true');
      return (await session.sendCommand('cat x')).output;
    };
    expect((await failure(run(copy(LINK)))).code).toBe('unexpected_prompt');
    expect(await run(copy('Broadcast message from root@box (pts/1):\r\n\r\nbye'))).toBe('line1');
  });
});

// The best of three: a busy machine is slower than we are, never quicker.
test('a line of a hundred thousand percent signs is weighed at once', { retry: 2 }, async () => {
  const start = performance.now();
  const error = await failure(answerTo(saying('show x', `\r\n${'%'.repeat(100_000)}\r\nR1#show x\r\nx\r\nR1#`)));
  expect(error.code).toBe('unexpected_prompt');
  expect(performance.now() - start).toBeLessThan(2_000);
});

describe('a refusal behind a message of the device', () => {
  test('is a refusal, and stops a configuration', async () => {
    const device = new ScriptedDevice('R1#', [
      saying('configure terminal', 'configure terminal\r\nR1(config)#'),
      saying('ip route 10.0.0.0', `ip route 10.0.0.0\r\n${LINK}\r\n% Incomplete command.\r\n\r\nR1(config)#`),
      saying('end', 'end\r\nR1#'),
    ]);
    const { ok, refusedLine } = await (await openSession(device)).sendConfig(['ip route 10.0.0.0', 'line vty 0 4']);
    expect({ ok, refusedLine, typed: device.written }).toEqual({
      ok: false,
      refusedLine: 1,
      typed: 'configure terminal\rip route 10.0.0.0\rend\r',
    });
  });

  test('is found in the words of every platform that prints such messages', () => {
    const missed: string[] = [];
    let cases = 0;
    for (const { platform } of platformCatalogue()) {
      if (platform.unendedAnswers === true) continue;
      for (const { answer, line } of platform.cases?.refused ?? []) {
        cases++;
        for (const at of answer.keys()) {
          const found = findRefusal(platform, [...answer.slice(0, at), LINK, ...answer.slice(at)]);
          // Below the line itself it changes nothing either.
          if (found !== line) missed.push(`${platform.name}: '${line}' behind a message at ${at}`);
        }
      }
    }
    expect(missed).toEqual([]);
    expect(cases).toBeGreaterThan(200);
  });
});
