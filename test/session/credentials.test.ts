import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DeviceSettings, type Lab, startLab } from 'rollcall/lab';
import { connect, type RollcallError, Secret, type SessionOptions, type SessionTarget } from 'rollcall/session';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-credentials-'));
beforeAll(() => {
  vi.stubEnv('HOME', folder);
  vi.stubEnv('XDG_STATE_HOME', folder);
  vi.stubEnv('SSH_AUTH_SOCK', '');
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

let lab: Lab | undefined;
afterEach(async () => {
  await lab?.close();
  lab = undefined;
});

const options: SessionOptions = { hostKeys: { policy: 'off' } };
const central = { username: 'ann', password: new Secret('central-pa55word') };
const local = { username: 'local', password: new Secret('local-pa55word') };

/** A router that knows the local user only, called by the central one. */
async function router(settings: DeviceSettings, rest: Partial<SessionTarget>): Promise<SessionTarget> {
  const known = { username: 'local', password: 'local-pa55word', secret: 'local-enable' };
  lab = await startLab({ devices: [{ ...known, ...settings }], stateDirectory: join(folder, 'lab') });
  const [device] = lab.devices;
  if (device === undefined) throw new Error('no device');
  const { host, port } = device;
  return { host, port, platform: 'cisco_ios', transport: settings.transport ?? 'ssh', ...central, ...rest };
}

const failureOf = (work: Promise<unknown>): Promise<RollcallError> =>
  work.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: RollcallError) => error,
  );

describe.each(['ssh', 'telnet'] as const)('several credentials over %s (lab)', (transport) => {
  test('are tried in order, each on a new connection, and the secret of the one that gets in enables', async () => {
    const secret = new Secret('local-enable');
    const target = await router(
      { transport },
      { secret: new Secret('central-enable'), credentials: [{ ...local, secret }] },
    );
    await using session = await connect(target, options);
    expect(session.attempts).toEqual([
      { username: 'ann', outcome: 'refused' },
      { username: 'local', outcome: 'accepted' },
    ]);
    expect(session).toMatchObject({ mode: 'privileged', target: { username: 'local' } });
    expect(lab?.counters).toMatchObject({ connections: 2, refusedLogins: 1, logins: 1 });
  });

  test('are not tried once the first gets in', async () => {
    const target = await router({ transport }, { ...local, credentials: [central] });
    await using session = await connect(target, options);
    expect(session.attempts).toEqual([{ username: 'local', outcome: 'accepted' }]);
    expect(lab?.counters).toMatchObject({ connections: 1, refusedLogins: 0 });
  });

  test('are all refused: the error tells each attempt, and no secret', async () => {
    const bob = { username: 'bob', password: new Secret('bobs-pa55word') };
    const target = await router(
      { transport },
      { credentials: [bob, { ...central }, { username: 'bob', password: bob.password }] },
    );
    const error = await failureOf(connect(target, options));
    expect(error).toMatchObject({
      ...{ name: 'AuthenticationError', code: 'authentication' },
      message: expect.stringMatching(/refused user 'bob'.* \(logins in order: ann: refused, bob: refused\)$/),
      details: { attempts: ['ann: refused', 'bob: refused'] },
    });
    for (const shown of [error.message, `${error.stack}`, JSON.stringify(error)]) expect(shown).not.toMatch(/pa55word/);
    // Neither password went out twice for its user.
    expect(lab?.counters).toMatchObject({ connections: 2, refusedLogins: 2 });
  });

  test('share what is left of the time in all', async () => {
    const target = await router({ transport }, { credentials: [local], timeouts: { totalMs: 20_000 } });
    await using session = await connect(target, options);
    expect(session.target.timeouts?.totalMs).toBeLessThan(20_000);
  });
});

test('are not tried where the device cannot be reached, or shows another key (lab)', async () => {
  const target = await router({}, { credentials: [local] });
  const unknown = await failureOf(connect(target, { hostKeys: { policy: 'strict' } }));
  expect(unknown).toMatchObject({ code: 'host_key_unknown' });
  expect(lab?.counters).toMatchObject({ connections: 1, logins: 0 });
  await lab?.close();
  expect(await failureOf(connect(target, options))).toMatchObject({ code: 'connect_refused' });
});

test('are not tried where a key file is of no use: nothing was refused (lab)', async () => {
  const keyFile = join(folder, 'no-such-key');
  const target = await router({}, { ssh: { keyFile }, credentials: [local] });
  const error = await failureOf(connect(target, options));
  expect(error.message).toMatch(/no-such-key/);
  expect(error.details?.attempts).toBeUndefined();
  expect(lab?.counters).toMatchObject({ connections: 0 });
});

test('that fail in another way after a refusal: the error says what came before (lab)', async () => {
  const keyFile = join(folder, 'no-such-key');
  const target = await router({}, { credentials: [{ username: 'local', ssh: { keyFile } }] });
  expect(await failureOf(connect(target, options))).toMatchObject({
    message: expect.stringMatching(/no-such-key.*\(logins in order: ann: refused, local: authentication\)/),
  });
});

test.each([
  ['a list', { credentials: 'local' }, /credentials are a list; got a string/],
  ['the names', { credentials: [{ user: 'local' }] }, /credentials\[0\] has no option 'user'.*username/],
  ['secrets', { credentials: [{}, { password: 'pa55word' }] }, /credentials\[1\]\.password must be a Secret/],
])('are checked: %s', async (_what, wrong, message) => {
  const target = { host: 'r1', platform: 'cisco_ios', ...wrong } as unknown as SessionTarget;
  const error = await failureOf(connect(target, options));
  expect(error).toMatchObject({ code: 'bad_option', message: expect.stringMatching(message) });
  expect(error.message).not.toContain('pa55word');
});
