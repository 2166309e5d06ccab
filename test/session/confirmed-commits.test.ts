import { connect, Secret } from 'rollcall/session';
import { afterEach, expect, test, vi } from 'vitest';
import { temporaryLab } from '../lab/clients.js';

/** Platforms whose commit asks something on the way, or is typed in a shell: lines, what shows them, a text of them. */
const PLATFORMS = [
  ['vyos', ['set system contact noc'], 'show configuration', 'contact noc'],
  ['ubiquiti_edgerouter', ['set system contact noc'], 'show configuration', 'contact noc'],
  ['cumulus_linux', ['nv set interface swp2 description noc'], 'nv config show', 'swp2 description noc'],
] as const;

afterEach(() => vi.restoreAllMocks());

async function open(platform: string, clock?: () => number) {
  const stage = await temporaryLab({ devices: [{ name: 'edge-1', platform, transport: 'ssh', clock }] });
  const { password, secret, ...where } = stage.first;
  const session = await connect(
    { ...where, platform, password: new Secret(password), secret: new Secret(secret) },
    { hostKeys: { policy: 'off' }, timeouts: { idleMs: 5000 } },
  );
  return { stage, session };
}

test.each(PLATFORMS)('a commit on %s answers what is asked, and counts', async (platform, lines, show, text) => {
  const { stage, session } = await open(platform);
  await using _stage = stage;
  await using _session = session;
  expect(await session.sendConfig(lines)).toMatchObject({ ok: true });
  expect((await session.commit()).ok).toBe(true);
  expect((await session.sendCommand(show)).output).toContain(text);
});

test.each(PLATFORMS)('a commit on %s is taken back unless it is confirmed', async (platform, lines, show, text) => {
  for (const confirmed of [false, true]) {
    let now = Date.now();
    const { stage, session } = await open(platform, () => now);
    await using _stage = stage;
    await using _session = session;
    await session.sendConfig(lines);
    // A minute and a half is two of the minutes that the device counts in.
    expect((await session.commit({ confirmedSeconds: 90 })).ok).toBe(true);
    expect(stage.lab.commandsOf('edge-1').some((line) => / 2$/.test(line))).toBe(true);
    if (confirmed) expect((await session.confirmCommit()).ok).toBe(true);
    now += 120_000;
    const shown = session.mode === 'config' ? `run ${show}` : show;
    expect((await session.sendCommand(shown)).output.includes(text)).toBe(confirmed);
  }
});

test('a confirmation after the device has taken the commit back was told to be done', async () => {
  let now = Date.now();
  const { stage, session } = await open('juniper_junos', () => now);
  await using _stage = stage;
  await using _session = session;
  vi.spyOn(Date, 'now').mockImplementation(() => now);
  await session.sendConfig(['set system location building X']);
  expect((await session.commit({ confirmedSeconds: 60 })).ok).toBe(true);
  now += 75_000;
  const sent = stage.lab.commandsOf('edge-1').length;
  for (const _again of [1, 2]) {
    const late = await session.confirmCommit();
    expect(late).toMatchObject({ ok: false, output: '', refusal: expect.stringContaining('the 60 s') });
  }
  expect(stage.lab.commandsOf('edge-1').length).toBe(sent);
  expect((await session.sendCommand('run show configuration')).output).not.toContain('building X');
});

test('a confirmation that comes when the device may take the commit back any moment is not sent', async () => {
  let now = Date.now();
  const { stage, session } = await open('juniper_junos', () => now);
  await using _stage = stage;
  await using _session = session;
  vi.spyOn(Date, 'now').mockImplementation(() => now);
  await session.sendConfig(['set system location building X'], { commit: { confirmedSeconds: 60 } });
  now += 58_500;
  expect((await session.confirmCommit()).ok).toBe(false);
  now -= 10_000;
  expect((await session.confirmCommit()).ok).toBe(true);
});

test('the session ran into a timeout when a host name was taken back', async () => {
  let now = Date.now();
  const { stage, session } = await open('juniper_junos', () => now);
  await using _stage = stage;
  await using _session = session;
  vi.spyOn(Date, 'now').mockImplementation(() => now);
  await session.sendConfig(['set system host-name edge-9']);
  await session.commit({ confirmedSeconds: 60 });
  expect(session.hostname).toBe('edge-9');
  expect((await session.sendCommand('run show version')).ok).toBe(true);
  now += 75_000;
  expect((await session.confirmCommit()).ok).toBe(false);
  expect((await session.sendCommand('run show configuration')).output).not.toContain('edge-9');
  expect(session.hostname).toBe('edge-1');
  await session.discard();
});
