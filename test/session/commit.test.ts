import { describe, expect, test } from 'vitest';
import { type ConfirmedData, loadPlatform, type Platform } from '#dist/platforms/index.js';
import { failure } from './failure.ts';
import { inEverySplit, openSession, type Reply, ScriptedDevice } from './scripted-device.ts';

const HOST = '(?<host>R[0-9])';
const confirmed = (unit: ConfirmedData['unit']): ConfirmedData => ({
  send: 'commit confirmed {time}',
  unit,
  done: '^commit complete$',
  confirm: { send: 'commit', done: '^commit complete$' },
});

/** A command line with a candidate configuration that asks when it is left behind. */
const junior: Platform = {
  ...loadPlatform('generic'),
  name: 'junior',
  modes: {
    exec: { prompt: `^${HOST}>$`, enter: [] },
    config: {
      prompt: `^${HOST}#$`,
      enter: [{ from: 'exec', send: 'configure', refusals: [] }],
      leave: { send: 'quit', answers: [{ prompt: String.raw`^Discard changes\? \[yes,no\] ?$`, answer: 'yes\r' }] },
    },
  },
  refusals: ['^error: '],
  save: { send: 'save', done: '^Done$', answers: [{ prompt: String.raw`^Overwrite\? \[y/n\] ?$`, answer: 'y\r' }] },
  commit: {
    send: 'commit',
    done: '^commit complete$',
    refusals: ['failed$'],
    comment: 'commit comment "{comment}"',
    check: { send: 'commit check', done: '^check succeeds$' },
    discard: { send: 'rollback' },
    confirmed: confirmed('minutes'),
  },
};

const open = (device: ScriptedDevice, platform: Platform = junior) => openSession(device, { platform });
const enter: Reply = { to: 'configure\r', says: 'configure\r\nR1#' };
const takes = (line: string, says = ''): Reply => ({ to: `${line}\r`, says: `${line}\r\n${says}R1#` });
const leave: Reply = { to: 'quit\r', says: 'quit\r\nR1>' };
const complete = 'commit complete\r\n';
const rollback = takes('rollback');

describe.concurrent('a candidate configuration', () => {
  test('waits in its mode for the commit, which leaves it', async () => {
    const replies = [enter, takes('set a'), takes('commit', complete), leave];
    await inEverySplit('R1>', replies, async (device) => {
      const session = await open(device);
      expect(await session.sendConfig(['set a'])).toMatchObject({ ok: true, pending: true });
      expect(session.mode).toBe('config');
      expect(await session.commit()).toMatchObject({ ok: true, command: 'commit', output: 'commit complete' });
      expect(session.mode).toBe('exec');
    });
  });

  test('is committed with the lines where that is wanted', async () => {
    const device = new ScriptedDevice('R1>', [enter, takes('set a'), takes('commit', complete), leave]);
    const result = await (await open(device)).sendConfig('set a\n', { commit: true });
    expect(result).toMatchObject({ ok: true, pending: false, commit: { ok: true } });
    expect(result.dialogue).toBe('R1>configure\nR1#set a\nR1#commit\ncommit complete\nR1>');
  });

  test('of which a line was refused is dropped, not committed', async () => {
    const device = new ScriptedDevice('R1>', [enter, takes('set b', 'error: no b\r\n'), rollback, leave]);
    const result = await (await open(device)).sendConfig(['set b', 'set a'], { commit: { comment: 'x' } });
    expect(result).toMatchObject({ ok: false, refusedLine: 1, pending: false });
    expect(device.written).toBe('configure\rset b\rrollback\rquit\r');
  });

  test('that cannot be committed is dropped, and says why', async () => {
    const failed = takes('commit', 'error: missing x\r\nconfiguration check-out failed\r\n');
    const device = new ScriptedDevice('R1>', [enter, takes('set a'), failed, rollback, leave]);
    const result = await (await open(device)).sendConfig(['set a'], { commit: true });
    expect(result).toMatchObject({ ok: false, commit: { ok: false, refusal: 'error: missing x' } });
    expect(result.refusedLine).toBeUndefined();
  });

  test('is dropped by hand', async () => {
    const device = new ScriptedDevice('R1>', [enter, takes('set a'), rollback, leave]);
    const session = await open(device);
    await session.sendConfig(['set a']);
    expect(await session.discard()).toMatchObject({ ok: true });
    expect(session.mode).toBe('exec');
  });

  test('is dropped when the session is closed over it', async () => {
    const replies = [
      enter,
      takes('set a'),
      rollback,
      { to: 'quit\r', says: 'quit\r\nDiscard changes? [yes,no] ' },
      { to: 'yes\r', says: 'yes\r\nR1>' },
    ];
    const device = new ScriptedDevice('R1>', replies);
    const session = await open(device);
    await session.sendConfig(['set a']);
    await session.close();
    expect(device.written).toBe('configure\rset a\rrollback\rquit\ryes\rexit\r');
  });

  test('that has a name of its own gets one, which the confirmation repeats', async () => {
    const platform: Platform = {
      ...junior,
      modes: {
        ...junior.modes,
        config: {
          prompt: `^${HOST}#$`,
          enter: [{ from: 'exec', send: 'configure session {session}', refusals: [] }],
          leave: { send: 'abort' },
        },
      },
      commit: {
        send: 'commit',
        confirmed: {
          send: 'commit timer {time}',
          unit: 'hh:mm:ss',
          confirm: { send: 'configure session {session} commit', in: 'exec' },
        },
      },
    };
    let name = '';
    const device = new ScriptedDevice('R1>');
    device.write = (bytes) => {
      const line = Buffer.from(bytes).toString().trimEnd();
      device.written += `${line}\n`;
      name = /^configure session (\S+)$/.exec(line)?.[1] ?? name;
      device.say(`${line}\r\nR1${line.startsWith('set') || line === `configure session ${name}` ? '#' : '>'}`);
    };
    const session = await open(device, platform);
    await session.sendConfig(['set a']);
    expect(await session.commit({ confirmedSeconds: 3661 })).toMatchObject({ ok: true });
    expect(await session.confirmCommit()).toMatchObject({ ok: true });
    expect(name).toMatch(/^rollcall-[0-9a-f]{8}$/);
    expect(device.written.split('\n')).toEqual([
      `configure session ${name}`,
      'set a',
      'commit timer 01:01:01',
      `configure session ${name} commit`,
      '',
    ]);
  });
});

describe.concurrent('a commit', () => {
  const at = (replies: readonly Reply[]) => new ScriptedDevice('R1#', replies);

  test('that does not say that it was done was not', async () => {
    const session = await open(at([takes('commit', 'nothing to do\r\n')]));
    const response = await session.commit();
    expect(response).toMatchObject({ ok: false });
    expect(response.refusal).toBe('the device does not say that it was done; it says: nothing to do');
    expect(session.mode).toBe('config');
  });

  test('that failed further down in its answer failed', async () => {
    const session = await open(at([takes('commit', '[edit x]\r\n  y\r\n  z\r\ncommit failed\r\n')]));
    expect(await session.commit()).toMatchObject({ ok: false, refusal: 'commit failed' });
  });

  test('carries a comment, which cannot break out of its quotes', async () => {
    const device = at([takes('commit comment "ticket 7"', complete), leave]);
    const session = await open(device);
    expect(await failure(session.commit({ comment: 'a" ; halt "' }))).toMatchObject({ code: 'bad_option' });
    expect(await failure(session.commit({ comment: 'a\nhalt' }))).toMatchObject({ code: 'bad_command' });
    expect(await session.commit({ comment: 'ticket 7' })).toMatchObject({ ok: true });
  });

  test('may only be checked: the candidate stays', async () => {
    const session = await open(at([takes('commit check', 'check succeeds\r\n')]));
    expect(await session.commit({ check: true })).toMatchObject({ ok: true });
    expect(session.mode).toBe('config');
  });

  test.each<[ConfirmedData['unit'], number, string]>([
    ['seconds', 90, '90'],
    ['minutes', 60, '1'],
    ['minutes', 61, '2'],
    ['minutes', 1, '1'],
    ['hh:mm:ss', 59, '00:00:59'],
    ['hh:mm:ss', 3600, '01:00:00'],
    ['hh:mm:ss', 86_399, '23:59:59'],
  ])('to be confirmed is told in %s: %i s are %s', async (unit, seconds, time) => {
    const platform = { ...junior, commit: { ...junior.commit, send: 'commit', confirmed: confirmed(unit) } };
    const device = at([takes(`commit confirmed ${time}`, complete), takes('commit', complete), leave]);
    const session = await open(device, platform);
    expect(await session.commit({ confirmedSeconds: seconds })).toMatchObject({ ok: true });
    expect(session.mode).toBe('config');
    expect(await session.confirmCommit()).toMatchObject({ ok: true });
    expect(session.mode).toBe('exec');
  });

  test('takes only one’s own part along where the platform can tell, unless all is wanted', async () => {
    const platform: Platform = {
      ...junior,
      modes: { ...junior.modes, config: { ...junior.modes.config, prompt: `^(?<user>\\w+)@${HOST}#$` } as never },
      commit: { send: 'commit', own: 'commit partial admin {user}', comment: 'commit description "{comment}"' },
    };
    const say = (line: string): Reply => ({ to: `${line}\r`, says: `${line}\r\nann@R1#` });
    const device = new ScriptedDevice('ann@R1#', [
      say('commit partial admin ann'),
      { to: 'quit\r', says: 'quit\r\nR1>' },
    ]);
    const session = await open(device, platform);
    expect(await failure(session.commit({ comment: 'x' }))).toMatchObject({ code: 'bad_option' });
    expect(await session.commit()).toMatchObject({ ok: true });
  });

  test('that the device takes back by itself is confirmed at once', async () => {
    const platform: Platform = { ...junior, commit: { send: 'commit', confirm: { send: 'confirm', done: '^kept$' } } };
    const device = at([takes('commit'), leave, enter, takes('confirm', 'lost\r\n')]);
    const session = await open(device, platform);
    expect(await session.commit()).toMatchObject({ ok: false, refusal: expect.stringContaining('lost') });
  });
});

test.each<[string, (platform: Platform) => Platform, object]>([
  ['no commit', ({ commit: _, ...rest }) => rest, {}],
  ['no check', (platform) => ({ ...platform, commit: { send: 'commit' } }), { check: true }],
  ['no comment', (platform) => ({ ...platform, commit: { send: 'commit' } }), { comment: 'x' }],
  ['no confirmation', (platform) => ({ ...platform, commit: { send: 'commit' } }), { confirmedSeconds: 60 }],
])('a platform with %s says so, and the session goes on', async (_what, change, options) => {
  const device = new ScriptedDevice('R1#', [takes('show x')]);
  const session = await open(device, change(junior));
  expect(await failure(session.commit(options))).toMatchObject({ code: 'not_supported', phase: 'configure' });
  expect(await failure(session.sendConfig(['a'], { commit: options }))).toMatchObject({ code: 'not_supported' });
  await session.sendCommand('show x');
  expect(device.written).toBe('show x\r');
});

test.each<[object]>([
  [{ check: true, comment: 'x' }],
  [{ confirmedSeconds: 0 }],
  [{ confirmedSeconds: 1.5 }],
  [{ comment: '' }],
])('a commit with %j is refused before anything is sent', async (options) => {
  const device = new ScriptedDevice('R1#');
  expect(await failure((await open(device)).commit(options))).toMatchObject({ code: 'bad_option' });
  expect(device.written).toBe('');
});

describe.concurrent('saving', () => {
  test('answers what the device asks, and looks whether it was done', async () => {
    const asks: Reply = { to: 'save\r', says: 'save\r\nOverwrite? [y/n] ' };
    await inEverySplit('R1>', [asks, { to: 'y\r', says: 'y\r\nBuilding\r\nDone\r\nR1>' }], async (device) => {
      expect(await (await open(device)).save()).toMatchObject({ ok: true, command: 'save' });
    });
    const device = new ScriptedDevice('R1>', [asks, { to: 'y\r', says: 'y\r\nDisk full\r\nR1>' }]);
    expect(await (await open(device)).save()).toMatchObject({
      ok: false,
      refusal: expect.stringContaining('Disk full'),
    });
  });

  test('does not drop a candidate on its way', async () => {
    const device = new ScriptedDevice('R1#');
    const error = await failure((await open(device)).save());
    expect(error).toMatchObject({ code: 'not_supported', message: expect.stringContaining('commit() or discard()') });
    expect(device.written).toBe('');
  });

  test('where there is nothing to save says so', async () => {
    const { save: _, ...rest } = junior;
    const session = await open(new ScriptedDevice('R1>'), rest);
    expect(await failure(session.save())).toMatchObject({ code: 'not_supported' });
  });
});
