import { connect, Secret, type Session } from 'rollcall/session';
import { expect, test } from 'vitest';
import { temporaryLab } from '../lab/clients.js';

const LINES = ['snmp-server contact noc', 'interface Ethernet1', 'description uplink'];

async function open(device: { host: string; port: number; username: string; password: string; secret: string }) {
  return connect(
    { ...device, platform: 'arista_eos', password: new Secret(device.password), secret: new Secret(device.secret) },
    { hostKeys: { policy: 'off' }, timeouts: { idleMs: 5000 } },
  );
}

const contact = async (session: Session): Promise<boolean> =>
  (await session.sendCommand('show running-config')).output.includes('contact noc');

const lab = (clock?: () => number) =>
  temporaryLab({ devices: [{ name: 'edge-1', platform: 'arista_eos', transport: 'ssh', clock }] });

test('lines of a configuration session count when it is committed, and the session has a name of its own', async () => {
  await using stage = await lab();
  await using session = await open(stage.first);
  expect(await session.sendConfig(LINES, { mode: 'config-private' })).toMatchObject({ ok: true, pending: true });
  expect(await session.commit()).toMatchObject({ ok: true });
  expect(session.mode).toBe('privileged');
  expect(await contact(session)).toBe(true);
  const entered = stage.lab.commandsOf('edge-1').filter((line) => line.startsWith('configure session '));
  expect(entered).toEqual([expect.stringMatching(/^configure session rollcall-[0-9a-f]{8}$/)]);
});

test('a configuration session that is dropped leaves nothing pending', async () => {
  await using stage = await lab();
  await using session = await open(stage.first);
  await session.sendConfig(LINES, { mode: 'config-private' });
  expect(await session.discard()).toMatchObject({ ok: true });
  expect([session.mode, await contact(session)]).toEqual(['privileged', false]);
  expect(stage.lab.commandsOf('edge-1')).toContain('abort');
});

test('lines outside of a configuration session take effect at once', async () => {
  await using stage = await lab();
  await using session = await open(stage.first);
  expect(await session.sendConfig(LINES)).toMatchObject({ ok: true, pending: false });
  expect(await contact(session)).toBe(true);
});

test('a commit with a timer is taken back, unless it is confirmed under the name of its session', async () => {
  for (const confirmed of [false, true]) {
    let now = Date.now();
    await using stage = await lab(() => now);
    await using session = await open(stage.first);
    await session.sendConfig(LINES, { mode: 'config-private' });
    expect(await session.commit({ confirmedSeconds: 120 })).toMatchObject({ ok: true });
    expect(stage.lab.commandsOf('edge-1')).toContain('commit timer 00:02:00');
    expect(await contact(session)).toBe(true);
    if (confirmed) expect(await session.confirmCommit()).toMatchObject({ ok: true });
    now += 120_000;
    expect(await contact(session)).toBe(confirmed);
  }
});

test.each([
  [37, '00:00:37'],
  [600, '00:10:00'],
  [5_400, '01:30:00'],
])('a commit may wait for its confirmation for any time: %i s', async (seconds, timer) => {
  let now = Date.now();
  await using stage = await lab(() => now);
  await using session = await open(stage.first);
  await session.sendConfig(LINES, { mode: 'config-private' });
  expect(await session.commit({ confirmedSeconds: seconds })).toMatchObject({ ok: true });
  expect(stage.lab.commandsOf('edge-1')).toContain(`commit timer ${timer}`);
  now += seconds * 1000 - 1;
  expect(await contact(session)).toBe(true);
  now += 1;
  expect(await contact(session)).toBe(false);
});

test('a confirmation that comes too late is refused: nothing was made final', async () => {
  let now = Date.now();
  await using stage = await lab(() => now);
  await using session = await open(stage.first);
  await session.sendConfig(LINES, { mode: 'config-private' });
  await session.commit({ confirmedSeconds: 60 });
  now += 60_000;
  const late = await session.confirmCommit();
  expect(late).toMatchObject({ ok: false, refusal: expect.stringMatching(/^% Session rollcall-\w+ does not exist$/) });
  expect(await contact(session)).toBe(false);
});
