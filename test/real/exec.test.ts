import { connectExec, Secret } from 'rollcall/session';
import { describe, expect, test } from 'vitest';
import { ownSurroundings } from '../transport/surroundings.ts';
import type { RealDevice } from './devices.mjs';
import { realDevicesOrSkip } from './use.ts';

const real = realDevicesOrSkip();
ownSurroundings();

const open = ({ host, port, username, password }: RealDevice, timeouts = {}) =>
  connectExec(
    { host, port, username, password: new Secret(password), platform: 'linux' },
    { hostKeys: { policy: 'off' }, timeouts },
  );

describe.each(['shell', 'dropbear'] as const)('single commands on a host (%s)', (kind) => {
  test('many on one connection, with output, errors and exit status', async () => {
    await using session = await open(real().device(kind));
    const first = await session.exec('echo $PPID; echo to err >&2; exit 3');
    expect(first).toMatchObject({ ok: false, exitCode: 3, stderr: 'to err', refusal: 'exit status 3: to err' });
    expect(await session.exec('nonesuch-command')).toMatchObject({
      ok: false,
      exitCode: 127,
      refusal: expect.stringMatching(/not found/),
    });
    expect(await session.exec('kill -9 $$')).toMatchObject({ ok: false, exitSignal: 'KILL' });
    // Nothing is typed: what reads ends at once.
    expect(await session.exec('cat; echo end')).toMatchObject({ ok: true, output: 'end', exitCode: 0 });
  });

  test('an answer of 8 MB is whole', async () => {
    await using session = await open(real().device(kind));
    const { output, ok } = await session.exec('seq 1 1200000');
    expect(ok).toBe(true);
    expect(output.length).toBeGreaterThan(8_000_000);
    expect([output.slice(0, 4), output.slice(-15)]).toEqual(['1\n2\n', '1199999\n1200000']);
  });

  test('a command that goes on in silence is given up', async () => {
    await using session = await open(real().device(kind), { idleMs: 100 });
    await expect(session.exec('echo begun; sleep 600')).rejects.toMatchObject({ code: 'idle_timeout' });
  });
});
