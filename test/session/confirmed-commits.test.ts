import { connect, Secret } from 'rollcall/session';
import { expect, test } from 'vitest';
import { temporaryLab } from '../lab/clients.js';

/** Platforms whose commit asks something on the way, or is typed in a shell: lines, what shows them, a text of them. */
const PLATFORMS = [
  ['vyos', ['set system contact noc'], 'show configuration', 'contact noc'],
  ['ubiquiti_edgerouter', ['set system contact noc'], 'show configuration', 'contact noc'],
  ['cumulus_linux', ['nv set interface swp2 description noc'], 'nv config show', 'swp2 description noc'],
] as const;

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
