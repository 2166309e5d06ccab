import { loadPlatform } from 'rollcall/platforms';
import { connect, Secret } from 'rollcall/session';
import { describe, expect, test } from 'vitest';
import { temporaryLab } from '../lab/clients.js';
import { dialectsInEveryManner } from '../lab/dialect-manners.js';

const dialects = dialectsInEveryManner().filter(({ variant }) => variant === undefined);

/** Found by a command of its own; what is known by its SSH server's name alone the lab cannot show. */
const probed = dialects.filter(({ dialect }) => loadPlatform(dialect.name).detect?.probe !== undefined);

test('there are dialects whose platforms are known by the answer to a command', () => {
  expect(probed.length).toBeGreaterThan(15);
});

describe.each(probed)('$label', ({ dialect }) => {
  test.each(['ssh', 'telnet'] as const)('is found over %s, with two commands at most', async (transport) => {
    await using stage = await temporaryLab({ devices: [{ name: 'edge-1', platform: dialect.name, transport }] });
    const { host, port, username, password } = stage.first;
    const target = { host, port, username, transport, password: new Secret(password), platform: 'autodetect' };
    const session = await connect(target, {
      hostKeys: { policy: 'off' },
      enable: 'never',
      timeouts: { connectMs: 10_000, idleMs: 5_000 },
    });
    expect(session.platform).toBe(dialect.name);
    const { prepare } = loadPlatform(dialect.name);
    const probes = stage.lab.commandsOf('edge-1').filter((line) => prepare.every(({ send }) => send !== line));
    expect(probes.length).toBeLessThanOrEqual(2);
    const { show } = dialect.examples.inSession ?? dialect.examples;
    expect(await session.sendCommand(show.send)).toMatchObject({
      ok: true,
      output: expect.stringContaining(show.holds),
    });
    await session.close();
  });
});
