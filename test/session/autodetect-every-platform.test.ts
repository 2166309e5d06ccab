import { loadPlatform } from 'rollcall/platforms';
import { connect, Secret } from 'rollcall/session';
import { describe, expect, test } from 'vitest';
import { temporaryLab } from '../lab/clients.js';
import { dialectsInEveryManner } from '../lab/dialect-manners.js';

const dialects = dialectsInEveryManner().filter(({ variant }) => variant === undefined);

/** What is taken for another, or for none, and why. */
const NOT_FOUND: ReadonlyMap<string, string> = new Map([
  ['cumulus_linux', 'a Linux shell like any other until its own command is tried, which comes third'],
  ['edgecore_sonic', "SONiC's greeting is that of every vendor of it"],
  ['dell_powerconnect', 'refuses in the words of many, so that its own command comes third'],
]);

/** Found by a command of its own; what is known by its SSH server's name alone the lab cannot show. */
const probed = dialects.filter(
  ({ dialect: { name } }) => loadPlatform(name).detect?.probe !== undefined && !NOT_FOUND.has(name),
);

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
    const { show } = dialect.examples;
    expect(await session.sendCommand(show.send)).toMatchObject({
      ok: true,
      output: expect.stringContaining(show.holds),
    });
    await session.close();
  });
});
