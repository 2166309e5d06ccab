import type { SimulatedDevice } from 'rollcall/lab';
import { platformNames } from 'rollcall/platforms';
import { connect, Secret, type Session, type SessionOptions } from 'rollcall/session';
import { describe, expect, test } from 'vitest';
import { temporaryLab } from '../lab/clients.js';
import { dialectsInEveryManner, type Manner } from '../lab/dialect-manners.js';
import { rowsOf, runningOf } from '../lab/dialect-rows.js';
import { platformOf } from './platform-of.js';

const manners = dialectsInEveryManner().filter(({ dialect }) => platformNames().includes(dialect.name));

function open({ dialect }: Manner, device: SimulatedDevice, options: SessionOptions = {}): Promise<Session> {
  const acknowledged = new Map(dialect.login.ssh?.acknowledge?.map((one) => [one.prompt.trim(), one.answer]));
  const ask: SessionOptions['ask'] = async ({ prompt }) => acknowledged.get(prompt.trim()) ?? '';
  const { platform, password, secret, ...where } = device;
  const telnet = platform.endsWith('_telnet');
  return connect(
    {
      ...where,
      platform: platform.replace('_telnet', ''),
      transport: telnet ? 'telnet' : 'ssh',
      password: new Secret(password),
      secret: new Secret(secret),
    },
    { ask, hostKeys: { policy: 'off' }, timeouts: { connectMs: 10_000, idleMs: 5000 }, ...options },
  );
}

/** A clock that stands still: two answers with the time in them are to be equal. */
const NOON = Date.UTC(2026, 0, 5, 12);

function lab({ dialect, variant }: Manner, transport: 'ssh' | 'telnet', clock: () => number = () => NOON) {
  return temporaryLab({ devices: [{ name: 'edge-1', platform: dialect.name, variant, transport, clock }] });
}

/** The lines that a session is given: with those that lead in and out where the platform's mode has no way of its own. */
function configLines({ dialect }: Manner): readonly string[] {
  const { configure } = dialect.examples;
  if (configure === undefined) return [];
  const way = platformOf(dialect.name).modes[configure.mode ?? 'config']?.enter ?? [];
  return way.length > 0
    ? configure.lines
    : [...configure.enter, ...configure.lines, ...configure.leave].filter((line) => line !== '');
}

test('there are dialects to hold sessions against', () => {
  expect(manners.length).toBeGreaterThan(0);
});

describe.concurrent.each(manners)('$label', (manner) => {
  const { examples, pager } = manner.dialect;
  const { configure, long } = examples;
  const { commit, confirmed, save } = configure ?? {};
  const inMode = configure?.mode === undefined ? {} : { mode: configure.mode };

  test.each(['ssh', 'telnet'] as const)(
    'a session over %s: login, an answer, a refusal, the end',
    async (transport) => {
      const { show, unknown } = examples.inSession ?? examples;
      await using stage = await lab(manner, transport);
      const session = await open(manner, stage.first);
      const answer = await session.sendCommand(show.send);
      expect(answer).toMatchObject({ ok: true, output: expect.stringContaining(show.holds) });
      const refused = await session.sendCommand(unknown.send);
      expect(refused.output).toContain(unknown.holds);
      // Where nobody could cite the words of its refusals, a session cannot know them.
      expect(refused.ok).toBe(platformOf(manner.dialect.name).refusals.length === 0);
      expect((await session.sendCommand(show.send)).output).toBe(answer.output);
      await session.close();
      expect(stage.lab.counters).toMatchObject({ logins: 1, refusedLogins: 0 });
    },
  );

  test('a wrong password is an authentication failure on a telnet line', async () => {
    await using stage = await lab(manner, 'telnet');
    const opening = open(manner, { ...stage.first, password: 'wrong' });
    await expect(opening).rejects.toMatchObject({ code: 'authentication' });
  });

  if (long !== undefined) {
    test('a long answer is whole, with the pager off and with the pager answered', async () => {
      await using stage = await lab(manner, 'ssh');
      const rows = rowsOf(manner.dialect, long.send);
      const platform = platformOf(manner.dialect.name);
      const asItComes = { ...platform, prepare: [], terminal: { ...platform.terminal, rows: 24 } };
      for (const options of [{}, { platform: asItComes }]) {
        await using session = await open(manner, stage.first, options);
        const { ok, output } = await session.sendCommand(long.send);
        expect(ok).toBe(true);
        // A tabulator arrives as the blanks that it shows.
        const lines = output.split('\n').map((line) => line.trim().replace(/\s+/g, ' '));
        expect(lines.filter((line) => rows.includes(line))).toEqual(rows);
        expect(output).toContain(long.first);
        expect(output).toContain(long.last);
        expect(lines.filter((line) => pager !== undefined && line.startsWith(pager.prompt.trim()))).toEqual([]);
      }
    });
  }

  if (configure !== undefined) {
    test('configuration is taken and read back, and a refused line told with its number', async () => {
      await using stage = await lab(manner, 'ssh');
      await using session = await open(manner, stage.first);
      const lines = configLines(manner);
      const at = lines.indexOf(configure.lines.at(-1) ?? '');
      if (commit !== undefined) {
        // What waits in a candidate is read back when it counts.
        const taken = await session.sendConfig(lines, { ...inMode, commit: true });
        expect(taken).toMatchObject({ ok: true });
        expect(await committed(manner, stage.first)).toBe(true);
      } else {
        const inside = configure.show.from === 'rest' ? [] : [configure.show.send];
        const taken = await session.sendConfig([...lines.slice(0, at + 1), ...inside, ...lines.slice(at + 1)], inMode);
        expect(taken.responses.filter(({ ok }) => !ok)).toEqual([]);
        const shown = inside.length > 0 ? taken.responses[at + 1] : await session.sendCommand(configure.show.send);
        for (const text of configure.show.holds) expect(shown?.output).toContain(text);
      }
      const refused = await session.sendConfig(
        [...lines.slice(0, at), configure.refused.send, ...lines.slice(at)],
        inMode,
      );
      expect(refused).toMatchObject({ ok: false, refusedLine: at + 1 });
      expect(refused.responses).toHaveLength(at + 1);
      expect(refused.responses.at(-1)?.output).toContain(configure.refused.holds);
    });
  }

  if (configure !== undefined && commit !== undefined) {
    test('a commit counts, and what is dropped does not', async () => {
      await using stage = await lab(manner, 'ssh');
      await using session = await open(manner, stage.first);
      expect(await session.sendConfig(configure.lines, inMode)).toMatchObject({ ok: true, pending: true });
      await session.discard();
      expect(await committed(manner, stage.first)).toBe(false);
      await session.sendConfig(configure.lines, inMode);
      expect(await session.commit({ comment: 'as agreed' }).catch(() => session.commit())).toMatchObject({ ok: true });
      expect(await committed(manner, stage.first)).toBe(true);
    });
  }

  if (configure !== undefined && confirmed !== undefined) {
    test('a commit that is not confirmed in time is taken back', async () => {
      let now = Date.now();
      await using stage = await lab(manner, 'ssh', () => now);
      await using session = await open(manner, stage.first);
      await session.sendConfig(configure.lines, inMode);
      expect(await session.commit({ confirmedSeconds: confirmed.afterMs / 1000 })).toMatchObject({ ok: true });
      expect(await committed(manner, stage.first)).toBe(true);
      now += confirmed.afterMs;
      expect(await committed(manner, stage.first)).toBe(false);
    });
  }

  if (save !== undefined) {
    test('the configuration is saved', async () => {
      await using stage = await lab(manner, 'ssh');
      await using session = await open(manner, stage.first);
      expect(await session.save()).toMatchObject({ ok: true });
      expect(stage.lab.commandsOf('edge-1').join('\n')).toContain(save.send[0] ?? '');
    });
  }
});

/** Whether the device runs with the lines of the example: another session looks, in a candidate of its own. */
async function committed(manner: Manner, device: SimulatedDevice): Promise<boolean> {
  await using session = await open(manner, device);
  const { output } = await session.sendCommand(runningOf(manner.dialect));
  return (manner.dialect.examples.configure?.show.holds ?? []).every((text) => output.includes(text));
}
