import type { SimulatedDevice } from 'rollcall/lab';
import { loadPlatform } from 'rollcall/platforms';
import { connect, Secret } from 'rollcall/session';
import { describe, expect, test } from 'vitest';
import { temporaryLab } from '../lab/clients.js';
import { dialectsInEveryManner } from '../lab/dialect-manners.js';

const dialects = dialectsInEveryManner().filter(({ variant }) => variant === undefined);

/** What is not found, over which transport, and why. */
const NOT_FOUND: ReadonlyMap<string, { readonly over: readonly string[]; readonly why: string }> = new Map([
  ['hp_procurve', { over: ['telnet'], why: 'asks for a key before it says anything else' }],
  ['juniper_screenos', { over: ['telnet'], why: "known by its SSH server's name alone" }],
  ['sophos_sfos', { over: ['ssh', 'telnet'], why: 'shows a menu in place of a prompt' }],
  [
    'supermicro_smis',
    { over: ['ssh', 'telnet'], why: 'answers show version as others of its maker do; its own command comes third' },
  ],
]);

/** Those that say how they are known, by their server's name, greeting or prompt, or by the answer to a command. */
const known = dialects.filter(({ dialect: { name } }) => Object.keys(loadPlatform(name).detect ?? {}).length > 0);

const BOTH = ['ssh', 'telnet'] as const;
const notOver = (name: string): readonly string[] => NOT_FOUND.get(name)?.over ?? [];

function detected({ host, port, username, password }: SimulatedDevice, transport: 'ssh' | 'telnet', connectMs: number) {
  const target = { host, port, username, transport, password: new Secret(password), platform: 'autodetect' };
  return connect(target, { hostKeys: { policy: 'off' }, enable: 'never', timeouts: { connectMs, idleMs: 5_000 } });
}

test('there are dialects whose platforms are known without being told', () => {
  expect(known.length).toBeGreaterThan(60);
});

describe.concurrent.each(known)('$label', ({ dialect }) => {
  const found = BOTH.filter((transport) => !notOver(dialect.name).includes(transport));
  const missed = BOTH.filter((transport) => notOver(dialect.name).includes(transport));
  const lab = (transport: 'ssh' | 'telnet') =>
    temporaryLab({ devices: [{ name: 'edge-1', platform: dialect.name, transport }] });

  for (const transport of found) {
    test(`is found over ${transport}, with two commands at most`, async () => {
      await using stage = await lab(transport);
      const session = await detected(stage.first, transport, 10_000);
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
  }

  for (const transport of missed) {
    test(`is taken for no other over ${transport}, where it is not found`, async () => {
      await using stage = await lab(transport);
      await expect(detected(stage.first, transport, 3_000)).rejects.toMatchObject({ phase: 'login' });
    });
  }
});
