import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type RollcallError, Secret } from '#dist/base/index.js';
import { awaitPrompt, logIn } from '#dist/session/login/login.js';
import { prepare } from '#dist/session/login/prepare.js';
import type { Session } from '#dist/session/session.js';
import { converse, inEverySplit, openSession, type Reply, ScriptedDevice } from './scripted-device.ts';

/** Runs the work and returns the error that it ends with. */
async function failure(work: Promise<unknown>): Promise<RollcallError> {
  try {
    await work;
  } catch (error) {
    return error as RollcallError;
  }
  throw new Error('it did not fail');
}

const GREETING = '\r\nWelcome\r\n\r\nR1#';
const CLOCK = '*08:35:50.931 UTC Fri Jul 26 2019';
const clock: Reply = { to: 'show clock\r', says: `show clock\r\n${CLOCK}\r\nR1#` };

/** Opens a session, sends the commands one after the other, and returns what they gave. */
async function answers(device: ScriptedDevice, commands: readonly string[], options = {}): Promise<string[]> {
  return answersOf(await openSession(device, options), commands);
}

async function answersOf(session: Session, commands: readonly string[]): Promise<string[]> {
  const outputs: string[] = [];
  for (const command of commands) outputs.push((await session.sendCommand(command)).output);
  return outputs;
}

/** Expects these outputs however the device's bytes are cut, and that nothing was written but the commands. */
async function expectOutputs(replies: readonly Reply[], outputs: readonly string[], options = {}): Promise<void> {
  const {
    greeting = GREETING,
    commands,
    written,
    ...rest
  } = options as {
    greeting?: string;
    commands?: readonly string[];
    written?: string;
  };
  const asked = commands ?? replies.map(({ to }) => to.trimEnd());
  await inEverySplit(greeting, replies, async (device) => {
    expect(await answers(device, asked, rest)).toEqual(outputs);
    expect(device.written).toBe(written ?? replies.map(({ to }) => to).join(''));
  });
}

describe.concurrent('an answer, however its bytes are cut', () => {
  test('is what stands between the echo and the prompt', async () => {
    await expectOutputs([clock, clock], [CLOCK, CLOCK]);
  });

  test('tells its command, its prompt and how its end was recognised', async () => {
    await inEverySplit(GREETING, [clock], async (device) => {
      const session = await openSession(device);
      const response = await session.sendCommand('show clock');
      expect(response).toEqual({
        command: 'show clock',
        prompt: 'R1#',
        ok: true,
        output: CLOCK,
        startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        elapsedMs: expect.any(Number),
        endedBy: 'prompt',
        truncated: false,
      });
      expect([session.hostname, session.mode, session.findPrompt()]).toEqual(['R1', 'privileged', 'R1#']);
    });
  });

  test('may be empty, and its lines may be', async () => {
    await expectOutputs(
      [
        { to: 'clear counters\r', says: 'clear counters\r\nR1#' },
        { to: 'show banner\r', says: 'show banner\r\n\r\n\r\nhi\r\n\r\nR1#' },
      ],
      ['', '\n\nhi\n'],
    );
  });

  test('may hold lines that look like prompts', async () => {
    const lines = [
      'R2#',
      ' R1#',
      'XR1#',
      'user@R1#',
      '#',
      '>',
      '(config)#',
      'R1-(config)#',
      'R1:',
      'r1#',
      'Building-R1#5',
    ];
    await expectOutputs([{ to: 'show log\r', says: `show log\r\n${lines.join('\r\n')}\r\nR1#` }], [lines.join('\n')]);
  });

  const copies = ['R1#', 'R1#show version', 'R1(config)#x', 'R1>'];
  const history = { to: 'show log\r', says: `show log\r\n${copies.join('\r\n')}\r\nlast\r\nR1#` };

  test('that holds an exact copy of the prompt, cut right behind that copy, is found out by the next command at the latest', async () => {
    await inEverySplit(GREETING, [clock, history, clock], async (device) => {
      const session = await openSession(device);
      await session.sendCommand('show clock');
      const error = await failure(answersOf(session, ['show log', 'show clock']));
      expect(error).toMatchObject({ code: 'unexpected_prompt', phase: 'command' });
    });
  });

  test('that refuses and repeats a secret shows it in the output alone, which is word for word', async () => {
    const says = 'show x\r\n% Invalid input: your password is hunter2\r\nR1#';
    const session = await openSession(new ScriptedDevice(GREETING, [{ to: 'show x\r', says }]), {
      password: 'hunter2',
    });
    const { refusal, output } = await session.sendCommand('show x');
    expect(refusal).toBe('% Invalid input: your password is [secret]');
    expect(output).toContain('hunter2');
  });

  test('is read in the encoding of the device', async () => {
    // "описание" as a device that writes cp1251 sends it (WHATWG's windows-1251 table).
    const cp1251 = Buffer.from([0xee, 0xef, 0xe8, 0xf1, 0xe0, 0xed, 0xe8, 0xe5]);
    const says = Buffer.concat([Buffer.from('show log\r\n'), cp1251, Buffer.from('\r\nR1#')]);
    await expectOutputs([{ to: 'show log\r', says }], ['описание'], { encoding: 'windows-1251' });
  });

  test('is not asked for in characters that the encoding of the device may lack', async () => {
    const device = new ScriptedDevice(GREETING);
    const session = await openSession(device, { encoding: 'gbk' });
    expect(await failure(session.sendCommand('show описание'))).toMatchObject({ code: 'bad_command' });
    expect(device.written).toBe('');
  });

  test('may hold exact copies of the prompt where a settle time is given', async () => {
    await expectOutputs([history], [[...copies, 'last'].join('\n')], { settleMs: 150 });
  });

  test('may hold what looks like a question or a pager in the middle of a line still under way', async () => {
    const lines = [
      'Delete? [confirm] was asked',
      'Password: was typed',
      ' --More-- or less',
      'login: root',
      'sure? [yes/no]: no',
    ];
    await expectOutputs(
      [
        {
          to: 'show log\r',
          says: `show log\r\n${lines.slice(0, 2).join('\r\n')}\r\n${lines.slice(3).join('\r\n')}\r\nR1#`,
        },
      ],
      [[...lines.slice(0, 2), ...lines.slice(3)].join('\n')],
    );
  });

  test('is found behind log messages, on the line of the prompt and on lines of their own', async () => {
    const log = '%SYS-5-CONFIG_I: Configured from console';
    await expectOutputs(
      [
        { to: 'show clock\r', says: `${log}\r\nR1#\r\nR1#show clock\r\n${CLOCK}\r\nR1#` },
        { to: 'show users\r', says: `\r\n${log}\r\nshow users\r\ncisco\r\nR1#` },
      ],
      [CLOCK, 'cisco'],
    );
  });

  test('follows an echo that was wrapped by the terminal', async () => {
    const long = `show ${'x'.repeat(600)}`;
    await expectOutputs([{ to: `${long}\r`, says: `${long}\r\nok\r\nR1#` }], ['ok']);
  });

  test('follows an echo that was scrolled with $', async () => {
    const long = 'show running-config | include a rather long pattern';
    const says = `show running-config | include${'\b'.repeat(29)}$ather long pattern\u001b[K\r\nok\r\nR1#`;
    await expectOutputs([{ to: `${long}\r`, says }], ['ok']);
  });

  test('follows an echo that was redrawn', async () => {
    const says = 'sh\b\b  \b\b\rR1#show clock\u001b[K\r\nok\r\nR1#';
    await expectOutputs([{ to: 'show clock\r', says }], ['ok']);
  });

  test('of an empty command is what an Enter gives', async () => {
    await expectOutputs([{ to: '\r', says: '\r\nR1#' }, clock], ['', CLOCK], { commands: ['', 'show clock'] });
  });

  test('comes whole through a pager, which is answered once for each page', async () => {
    const more = ' --More-- ';
    const gone = '\b'.repeat(9) + ' '.repeat(8) + '\b'.repeat(9);
    await expectOutputs(
      [
        { to: 'show run\r', says: `show run\r\none\r\n${more}` },
        { to: ' ', says: `${gone}two\r\n${more}` },
        { to: ' ', says: `${gone}three\r\nR1#` },
        clock,
      ],
      ['one\ntwo\nthree', CLOCK],
      { commands: ['show run', 'show clock'], written: 'show run\r  show clock\r' },
    );
  });

  test('ends at the prompt that stands where a pager was rubbed out', async () => {
    const gone = '\b'.repeat(10) + ' '.repeat(10) + '\b'.repeat(10);
    await expectOutputs(
      [
        { to: 'show run\r', says: 'show run\r\none\r\n --More-- ' },
        { to: ' ', says: `${gone}R1#` },
      ],
      ['one'],
      { commands: ['show run'] },
    );
  });

  test('with colours, wide characters and a window title is plain text', async () => {
    await expectOutputs(
      [{ to: 'show log\r', says: 'show log\r\n\u001b[31mdown\u001b[0m – é \u{1f600}\r\n\u001b]0;t\u0007R1#' }],
      ['down – é \u{1f600}'],
    );
  });
});

describe.concurrent('a shell', () => {
  const prompt = 'user@box:~$ ';
  const options = { platform: 'linux', greeting: `Last login: today\r\n${prompt}` };

  test('may leave the last line of an answer without an end', async () => {
    await expectOutputs(
      [
        { to: 'printf abc\r', says: `printf abc\r\nabc${prompt}` },
        { to: 'printf "a\\nb "\r', says: `printf "a\\nb "\r\na\r\nb ${prompt}` },
        { to: 'true\r', says: `true\r\n${prompt}` },
      ],
      ['abc', 'a\nb ', ''],
      options,
    );
  });

  test('shows the prompt of each command with its last blank', async () => {
    const replies = [
      { to: 'cd /tmp\r', says: `cd /tmp\r\nuser@box:/tmp$ ` },
      { to: 'pwd\r', says: `pwd\r\n/tmp\r\nuser@box:/tmp$ ` },
    ];
    await inEverySplit(options.greeting, replies, async (device) => {
      const session = await openSession(device, options);
      const prompts = [await session.sendCommand('cd /tmp'), await session.sendCommand('pwd')].map((one) => one.prompt);
      expect(prompts).toEqual([prompt, 'user@box:/tmp$ ']);
    });
  });

  test('gives a line that begins like a pager of its own, and nothing is typed into it', async () => {
    const lines = '::1 localhost\r\n(END) of it\r\nlines 1-2 of 3\r\n';
    await expectOutputs(
      [{ to: 'cat x\r', says: `cat x\r\n${lines}${prompt}` }],
      [lines.replaceAll('\r\n', '\n').trimEnd()],
      options,
    );
  });

  test('scrolls a long line in its own way, and its echo is known all the same', async () => {
    const long = `echo ${'abcdefghij'.repeat(9)}`;
    const says = `\r<${long.slice(-60)}\r\nok\r\n${prompt}`;
    await expectOutputs([{ to: `${long}\r`, says }], ['ok'], options);
  });

  test('pages through less to its end, so that nothing of an answer is lost', async () => {
    await expectOutputs(
      [
        { to: 'man x\r', says: 'man x\r\none\r\n:' },
        { to: ' ', says: '\r\u001b[m\r\ntwo\r\n\u001b[7m(END)\u001b[27m' },
        { to: 'q', says: `\r${prompt}` },
      ],
      ['one\n\ntwo'],
      { ...options, commands: ['man x'] },
    );
  });

  test('that echoes what was typed before it reads gets no empty answer', async () => {
    // The banner ends in what looks like a prompt, and the terminal echoes the line before the shell does.
    await expectOutputs(
      [{ to: 'echo 1\r', says: `\r\necho 1\r\nmore banner\r\n${prompt}echo 1\r\n1\r\n${prompt}` }],
      ['1'],
      { platform: 'linux', greeting: 'authorised-use-only>' },
    );
  });
});

describe('the first prompt', () => {
  test('may be preceded by a line of the banner that looks like one', async () => {
    await inEverySplit(
      'Staff-only>',
      [
        { to: 'terminal length 0\r', says: '\r\nWelcome\r\nR1>terminal length 0\r\nR1>' },
        { to: 'terminal width 511\r', says: 'terminal width 511\r\nR1>' },
        { to: 'show clock\r', says: `show clock\r\n${CLOCK}\r\nR1>` },
      ],
      async (device) => {
        const conversation = converse(device);
        await awaitPrompt(conversation, { phase: 'login', expected: 'a prompt', idleMs: 5_000 });
        await prepare(conversation, conversation.platform.prepare, 5_000);
        expect(conversation.prompt.host).toBe('R1');
      },
    );
  });

  test('comes behind a banner of many kinds of lines', async () => {
    const banner = `${'*'.repeat(60)}\r\n*  Keep out! 50% # > $  *\r\n# net #\r\n> x\r\n\u0007\r\n`;
    await expectOutputs([clock], [CLOCK], { greeting: `${banner}R1#` });
  });
});

describe.concurrent('where no end can be proved there is an error and no answer', () => {
  const phase = 'command';

  test('a missing echo', async () => {
    await inEverySplit(GREETING, [{ to: 'show clock\r', says: `\r\n${CLOCK}\r\nR1#` }], async (device) => {
      const session = await openSession(device, { idleMs: 400 });
      expect(await failure(session.sendCommand('show clock'))).toMatchObject({ code: 'echo_missing', phase });
    });
  });

  test('a device that says nothing at all is a silent one, not one without an echo', async () => {
    const session = await openSession(new ScriptedDevice(GREETING), { idleMs: 50 });
    expect(await failure(session.sendCommand('show clock'))).toMatchObject({
      code: 'idle_timeout',
      phase,
      details: { expected: "the prompt after 'show clock'", lastReceived: expect.stringContaining('R1#') },
    });
  });

  test('a prompt of another device, or of an unknown mode', async () => {
    for (const prompt of ['R2#', 'R1(9)#', 'R1#x']) {
      const device = new ScriptedDevice(GREETING, [{ to: 'x\r', says: `x\r\n${prompt}` }]);
      const session = await openSession(device, { idleMs: 350 });
      expect(await failure(session.sendCommand('x'))).toMatchObject({ code: 'idle_timeout' });
    }
  });

  test.each([
    'Proceed with reload? [confirm]',
    'Save? [yes/no]: ',
    'Overwrite? (y/n) ',
    'Destination [a]? ',
    'Password: ',
  ])('a question that nobody expected: %s', async (question) => {
    await inEverySplit(GREETING, [{ to: 'reload\r', says: `reload\r\n${question}` }], async (device) => {
      const session = await openSession(device);
      const error = await failure(session.sendCommand('reload'));
      expect(error).toMatchObject({ name: 'ConversationError', code: 'unexpected_question', phase });
      expect(error.message).toContain(`asks '${question.trim()}'`);
      expect(await failure(session.sendCommand('show clock'))).toMatchObject({ code: 'session_closed', cause: error });
      await session.close();
      expect(device.written).toBe('reload\r');
    });
  });

  test('a question that came by itself is not answered by the Enter of the next command', async () => {
    const device = new ScriptedDevice(GREETING, [clock]);
    const session = await openSession(device);
    await session.sendCommand('show clock');
    device.say('\r\nSystem configuration has been modified. Save? [yes/no]: ');
    await new Promise((settle) => setImmediate(() => setImmediate(settle)));
    expect(await failure(session.sendCommand('show clock'))).toMatchObject({ code: 'unexpected_question' });
    await session.close();
    expect(device.written).toBe('show clock\r');
  });

  test('a device that hangs up in the middle', async () => {
    const says = `show clock\r\n*08:35`;
    await inEverySplit(GREETING, [{ to: 'show clock\r', says, closes: true }], async (device) => {
      const session = await openSession(device);
      expect(await failure(session.sendCommand('show clock'))).toMatchObject({
        name: 'ConnectionClosedError',
        code: 'closed',
        phase,
        details: { lastReceived: expect.stringContaining('*08:35') },
      });
    });
  });

  test('a connection that breaks', async () => {
    const device = new ScriptedDevice(GREETING);
    const session = await openSession(device);
    const answer = session.sendCommand('show clock');
    const broke = new Error('ECONNRESET');
    device.hangUp(broke);
    expect(await failure(answer)).toMatchObject({ code: 'closed', cause: broke });
  });

  test('an answer that is too large', async () => {
    const says = `show tech\r\n${'line\r\n'.repeat(1000)}R1#`;
    const session = await openSession(new ScriptedDevice(GREETING, [{ to: 'show tech\r', says }]), {
      maxOutputBytes: 5000,
    });
    expect(await failure(session.sendCommand('show tech'))).toMatchObject({ code: 'output_too_large', phase });
  });

  test.each([
    ['tabs', '\tx'.repeat(2000)],
    ['empty lines', '\n'.repeat(1000)],
  ])('an answer that takes far more room than its bytes (%s)', async (_what, much) => {
    const says = `show tech\r\n${much}\r\nR1#`;
    const session = await openSession(new ScriptedDevice(GREETING, [{ to: 'show tech\r', says }]), {
      maxOutputBytes: 5000,
    });
    expect(await failure(session.sendCommand('show tech'))).toMatchObject({ code: 'output_too_large', phase });
  });

  test('an answer that stops', async () => {
    const says = 'show tech\r\nhalf a li';
    const session = await openSession(new ScriptedDevice(GREETING, [{ to: 'show tech\r', says }]), { idleMs: 60 });
    const error = await failure(session.sendCommand('show tech'));
    expect(error).toMatchObject({
      name: 'DeviceTimeoutError',
      code: 'idle_timeout',
      phase,
      details: { stall: 'silence' },
    });
    expect(error.message).toMatch(
      /^192\.0\.2\.1:22: the prompt after 'show tech' did not come: nothing came for 0\.06 s/,
    );
  });

  test('a device whose whole time is over', async () => {
    const session = await openSession(new ScriptedDevice(GREETING), { totalMs: 100 });
    expect(await failure(session.sendCommand('show clock'))).toMatchObject({ code: 'device_timeout', phase });
  });

  test('a command that is called off', async () => {
    const calledOff = new AbortController();
    const device = new ScriptedDevice(GREETING, [{ to: 'show tech\r', says: 'show tech\r\nhalf' }]);
    const session = await openSession(device, { signal: calledOff.signal });
    const answer = session.sendCommand('show tech');
    setImmediate(() => calledOff.abort());
    expect(await failure(answer)).toMatchObject({ name: 'AbortedError', code: 'cancelled', phase });
    expect(await failure(session.sendCommand('show clock'))).toMatchObject({ code: 'session_closed' });
    expect(device.written).toBe('show tech\r');
  });

  test('a session that is closed in the middle of an answer says so, and does not blame the device', async () => {
    const session = await openSession(new ScriptedDevice(GREETING));
    const answers = [session.sendCommand('show clock'), session.sendCommand('show users')].map(failure);
    await new Promise((settle) => setImmediate(settle));
    await session.close();
    for (const error of await Promise.all(answers)) {
      expect(error).toMatchObject({
        code: 'session_closed',
        message: expect.stringMatching(/^the session (?:is|was) closed/),
      });
    }
  });
});

describe('nothing is sent', () => {
  test.each([
    ['a newline', 'show\nclock', /U\+000a at position 5/],
    ['a carriage return', 'show\rclock', /U\+000d/],
    ['an escape', '\u001b[A', /U\+001b at position 1/],
    ['Ctrl-Z', 'end\u001a', /U\+001a/],
    ['a C1 control', 'a\u0085', /U\+0085/],
    ['a line separator', 'a\u2028', /U\+2028/],
    ['the key that makes IOS print help at once', 'show ?', /'\?' makes cisco_ios print help/],
    ['no text', 7 as unknown as string, /a command is a text; got 7/],
  ])('of a command that holds %s, and the session goes on', async (_name, command, message) => {
    const device = new ScriptedDevice(GREETING, [clock]);
    const session = await openSession(device);
    const error = await failure(session.sendCommand(command));
    expect(error).toMatchObject({ code: 'bad_command', phase: 'command', message: expect.stringMatching(message) });
    expect((await session.sendCommand('show clock')).output).toBe(CLOCK);
    expect(device.written).toBe('show clock\r');
  });

  test('of a configuration one of whose lines cannot be sent', async () => {
    const device = new ScriptedDevice(GREETING, [clock]);
    const session = await openSession(device);
    const error = await failure(session.sendConfig(['interface lo', 'description a\nshutdown']));
    expect(error).toMatchObject({ code: 'bad_command', phase: 'configure' });
    const number = 7 as unknown as string[];
    expect(await failure(session.sendConfig(number))).toMatchObject({ code: 'bad_option' });
    expect(device.written).toBe('');
  });

  test('with an idle time that is none: the promise says so', async () => {
    const session = await openSession(new ScriptedDevice(GREETING));
    expect(await failure(session.sendCommand('show clock', { idleMs: 0 }))).toMatchObject({ code: 'bad_option' });
  });
});

describe('a device that talks while nobody listens', () => {
  test('has to wait when it has said as much as a whole answer, until it is asked for one', async () => {
    const device = new ScriptedDevice(GREETING, [clock]);
    const session = await openSession(device, { maxOutputBytes: 1000 });
    device.say(`\r\n${'x'.repeat(1001)}\r\nR1#`);
    await new Promise((settle) => setImmediate(() => setImmediate(settle)));
    expect(device.paused).toBe(true);
    expect((await session.sendCommand('show clock')).output).toBe(CLOCK);
    expect(device.paused).toBe(false);
  });
});

describe.concurrent('enable', () => {
  const USER = 'R1>';
  const asks: Reply = { to: 'enable\r', says: 'enable\r\nPassword: ' };
  const options = { password: 'login-pw', secret: 'enable-pw' };

  test('sends the secret after its prompt was seen, and changes the prompt', async () => {
    const replies = [asks, { to: 'enable-pw\r', says: '\r\nR1#' }, clock];
    await inEverySplit(USER, replies, async (device) => {
      const session = await openSession(device, options);
      await session.enable();
      expect(session.mode).toBe('privileged');
      await session.enable();
      expect((await session.sendCommand('show clock')).output).toBe(CLOCK);
      expect(device.written).toBe('enable\renable-pw\rshow clock\r');
    });
  });

  test('waits for a device that takes its time over the secret', async () => {
    const device = new ScriptedDevice(USER, [asks]);
    const session = await openSession(device, options);
    const enabled = session.enable();
    // Longer than a question needs to be taken for one.
    setTimeout(() => device.say('\r\nR1#'), 800);
    await enabled;
    expect(session.mode).toBe('privileged');
  });

  test('is not refused by a surplus prompt before the echo', async () => {
    const replies = [
      { to: 'enable\r', says: '\r\nR1>\r\nR1>enable\r\nPassword: ' },
      { to: 'enable-pw\r', says: '\r\nR1#' },
    ];
    await inEverySplit(USER, replies, async (device) => {
      const session = await openSession(device, options);
      await session.enable();
      expect(session.mode).toBe('privileged');
    });
  });

  test.each([
    ['asks again', '\r\nPassword: '],
    ['says so', '\r\n% Bad secrets\r\n\r\nR1>'],
    ['shows the old prompt', '\r\nR1>'],
  ])('with a wrong secret fails once when the device %s', async (_name, says) => {
    await inEverySplit(USER, [asks, { to: 'enable-pw\r', says }], async (device) => {
      const session = await openSession(device, options);
      const error = await failure(session.enable());
      expect(error).toMatchObject({ name: 'AuthenticationError', code: 'enable_secret', phase: 'enable' });
      expect(device.written).toBe('enable\renable-pw\r');
    });
  });

  test('never sends the login password, and fails without a secret', async () => {
    const device = new ScriptedDevice(USER, [asks]);
    const session = await openSession(device, { password: 'login-pw' });
    const error = await failure(session.enable());
    expect(error).toMatchObject({ name: 'AuthenticationError', code: 'enable_secret' });
    expect(error.message).toContain('none is given');
    expect(device.written).toBe('enable\r');
  });

  test('that the device refuses without asking is not the fault of the secret', async () => {
    const device = new ScriptedDevice(USER, [
      { to: 'enable\r', says: 'enable\r\n% Error in authentication.\r\n\r\nR1>' },
    ]);
    const session = await openSession(device, options);
    expect(await failure(session.enable())).toMatchObject({
      name: 'ConversationError',
      code: 'enable_refused',
      message: expect.stringContaining('% Error in authentication.'),
    });
    expect(device.written).toBe('enable\r');
  });

  test('is no mode of a shell', async () => {
    const session = await openSession(new ScriptedDevice('user@box:~$ '), { platform: 'linux' });
    expect(await failure(session.enable())).toMatchObject({ code: 'no_such_mode', phase: 'enable' });
  });
});

describe.concurrent('configuration', () => {
  const enter: Reply = {
    to: 'configure terminal\r',
    says: 'configure terminal\r\nEnter configuration commands\r\nR1(config)#',
  };
  const leave: Reply = { to: 'end\r', says: 'end\r\nR1#' };

  test('enters the mode, sends the lines, and leaves it', async () => {
    const replies = [
      enter,
      { to: 'interface Lo0\r', says: 'interface Lo0\r\nR1(config-if)#' },
      { to: 'description x\r', says: 'description x\r\nR1(config-if)#' },
      leave,
    ];
    await inEverySplit(GREETING, replies, async (device) => {
      const session = await openSession(device);
      const { ok, responses, dialogue } = await session.sendConfig(['interface Lo0', 'description x']);
      expect(ok).toBe(true);
      expect(responses.map(({ prompt, command }) => prompt + command)).toEqual([
        'R1(config)#interface Lo0',
        'R1(config-if)#description x',
      ]);
      expect(dialogue).toBe(
        [
          'R1#configure terminal',
          'Enter configuration commands',
          'R1(config)#interface Lo0',
          'R1(config-if)#description x',
          'R1(config-if)#end',
          'R1#',
        ].join('\n'),
      );
      expect(session.mode).toBe('privileged');
    });
  });

  const bad: Reply = {
    to: 'bogus\r',
    says: "bogus\r\n ^\r\n% Invalid input detected at '^' marker.\r\n\r\nR1(config)#",
  };
  const good: Reply = { to: 'ip routing\r', says: 'ip routing\r\nR1(config)#' };

  test('stops at the first line that is refused, and leaves the mode', async () => {
    const device = new ScriptedDevice(GREETING, [enter, bad, leave]);
    const result = await (await openSession(device)).sendConfig(['bogus', 'ip routing']);
    expect(result).toMatchObject({ ok: false, refusedLine: 1 });
    expect(result.responses).toHaveLength(1);
    expect(device.written).toBe('configure terminal\rbogus\rend\r');
  });

  test('goes on behind a refused line when it is told to', async () => {
    const device = new ScriptedDevice(GREETING, [enter, good, bad, good, leave]);
    const session = await openSession(device);
    const result = await session.sendConfig(['ip routing', 'bogus', 'ip routing'], { onRefusal: 'continue' });
    expect(result.responses.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(result.refusedLine).toBe(2);
  });

  test('enables on the way, and a wrong secret there is a wrong secret', async () => {
    const asks: Reply = { to: 'enable\r', says: 'enable\r\nPassword: ' };
    const refuses: Reply = { to: 'sesame\r', says: '\r\n% Bad secrets\r\n\r\nR1>' };
    const session = await openSession(new ScriptedDevice('R1>', [asks, refuses]), { secret: 'sesame' });
    const error = await failure(session.sendConfig(['ip routing']));
    expect(error).toMatchObject({ code: 'enable_secret', phase: 'enable' });
  });

  test('a question in it leaves the outcome in doubt', async () => {
    const ask: Reply = { to: 'no username x\r', says: 'no username x\r\nThis will delete it. Continue? [confirm]' };
    const device = new ScriptedDevice(GREETING, [enter, ask]);
    const error = await failure((await openSession(device)).sendConfig(['no username x', 'ip routing']));
    expect(error).toMatchObject({ code: 'unexpected_question', phase: 'configure' });
    expect(device.written).toBe('configure terminal\rno username x\r');
  });

  test('a host name that changes is learned, also one that is cut to 20 characters in this mode', async () => {
    const long = 'a-name-of-more-than-twenty-characters';
    const cut = long.slice(0, 20);
    const replies = [
      enter,
      { to: `hostname ${long}\r`, says: `hostname ${long}\r\n${cut}(config)#` },
      { to: 'ip routing\r', says: `ip routing\r\n${cut}(config)#` },
      { to: 'end\r', says: `end\r\n${long}#` },
      { to: 'show clock\r', says: `show clock\r\n${CLOCK}\r\n${long}#` },
    ];
    await inEverySplit(GREETING, replies, async (device) => {
      const session = await openSession(device);
      const { ok } = await session.sendConfig([`hostname ${long}`, 'ip routing']);
      expect(ok).toBe(true);
      expect(session.hostname).toBe(long);
      expect((await session.sendCommand('show clock')).output).toBe(CLOCK);
    });
  });

  test('a prompt with a new name that nobody gave is no end', async () => {
    const replies = [enter, { to: 'ip routing\r', says: 'ip routing\r\nR9(config)#' }];
    const session = await openSession(new ScriptedDevice(GREETING, replies), { idleMs: 350 });
    expect(await failure(session.sendConfig(['ip routing']))).toMatchObject({
      code: 'idle_timeout',
      phase: 'configure',
    });
  });
});

describe.concurrent('a login on the command line', () => {
  const credentials = { username: 'cisco', password: new Secret('sesame') };
  const waiting = { phase: 'login', expected: 'the first prompt', idleMs: 5_000 } as const;
  const user: Reply = { to: 'cisco\r', says: 'cisco\r\nPassword: ' };
  const greeting = '\r\nUser Access Verification\r\n\r\nUsername: ';

  test('answers each question once, when it was asked', async () => {
    await inEverySplit(greeting, [user, { to: 'sesame\r', says: '\r\nR1>' }], async (device) => {
      const conversation = converse(device);
      await logIn(conversation, credentials, waiting);
      expect(conversation.prompt.host).toBe('R1');
      expect(device.written).toBe('cisco\rsesame\r');
    });
  });

  test('waits for a device that takes its time over the password', async () => {
    const device = new ScriptedDevice(greeting, [user]);
    const conversation = converse(device);
    const loggedIn = logIn(conversation, credentials, waiting);
    setTimeout(() => device.say('\r\nR1>'), 800);
    await loggedIn;
    expect(conversation.prompt.host).toBe('R1');
  });

  test('takes no Last login for a question, nor a message of the day for a refusal', async () => {
    const says = '\r\nLast login: Fri Nov 20 on pts/0\r\nLogin failed attempts are logged\r\nuser@box:~$ ';
    await inEverySplit('debian login: ', [user, { to: 'sesame\r', says }], async (device) => {
      const conversation = converse(device, { platform: 'linux' });
      await logIn(conversation, credentials, waiting);
      expect(conversation.prompt.host).toBe('box');
      expect(device.written).toBe('cisco\rsesame\r');
    });
  });

  test.each([
    ['says so', '\r\n% Login invalid\r\n\r\nUsername: '],
    ['asks for the user again', '\r\nUsername: '],
    ['asks for the password again', '\r\n\r\nPassword: '],
    ['asks again in the same place', '\r\nPassword: '],
  ])('with a wrong password fails once when the device %s', async (_name, says) => {
    await inEverySplit(greeting, [user, { to: 'sesame\r', says }], async (device) => {
      const error = await failure(logIn(converse(device), credentials, waiting));
      expect(error).toMatchObject({ name: 'AuthenticationError', code: 'authentication', phase: 'login' });
      expect(error.message).toContain("refused user 'cisco'");
      expect(device.written).toBe('cisco\rsesame\r');
    });
  });

  test('says which credential is missing', async () => {
    const asked = failure(logIn(converse(new ScriptedDevice(greeting)), {}, waiting));
    expect((await asked).message).toContain('asks for a username, and none is given');
    const noPassword = failure(logIn(converse(new ScriptedDevice(greeting, [user])), { username: 'cisco' }, waiting));
    expect((await noPassword).message).toContain('asks for a password, and none is given');
  });
});

describe.concurrent('secrets', () => {
  const secrets = { password: 'pa55word-of-mine', secret: 's3cret-of-mine' };
  const planted = Object.values(secrets);

  function expectClean(error: RollcallError): void {
    const shown = [
      error.message,
      `${error.stack}`,
      JSON.stringify(error),
      JSON.stringify(error.details ?? {}),
      inspect(error, { depth: 9 }),
    ];
    for (const text of shown) for (const secret of planted) expect(text).not.toContain(secret);
  }

  test.each([
    [
      'the device repeats',
      { to: 'show run\r', says: `show run\r\npassword ${planted[0]}\r\n${planted[1]} and then nothing` },
    ],
    ['stand in a question', { to: 'show run\r', says: `show run\r\nuse ${planted[0]}? [confirm]` }],
    ['stand before the hanging up', { to: 'show run\r', says: `show run\r\n${planted.join('\r\n')}`, closes: true }],
  ])('that %s are in no error', async (_name, reply: Reply) => {
    await inEverySplit(GREETING, [reply], async (device) => {
      const session = await openSession(device, { ...secrets, idleMs: 400 });
      expectClean(await failure(session.sendCommand('show run')));
    });
  });

  test('that are cut where the shown text begins leave no half of them', async () => {
    for (let length = 380; length < 400; length++) {
      const says = `show run\r\n${planted[0]}${'x'.repeat(length)}`;
      const session = await openSession(new ScriptedDevice(GREETING, [{ to: 'show run\r', says }]), {
        ...secrets,
        idleMs: 20,
      });
      const error = await failure(session.sendCommand('show run'));
      expectClean(error);
      expect(String(error.details?.lastReceived).replace('[secret]', '')).toMatch(/^(?:[^x]*\n)?[[\]secrt]*x+$/);
    }
  });

  test('that are part of the command are not repeated', async () => {
    const device = new ScriptedDevice(GREETING);
    const session = await openSession(device, { ...secrets, idleMs: 20 });
    const error = await failure(session.sendCommand(`copy ftp://me:${planted[0]}@192.0.2.9/x flash:`));
    expect(error.code).toBe('idle_timeout');
    expectClean(error);
  });

  test('of an enable that failed are in no error', async () => {
    const replies = [
      { to: 'enable\r', says: 'enable\r\nPassword: ' },
      { to: `${secrets.secret}\r`, says: `${secrets.secret}\r\n% Bad secrets ${secrets.secret}\r\nR1>` },
    ];
    expectClean(await failure((await openSession(new ScriptedDevice('R1>', replies), secrets)).enable()));
  });
});
