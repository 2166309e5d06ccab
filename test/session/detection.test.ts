import { matchPrompt, type Platform, platformCatalogue } from 'rollcall/platforms';
import { expect, test } from 'vitest';
import {
  answeredBy,
  type Candidate,
  candidatesOf,
  leftAfter,
  likeliest,
  nextProbe,
} from '#dist/session/login/detection.js';

const all = platformCatalogue().flatMap(({ covered, platform }) => (covered === 'own file' ? [platform] : []));
const probed = all.filter(({ detect }) => detect?.probe !== undefined);

/** The candidates for a prompt of two lines or one, where nothing else is known. */
function fitting(prompt: string): readonly Candidate[] {
  const lines = prompt.split('\n');
  const [line = '', above = ''] = [lines.at(-1), lines.at(-2)];
  return candidatesOf(all, { prompt: line }).filter(({ platform }) => matchPrompt(platform, line, above) !== undefined);
}

/** How many commands it takes until the platform's own is sent; a command before it is refused in the platform's words. */
function probesUntilAsked(platform: Platform, prompt: string): number {
  const refusal = platform.cases?.refused[0]?.answer ?? [];
  let left = fitting(prompt);
  for (let count = 1; count < 10; count++) {
    const probe = nextProbe(left);
    if (probe === undefined) break;
    if (probe.asks.some((candidate) => candidate.platform === platform)) return count;
    left = leftAfter(probe, left, refusal);
  }
  return Number.POSITIVE_INFINITY;
}

/** NetScaler refuses in words that PowerConnect has too; that one's command comes first. */
const LATER = ['netscaler'];

test.each(probed.filter(({ name }) => !LATER.includes(name)).map((platform) => [platform.name, platform] as const))(
  '%s gets its own command among the first two, at the prompt of its login',
  (_name, platform) => {
    const [prompts = []] = Object.values(platform.cases?.prompts ?? {});
    for (const prompt of prompts) {
      expect([prompt, probesUntilAsked(platform, prompt)]).toEqual([
        prompt,
        expect.toSatisfy((count: number) => count <= 2),
      ]);
    }
  },
);

test('who answers one command as another is answered by it gets its own next', () => {
  const first = nextProbe(fitting('ns1>'));
  if (first === undefined) throw new Error('no probe for ns1>');
  expect(first.send).toBe('show version');
  const left = leftAfter(first, fitting('ns1>'), ['\tNetScaler NS13.1: Build 48.47.nc, Date: Mar 30 2023', ' Done']);
  expect(nextProbe(left)?.asks[0].platform.name).toBe('netscaler');
});

test('no two platforms that are asked the same have the same answer', () => {
  for (const platform of probed) {
    const { send, answer } = platform.detect?.probe ?? {};
    const twins = probed.filter(({ detect }) => detect?.probe?.send === send && detect?.probe?.answer === answer);
    expect([platform.name, twins.map(({ name }) => name)]).toEqual([platform.name, [platform.name]]);
  }
});

test('an answer is of those alone whose pattern it fits', () => {
  const probe = nextProbe(fitting('R1>'));
  if (probe === undefined) throw new Error('no probe for R1>');
  expect(probe.send).toBe('show version');
  const answered = answeredBy(probe, ['Cisco IOS Software, 7200 Software (C7200), Version 15.2(4)S5', 'ROM: x']);
  expect(likeliest(answered)?.platform.name).toBe('cisco_ios');
  expect(answeredBy(probe, ['% Unknown command'])).toEqual([]);
});

test.each([
  ['Controller-Managed', 'cisco_xe_sdwan'],
  ['Autonomous', 'cisco_ios'],
])('of two whose answer fits, the one with a line of its own goes first: %s', (mode, name) => {
  const probe = nextProbe(fitting('Router#'));
  if (probe === undefined) throw new Error('no probe for Router#');
  const lines = ['Cisco IOS XE Software, Version 17.09.04a', `Router operating mode: ${mode}`];
  expect(likeliest(answeredBy(probe, lines))?.platform.name).toBe(name);
});
