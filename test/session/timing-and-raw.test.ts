import { describe, expect, test } from 'vitest';
import { inEverySplit, openSession, type Reply, ScriptedDevice } from './scripted-device.ts';

const clock: Reply = { to: 'show clock\r', says: 'show clock\r\nnoon\r\nR1#' };

describe.concurrent('sendCommandTiming', () => {
  test('ends by silence, and says so', async () => {
    const replies = [
      { to: 'copy a b\r', says: 'copy a b\r\nDestination filename [b]? ' },
      { to: '\r', says: '\r\nok\r\nR1#' },
      clock,
    ];
    await inEverySplit('R1#', replies, async (device) => {
      const session = await openSession(device);
      const asked = await session.sendCommandTiming('copy a b', { quietMs: 600 });
      expect([asked.output, asked.endedBy]).toEqual(['Destination filename [b]? ', 'silence']);
      const done = await session.sendCommandTiming('', { quietMs: 600 });
      expect([done.output.trim(), done.endedBy]).toEqual(['ok', 'silence']);
      expect((await session.sendCommand('show clock')).output).toBe('noon');
    });
  });

  test('takes the prompt off where one stands at the end', async () => {
    await inEverySplit('R1#', [clock, clock], async (device) => {
      const session = await openSession(device);
      const timed = await session.sendCommandTiming('show clock', { quietMs: 600 });
      expect([timed.output, timed.endedBy, timed.prompt]).toEqual(['noon', 'silence', 'R1#']);
      expect((await session.sendCommand('show clock')).endedBy).toBe('prompt');
    });
  });

  test('of a device that says nothing at all is a timeout', async () => {
    const session = await openSession(new ScriptedDevice('R1#'));
    await expect(session.sendCommandTiming('show clock', { quietMs: 20, idleMs: 60 })).rejects.toMatchObject({
      code: 'idle_timeout',
    });
  });

  test('leaves the next command to find the prompt, or to fail', async () => {
    const device = new ScriptedDevice('R1#', [{ to: 'ping\r', says: 'ping\r\nProtocol [ip]: ' }]);
    const session = await openSession(device, { idleMs: 80 });
    await session.sendCommandTiming('ping', { quietMs: 30, idleMs: 1_000 });
    await expect(session.sendCommand('show clock')).rejects.toMatchObject({ code: 'idle_timeout' });
    expect(device.written).toBe('ping\r');
  });

  test('wants a time that is one', async () => {
    const session = await openSession(new ScriptedDevice('R1#', [clock]));
    await expect(session.sendCommandTiming('show clock', { quietMs: 0 })).rejects.toMatchObject({ code: 'bad_option' });
    expect((await session.sendCommand('show clock')).output).toBe('noon');
  });
});

describe.concurrent('sendCommand with until', () => {
  const monitor: Reply = {
    to: 'reload\r',
    says: 'reload\r\nSystem configuration has been modified.\r\nSave? [yes/no]: ',
  };

  test.each([
    ['a pattern', /Save\? \[yes\/no\]: $/],
    ['a text', 'Save? [yes/no]: '],
  ])('ends at %s', async (_what, until) => {
    const replies = [monitor, { to: 'no\r', says: 'no\r\nR1#' }, clock];
    await inEverySplit('R1#', replies, async (device) => {
      const session = await openSession(device);
      const asked = await session.sendCommand('reload', { until });
      expect([asked.output, asked.endedBy]).toEqual([
        'System configuration has been modified.\nSave? [yes/no]: ',
        'pattern',
      ]);
      await session.write('no\r');
      expect((await session.sendCommand('show clock')).output).toBe('noon');
    });
  });

  test('ends at the prompt where the pattern does not come, and says so', async () => {
    await inEverySplit('R1#', [clock], async (device) => {
      const session = await openSession(device);
      expect(await session.sendCommand('show clock', { until: /never/ })).toMatchObject({
        output: 'noon',
        endedBy: 'prompt',
      });
    });
  });

  test('does not take the echo for it, nor a pattern that remembers where it was', async () => {
    await inEverySplit('R1#', [clock], async (device) => {
      const session = await openSession(device);
      expect(await session.sendCommand('show clock', { until: /clock|noon\b/g })).toMatchObject({
        output: 'noon',
        endedBy: 'pattern',
      });
    });
  });

  test('is refused before anything is sent when it is no pattern', async () => {
    const device = new ScriptedDevice('R1#', [clock]);
    const session = await openSession(device);
    const until = 7 as unknown as string;
    await expect(session.sendCommand('show clock', { until })).rejects.toThrow(
      'a pattern is a RegExp or a text; got 7',
    );
    await expect(session.sendCommand('show clock', { until: '' })).rejects.toMatchObject({ code: 'bad_option' });
    expect((await session.sendCommand('show clock')).output).toBe('noon');
  });
});

describe.concurrent('write and readUntil', () => {
  test('are the way out: keys as they are, questions and pagers for the caller', async () => {
    const replies = [
      { to: 'setup\r', says: 'setup\r\nContinue? [yes/no]: ' },
      { to: 'yes\r', says: 'yes\r\none\r\n --More-- ' },
      { to: 'q', says: '\r          \rHost name: ' },
      { to: '\u0003', says: '^C\r\nR1#' },
      clock,
    ];
    await inEverySplit('R1#', replies, async (device) => {
      const session = await openSession(device);
      await session.write('setup\r');
      expect(await session.readUntil(/\[yes\/no\]: $/)).toBe('setup\nContinue? [yes/no]: ');
      await session.write('yes\r');
      expect(await session.readUntil('--More-- ')).toBe('yes\none\n --More-- ');
      await session.write('q');
      expect(await session.readUntil('Host name: ')).toContain('Host name: ');
      await session.write('\u0003');
      expect((await session.sendCommand('show clock')).output).toBe('noon');
      expect(device.written).toBe('setup\ryes\rq\u0003show clock\r');
    });
  });

  test('of a text that does not come is a timeout that says what was expected', async () => {
    const session = await openSession(new ScriptedDevice('R1#', [{ to: 'x', says: 'x' }]));
    await session.write('x');
    await expect(session.readUntil(/never/, { idleMs: 40 })).rejects.toThrow('what fits /never/ did not come');
  });

  test('read on behind the line that ended the command before', async () => {
    const says = 'reload\r\nmodified\r\nmore\r\nSave? [yes/no]: ';
    await inEverySplit('R1#', [{ to: 'reload\r', says }], async (device) => {
      const session = await openSession(device);
      expect((await session.sendCommand('reload', { until: 'modified' })).output).toBe('modified');
      expect((await session.readUntil('Save? [yes/no]: ')).trimStart()).toBe('more\nSave? [yes/no]: ');
    });
  });

  test('see nothing twice', async () => {
    const session = await openSession(new ScriptedDevice('R1#', [{ to: 'a\r', says: 'a\r\nname: ' }]));
    await session.write('a\r');
    expect(await session.readUntil('name:')).toBe('a\nname: ');
    await expect(session.readUntil('name:', { idleMs: 50 })).rejects.toMatchObject({ code: 'idle_timeout' });
  });
});
