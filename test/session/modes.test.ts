import { connect, Secret } from 'rollcall/session';
import { describe, expect, test } from 'vitest';
import { loadPlatform, type Platform } from '#dist/platforms/index.js';
import { temporaryLab } from '../lab/clients.js';
import { failure } from './failure.ts';
import { inEverySplit, openSession, type Reply, ScriptedDevice } from './scripted-device.ts';

const ios = loadPlatform('cisco_ios');
const HOST = '(?<host>[A-Z][0-9])';

/** A command line with more modes than one: two ways of configuring, a shell below it all, and a root shell in that. */
const deep: Platform = {
  ...ios,
  name: 'deep',
  modes: {
    exec: { prompt: `^${HOST}>$`, enter: [] },
    privileged: {
      prompt: `^${HOST}#$`,
      enter: [
        {
          from: 'exec',
          send: 'enable',
          usernamePrompt: '^Username: ?$',
          secretPrompt: '^Password: ?$',
          refusals: ['^% Bad secrets'],
        },
      ],
    },
    config: {
      prompt: String.raw`^${HOST}\(config[^)]*\)#$`,
      enter: [
        {
          from: 'privileged',
          send: 'configure',
          answers: [{ prompt: String.raw`^Others are here\. Go on\? \[y/n\]: ?$`, answer: 'y\r' }],
          refusals: [],
        },
      ],
      leave: { send: 'end', answers: [{ prompt: String.raw`^Keep it\? \[yes/no/cancel\]: ?$`, answer: 'no\r' }] },
    },
    shell: {
      prompt: String.raw`^${HOST}:~\$$`,
      enter: [{ from: 'privileged', send: 'shell', refusals: [] }],
      leave: { send: 'exit' },
    },
    'root-shell': {
      prompt: `^root@${HOST}:~#$`,
      enter: [{ from: 'shell', send: 'su', secretPrompt: '^Password: ?$', refusals: ['^su: '] }],
      leave: { send: 'logout' },
    },
  },
};

const open = (device: ScriptedDevice, rest = {}) =>
  openSession(device, { platform: deep, secret: 'open-sesame', username: 'ann', ...rest });

describe.concurrent('a mode', () => {
  test.each([
    ['cisco_ios', 'R1(config)#', 'configure'],
    ['nokia_sros', '\r\n(ex)[/]\r\nA:ann@sr1# ', 'configure'],
    ['arista_eos', 'leaf1(config-s-mine)#', 'configure'],
    ['cisco_ios', 'R1#', 'command'],
  ])(
    'of configuration, whichever of them, leaves a doubt when a command in it fails: %s at %s',
    async (platform, at, phase) => {
      const session = await openSession(new ScriptedDevice(at), { platform, idleMs: 100 });
      expect(await failure(session.sendCommand('info'))).toMatchObject({ code: 'idle_timeout', phase });
    },
  );

  test('is entered by way of others, and left again, however the bytes are cut', async () => {
    const replies: Reply[] = [
      { to: 'enable\r', says: 'enable\r\nUsername: ' },
      { to: 'ann\r', says: 'ann\r\nPassword: ' },
      { to: 'open-sesame\r', says: '\r\nR1#' },
      { to: 'shell\r', says: 'shell\r\nR1:~$ ' },
      { to: 'su\r', says: 'su\r\nPassword: ' },
      { to: 'open-sesame\r', says: '\r\nroot@R1:~# ' },
      { to: 'logout\r', says: 'logout\r\nR1:~$ ' },
      { to: 'exit\r', says: 'exit\r\nR1#' },
    ];
    await inEverySplit('R1>', replies, async (device) => {
      const session = await open(device);
      await session.enterMode('root-shell');
      expect(session.mode).toBe('root-shell');
      await session.enterMode('root-shell');
      await session.leaveMode();
      expect(session.mode).toBe('privileged');
      await session.leaveMode();
      expect(device.written).toBe(replies.map(({ to }) => to).join(''));
    });
  });

  test('that has no way from where the device is: the one it is in is left first', async () => {
    const replies: Reply[] = [
      { to: 'end\r', says: 'end\r\nR1#' },
      { to: 'shell\r', says: 'shell\r\nR1:~$ ' },
    ];
    const device = new ScriptedDevice('R1(config)#', replies);
    const session = await open(device);
    await session.enterMode('shell');
    expect(session.mode).toBe('shell');
  });

  test('asks on the way in and on the way out, and what was declared is answered', async () => {
    const replies: Reply[] = [
      { to: 'configure\r', says: 'configure\r\nOthers are here. Go on? [y/n]: ' },
      { to: 'y\r', says: 'y\r\nR1(config)#' },
      { to: 'end\r', says: 'end\r\nKeep it? [yes/no/cancel]: ' },
      { to: 'no\r', says: 'no\r\nR1#' },
    ];
    await inEverySplit('R1#', replies, async (device) => {
      const session = await open(device);
      await session.enterMode('config');
      await session.leaveMode();
      expect(session.mode).toBe('privileged');
      expect(device.written).toBe('configure\ry\rend\rno\r');
    });
  });

  test('for one command: the session goes back to where it was', async () => {
    const replies: Reply[] = [
      { to: 'shell\r', says: 'shell\r\nR1:~$ ' },
      { to: 'uptime\r', says: 'uptime\r\nup 3 days\r\nR1:~$ ' },
      { to: 'exit\r', says: 'exit\r\nR1#' },
    ];
    await inEverySplit('R1#', replies, async (device) => {
      const session = await open(device);
      const { output, prompt } = await session.sendCommand('uptime', { mode: 'shell' });
      expect([output, prompt, session.mode]).toEqual(['up 3 days', 'R1:~$ ', 'privileged']);
    });
  });

  test('that rests is kept after a command in it', async () => {
    const replies: Reply[] = [
      { to: 'enable\r', says: 'enable\r\nR1#' },
      { to: 'show x\r', says: 'show x\r\nx\r\nR1#' },
    ];
    const session = await open(new ScriptedDevice('R1>', replies));
    expect((await session.sendCommand('show x', { mode: 'privileged' })).output).toBe('x');
    expect(session.mode).toBe('privileged');
  });

  test('there already costs nothing: a user at privilege 15 is not enabled', async () => {
    const device = new ScriptedDevice('R1#');
    await (await open(device)).enable();
    expect(device.written).toBe('');
  });

  test('that needs no secret is entered without one', async () => {
    const session = await open(new ScriptedDevice('R1>', [{ to: 'enable\r', says: 'enable\r\nR1#' }]), {
      secret: undefined,
    });
    await session.enable();
    expect(session.mode).toBe('privileged');
  });

  test('whose secret is empty gets an Enter', async () => {
    const device = new ScriptedDevice('R1>', [
      { to: 'enable\r', says: 'enable\r\nPassword: ' },
      { to: '\r', says: '\r\nR1#' },
    ]);
    const session = await open(device, { secret: '' });
    await session.enable();
    expect(session.mode).toBe('privileged');
  });
});

describe.concurrent('where a mode cannot be had', () => {
  test('an unknown one sends nothing, and the session goes on', async () => {
    const device = new ScriptedDevice('R1#', [{ to: 'show x\r', says: 'show x\r\nx\r\nR1#' }]);
    const session = await open(device);
    expect(await failure(session.enterMode('tcl'))).toMatchObject({ code: 'no_such_mode' });
    expect(await failure(session.enterMode('exec'))).toMatchObject({ code: 'no_such_mode' });
    expect(await failure(session.sendCommand('show x', { mode: 'tcl' }))).toMatchObject({ code: 'no_such_mode' });
    expect((await session.sendCommand('show x')).output).toBe('x');
    expect(device.written).toBe('show x\r');
  });

  test('a refusal on the way is an error that holds what the device said, and the session goes on', async () => {
    const device = new ScriptedDevice('R1#', [
      { to: 'configure\r', says: 'configure\r\n% Locked by bob\r\nR1#' },
      { to: 'show x\r', says: 'show x\r\nx\r\nR1#' },
    ]);
    const session = await open(device);
    const error = await failure(session.enterMode('config'));
    expect(error).toMatchObject({ code: 'enable_refused', phase: 'configure' });
    expect(error.message).toContain("did not take 'configure': % Locked by bob");
    expect((await session.sendCommand('show x')).output).toBe('x');
  });

  test('an end that does not leave is an error', async () => {
    const device = new ScriptedDevice('R1(config)#', [{ to: 'end\r', says: 'end\r\n% Busy\r\nR1(config)#' }]);
    const session = await open(device);
    const error = await failure(session.leaveMode());
    expect(error).toMatchObject({ name: 'ConversationError', code: 'unexpected_prompt', phase: 'configure' });
    expect(error.message).toContain(
      "'end' did not leave mode 'config': the device still shows 'R1(config)#' and says '% Busy'",
    );
  });

  test('one that is nested is left level by level', async () => {
    const device = new ScriptedDevice('R1(config-if)#', [
      { to: 'end\r', says: 'end\r\nR1(config)#' },
      { to: 'end\r', says: 'end\r\nR1#' },
    ]);
    const session = await open(device);
    await session.leaveMode();
    expect(session.mode).toBe('privileged');
  });

  test('a question that is asked twice is answered once', async () => {
    const ask = 'Others are here. Go on? [y/n]: ';
    const device = new ScriptedDevice('R1#', [
      { to: 'configure\r', says: `configure\r\n${ask}` },
      { to: 'y\r', says: `y\r\n${ask}` },
    ]);
    const session = await open(device);
    const error = await failure(session.enterMode('config'));
    expect(error).toMatchObject({ code: 'unexpected_question' });
    expect(error.message).toContain('again');
    expect(device.written).toBe('configure\ry\r');
  });

  test('a question that nobody declared drops the connection, with nothing answered', async () => {
    const device = new ScriptedDevice('R1#', [{ to: 'configure\r', says: 'configure\r\nReally? [yes/no]: ' }]);
    const session = await open(device);
    expect(await failure(session.enterMode('config'))).toMatchObject({ code: 'unexpected_question' });
    expect(await failure(session.sendCommand('show x'))).toMatchObject({ code: 'session_closed' });
    expect(device.written).toBe('configure\r');
  });

  test('a user name that is asked for and not given is said so', async () => {
    const device = new ScriptedDevice('R1>', [{ to: 'enable\r', says: 'enable\r\nUsername: ' }]);
    const session = await open(device, { username: undefined });
    const error = await failure(session.enable());
    expect(error).toMatchObject({ name: 'AuthenticationError', code: 'enable_secret' });
    expect(error.message).toContain('asks for a user name, and none is given');
  });

  test('a secret that the device repeats is in no error', async () => {
    const device = new ScriptedDevice('R1:~$ ', [
      { to: 'su\r', says: 'su\r\nPassword: ' },
      { to: 'open-sesame\r', says: 'open-sesame\r\nsu: open-sesame is wrong\r\nR1:~$ ' },
    ]);
    const error = await failure((await open(device)).enterMode('root-shell'));
    expect(error).toMatchObject({ code: 'enable_secret' });
    expect(error.message + JSON.stringify(error)).not.toContain('open-sesame');
  });
});

test('what looks like a refusal is an answer where the caller says so', async () => {
  const says = "show x\r\n% Invalid input detected at '^' marker.\r\nR1#";
  const device = new ScriptedDevice('R1#', [
    { to: 'show x\r', says },
    { to: 'show x\r', says },
  ]);
  const session = await open(device);
  expect((await session.sendCommand('show x')).ok).toBe(false);
  expect(await session.sendCommand('show x', { refusals: 'ignore' })).toMatchObject({ ok: true });
});

test('configuration for oneself alone is another way into the same mode on IOS-XR', async () => {
  await using stage = await temporaryLab({ devices: [{ name: 'edge-1', platform: 'cisco_xr', transport: 'ssh' }] });
  const { password, secret: _secret, ...where } = stage.first;
  const target = { ...where, password: new Secret(password) };
  const options = { hostKeys: { policy: 'off' }, timeouts: { idleMs: 5_000 } } as const;
  await using session = await connect(target, options);
  await session.enterMode('config-exclusive');
  expect(session.mode).toBe('config');
  expect(stage.lab.commandsOf('edge-1')).toContain('configure exclusive');
  // Nobody else gets in meanwhile.
  await using other = await connect(target, options);
  await expect(other.enterMode('config-exclusive')).rejects.toMatchObject({ name: 'ConversationError' });
  await session.leaveMode();
  expect(session.mode).toBe('privileged');
});
