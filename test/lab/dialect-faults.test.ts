import type { FaultName } from 'rollcall/lab';
import { labExample, labPlatformNames, startLab } from 'rollcall/lab';
import { expect, test } from 'vitest';
import { sshShell, telnetTalk, temporaryLab } from './clients.js';

const PROMPT = 'cisco@R1> ';

async function junos(faults: readonly FaultName[], settings: { slowMs?: number; faultAt?: number } = {}) {
  const stage = await temporaryLab({ devices: 1, platform: 'juniper_junos', faults, ...settings });
  return { stage, open: () => sshShell(stage.first) };
}

test('a device that speaks a dialect hangs up, or falls silent, in the middle of an answer', async () => {
  const cut = await junos(['close_mid_answer']);
  await using _cut = cut.stage;
  const talk = await cut.open();
  await talk.until(PROMPT);
  talk.send('show version\r');
  expect(await talk.end()).not.toContain('Kernel');
  const stuck = await junos(['hang_mid_answer']);
  await using _stuck = stuck.stage;
  const other = await stuck.open();
  await other.until(PROMPT);
  other.send('show version\r');
  await other.until('Hostname: R1');
  expect(stuck.stage.lab.counters.connected).toBe(1);
  other.close();
});

test('a question that nobody expected comes before an answer, and prompts twice where that is the fault', async () => {
  const { stage, open } = await junos(['ask_confirm', 'duplicate_prompt', 'dribble']);
  await using _stage = stage;
  const talk = await open();
  await talk.until(`${PROMPT}\r\n${PROMPT}`);
  talk.send('show version\r');
  await talk.until('[confirm]');
  talk.send('n');
  expect(await talk.until(`${PROMPT}\r\n${PROMPT}`)).not.toContain('Model');
});

test('log messages break in, and nothing that is typed comes back', async () => {
  const { stage, open } = await junos(['noise', 'no_echo']);
  await using _stage = stage;
  const talk = await open();
  await talk.until(PROMPT);
  talk.send('show version\r');
  const answer = await talk.until(PROMPT);
  expect(answer).not.toContain('show version');
  expect(answer.match(/link state changed to up/g)).toHaveLength(2);
});

test('a slow device takes its time, and a dead one says nothing', async () => {
  const { stage, open } = await junos(['slow'], { slowMs: 300 });
  await using _stage = stage;
  const talk = await open();
  await talk.until(PROMPT);
  const start = performance.now();
  talk.send('show version\r');
  await talk.until(PROMPT);
  expect(performance.now() - start).toBeGreaterThan(290);
  await using dead = await temporaryLab({ devices: 1, platform: 'juniper_junos_telnet', faults: ['close_at_once'] });
  expect(await (await telnetTalk(dead.first)).end()).toBe('');
});

test('a platform or a variant that is none is refused with those that are', async () => {
  expect(labPlatformNames()).toContain('juniper_junos');
  expect(labExample('juniper_junos')).toBe('show version');
  const nearly = startLab({ devices: 1, platform: 'juniper_junso' });
  await expect(nearly).rejects.toThrow("got 'juniper_junso'; did you mean 'juniper_junos'");
  const other = startLab({ devices: 1, platform: 'nokia_sros', variant: 'md' });
  await expect(other).rejects.toThrow("variant must be a manner of nokia_sros (one of md-cli); got 'md'");
  await expect(startLab({ devices: 1, variant: 'md' })).rejects.toThrow('a manner of cisco_ios (it has none)');
});
