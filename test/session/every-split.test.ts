import { describe, expect, test } from 'vitest';
import type { RollcallError } from '#dist/base/index.js';
import type { PagerData, Platform } from '#dist/platforms/index.js';
import { loadPlatform } from '#dist/platforms/index.js';
import { junosLike, routerOsLike, vrpLike } from './own-platforms.ts';
import { inEverySplit, openSession, type Reply } from './scripted-device.ts';

/*
 * What devices do to the bytes of a conversation, each fed in every possible split. What is proved elsewhere in the same
 * way: prompts of two lines, counters, roles, time stamps, other users (prompt.test.ts); duplicate prompts and messages
 * (ledger.test.ts); scrolled echoes, settle times, questions (exchange.test.ts).
 */
interface Told {
  readonly greeting?: string;
  readonly replies: readonly Reply[];
  readonly platform?: string | Platform;
  readonly encoding?: string;
  /** What is typed, where it is not what the replies are to. */
  readonly commands?: readonly string[];
  readonly host?: string;
}

async function survives(
  { greeting = 'R1#', replies, commands, host, ...options }: Told,
  outputs: readonly string[],
): Promise<void> {
  const typed = commands ?? replies.map(({ to }) => to.trimEnd());
  await inEverySplit(greeting, replies, async (device) => {
    const session = await openSession(device, options);
    const got: string[] = [];
    for (const command of typed) {
      const { output, endedBy } = await session.sendCommand(command);
      expect(endedBy).toBe('prompt');
      got.push(output);
    }
    expect(got).toEqual(outputs);
    if (host !== undefined) expect(session.hostname).toBe(host);
    // Nothing was typed but what the script waits for, the answers to pagers among it.
    expect(device.written).toBe(replies.map(({ to }) => to).join(''));
  });
}

const ios = loadPlatform('cisco_ios');
const linux = loadPlatform('linux');
const LOG = '*Nov 21 10:00:01.123: %LINK-3-UPDOWN: Interface Gi0/1, changed state to up';

describe.concurrent('pagers, in their vendors\u2019 spellings', () => {
  const back = (count: number): string => `\b${'\b'.repeat(count - 1)}${' '.repeat(count)}${'\b'.repeat(count)}`;
  const over = (count: number): string => `\r${' '.repeat(count)}\r`;
  const escaped = String.raw;
  const spellings: readonly (readonly [string, string, PagerData, string])[] = [
    ['Cisco IOS', ' --More-- ', { prompt: '^ ?--More-- ?$', answer: ' ' }, back(10)],
    ['Cisco ASA', '<--- More --->', { prompt: '^<--- More ---> ?$', answer: ' ' }, over(14)],
    [
      'Cisco SG300',
      'More: <space>,  Quit: q or CTRL+Z, One line: <return> ',
      { prompt: escaped`^More: <space>, .{0,40}<return> ?$`, answer: ' ' },
      over(54),
    ],
    ['Cisco WLC', '--More-- or (q)uit', { prompt: escaped`^--More-- or \(q\)uit$`, answer: ' ' }, over(18)],
    [
      'Huawei VRP',
      '  ---- More ----',
      { prompt: '^ {0,4}---- More ---- ?$', answer: ' ' },
      `\u001b[16D${' '.repeat(16)}\u001b[16D`,
    ],
    ['Juniper Junos', '---(more 50%)---', { prompt: escaped`^---\(more(?: \d{1,3}%)?\)---$`, answer: ' ' }, over(40)],
    [
      'HPE ProCurve',
      '-- MORE --, next page: Space, next line: Enter, quit: Control-C',
      { prompt: '^-- MORE --, .{0,60}Control-C$', answer: ' ' },
      '\r\u001b[K',
    ],
    ['Fortinet', '--More-- ', { prompt: '^--More-- $', answer: ' ' }, over(9)],
    [
      'Brocade',
      '--More--, next page: Space, next line: Return key, quit: Control-c',
      { prompt: '^--More--, .{0,60}Control-c$', answer: ' ' },
      '\u001b[2K\r',
    ],
    [
      'Nokia SR OS',
      'Press any key to continue (Q to quit)',
      { prompt: escaped`^Press any key to continue \(Q to quit\)$`, answer: ' ' },
      over(39),
    ],
    [
      'Extreme EXOS',
      'Press <SPACE> to continue or <Q> to quit:',
      { prompt: '^Press <SPACE> to continue or <Q> to quit:$', answer: ' ' },
      over(41),
    ],
    [
      'MikroTik',
      '-- [Q quit|D dump|down]',
      { prompt: escaped`^-- \[Q quit\|D dump\|down\]$`, answer: ' ' },
      '\r\u001b[K',
    ],
    [
      'less on EOS and PAN-OS',
      'lines 1-23',
      { prompt: escaped`^lines \d{1,9}-\d{1,9}$`, answer: ' ', ambiguous: true },
      '\r\u001b[K',
    ],
    ['ZTE and Ruijie', ' --More-- ', { prompt: '^ ?--More-- ?$', answer: '\r' }, `\r${' '.repeat(10)}\r`],
  ];

  test.each(spellings)('%s', async (_vendor, shown, pager, gone) => {
    await survives(
      {
        platform: { ...ios, pager: [pager] },
        replies: [
          { to: 'show run\r', says: `show run\r\none --More-- x\r\n${shown}` },
          { to: pager.answer, says: `${gone}two\r\n${shown}` },
          { to: pager.answer, says: `${gone}three\r\nR1#` },
          { to: 'show clock\r', says: 'show clock\r\nnoon\r\nR1#' },
        ],
        commands: ['show run', 'show clock'],
      },
      ['one --More-- x\ntwo\nthree', 'noon'],
    );
  });
});

test('a line that begins like a pager, and goes on after the answer to it, is a line of the answer', async () => {
  await survives(
    {
      replies: [
        { to: 'show x\r', says: 'show x\r\none\r\n --More--' },
        { to: ' ', says: '? is no pager\r\nR1# ' },
        { to: 'show y\r', says: 'show y\r\n2\r\nR1#' },
      ],
      commands: ['show x', 'show y'],
    },
    ['one\n --More--? is no pager', '2'],
  );
});

describe.concurrent('names in the prompt', () => {
  test.each([
    ['with dots', 'core-sw1.dc.example.net'],
    ['in upper case, with underscores', 'EDGE_SW-01'],
    ['of 63 characters', 'N'.repeat(63)],
    ['that is a word of the login', 'Password'],
    ['with characters that patterns use', 'r+1[a]*'],
  ])('%s', async (_what, name) => {
    const others = [`x${name}#`, `${name.slice(1)}#`, `${name}x#`, `${name.toLowerCase()}1#`];
    await survives(
      {
        greeting: `\r\n${name}#`,
        replies: [{ to: 'show log\r', says: `show log\r\n${others.join('\r\n')}\r\n${name}#` }],
        host: name,
      },
      [others.join('\n')],
    );
  });

  test('that IOS cuts to 20 characters in configuration', async () => {
    const name = 'a-router-with-a-very-long-name';
    const cut = name.slice(0, 20);
    await survives(
      {
        greeting: `${name}#`,
        replies: [
          { to: 'configure terminal\r', says: `configure terminal\r\n${cut}(config)#` },
          { to: 'do show x\r', says: `do show x\r\n${name}(config)#\r\n${cut}x(config)#\r\n${cut}(config)#` },
          { to: 'end\r', says: `end\r\n${name}#` },
        ],
      },
      ['', `${name}(config)#\n${cut}x(config)#`, ''],
    );
  });

  test('with parentheses and blanks', async () => {
    const f5 = {
      ...ios,
      modes: {
        privileged: { prompt: String.raw`^(?<user>[\w.-]+)@\((?<host>[^)]+)\)(?:\([^)]*\)){2,4}\(tmos\)#$`, enter: [] },
      },
    };
    const prompt = 'admin@(bigip-1)(cfg-sync Standalone)(Active)(/Common)(tmos)# ';
    await survives(
      {
        platform: f5,
        greeting: prompt,
        replies: [{ to: 'show x\r', says: `show x\r\n(tmos)#\r\n${prompt.replace('Active', 'Standby')}` }],
        host: 'bigip-1',
      },
      ['(tmos)#'],
    );
  });

  test('that changes under configuration', async () => {
    await survives(
      {
        platform: vrpLike,
        greeting: '<old>',
        replies: [
          { to: 'system-view\r', says: 'system-view\r\n[~old]' },
          { to: 'sysname new\r', says: 'sysname new\r\n[*new]' },
          { to: 'display this\r', says: 'display this\r\n[*old]\r\n#\r\nsysname new\r\n#\r\nreturn\r\n[*new]' },
        ],
        host: 'new',
      },
      ['', '', '[*old]\n#\nsysname new\n#\nreturn'],
    );
  });
});

describe.concurrent('echoes', () => {
  const long = `show interfaces description | include ${'uplink-'.repeat(12)}`;

  test('wrapped by the terminal, and by a line editor that marks the wrap', async () => {
    const narrow = { ...ios, terminal: { ...ios.terminal, columns: 80 } };
    const at = 80 - 'R1#'.length;
    await survives({ platform: narrow, replies: [{ to: `${long}\r`, says: `${long}\r\nok\r\nR1#` }] }, ['ok']);
    await survives(
      {
        platform: narrow,
        replies: [{ to: `${long}\r`, says: `${long.slice(0, at)} \r${long.slice(at)}\r\nok\r\nR1#` }],
      },
      ['ok'],
    );
  });

  test.each([
    ['redrawn from the start of the line', 'sh\rR1#show clock\u001b[K\r\n'],
    ['completed by blanks and backspaces (Junos)', 'sh\b\bshow \b clock \b\r\n'],
    ['with a step left behind each blank (Huawei)', 'show \u001b[1D clock\r\n'],
    ['drawn character by character', 's\u001b[Kh\u001b[Ko\u001b[Kw \u001b[Kc\u001b[Klock\u001b[K\r\n'],
    ['ended by CR NUL', 'show clock\r\u0000\r\n'],
    ['ended by CR CR LF', 'show clock\r\r\n'],
    ['with a log message below it', `show clock\r\n${LOG}\r\n`],
  ])('%s', async (how, echo) => {
    const log = how.includes('log') ? `${LOG}\n` : '';
    await survives({ replies: [{ to: 'show clock\r', says: `${echo}noon\r\nR1#` }] }, [`${log}noon`]);
  });

  test('redrawn on a row that is named each time (ProCurve)', async () => {
    const prompt = '\u001b[24;1H\u001b[2K\u001b[24;1HR1# \u001b[24;5H\u001b[?25h';
    await survives(
      {
        greeting: `banner\r\n${prompt}`,
        replies: [{ to: 'show clock\r', says: `show clock\u001b[24;5H\u001b[24;15H\u001bEnoon\u001bE${prompt}` }],
      },
      ['noon'],
    );
  });

  test('twice, and the cursor asked for (MikroTik)', async () => {
    const prompt = '[admin@core 1] > ';
    const print = '/system identity print';
    const drawn = `\u001b[m\u001b[36m/system\u001b[m \u001b[36midentity\u001b[m \u001b[35mprint\u001b[m`;
    await survives(
      {
        platform: routerOsLike,
        greeting: `\u001b[9999B\u001b[6n\u001bZ\r${prompt}\r\r\r\r${prompt}\u001b[K`,
        replies: [
          {
            to: `${print}\r`,
            says: `${print}\r${prompt}${drawn}\u001b[K\r\n  name: core 1\r\n\r\n\r${prompt}\u001b[6n\r${prompt}`,
          },
          { to: `${print}\r`, says: `\r${prompt}${drawn}\r\n  name: core 1\r\n\r\n\r${prompt}` },
        ],
        host: 'core 1',
      },
      ['  name: core 1\n', '  name: core 1\n'],
    );
  });

  test('behind colours and bracketed paste', async () => {
    const prompt = '\u001b[?2004h\u001b]0;user@box: ~\u0007\u001b[01;32muser@box\u001b[00m:\u001b[01;34m~\u001b[00m$ ';
    await survives(
      {
        platform: linux,
        greeting: `Last login\r\n${prompt}`,
        replies: [{ to: 'ls\r', says: `ls\r\n\u001b[?2004l\r\u001b[0m\u001b[01;34mdir\u001b[0m  file\r\n${prompt}` }],
      },
      ['dir  file'],
    );
  });
});

test('an echo that comes twice is an error: the prompt before it was a copy; cut right behind the second prompt, with the next command', async () => {
  const says = 'show clock\r\nR1#show clock\r\nnoon\r\nR1#';
  const first: Reply = { to: 'show x\r', says: 'show x\r\n1\r\nR1#' };
  await inEverySplit('R1#', [first, { to: 'show clock\r', says }, first], async (device) => {
    const session = await openSession(device);
    await session.sendCommand('show x');
    const got = await session.sendCommand('show clock').then(
      ({ output }) => output,
      (error: RollcallError) => error.code,
    );
    if (got === 'unexpected_prompt') return;
    expect(got).toBe('');
    await expect(session.sendCommand('show x')).rejects.toMatchObject({ code: 'unexpected_prompt' });
  });
});

describe.concurrent('what stands before the first prompt', () => {
  test('a banner of many lines that end in # and >', async () => {
    const banner = [
      '#'.repeat(60),
      '# Keep out #',
      '> access is logged >',
      'R2 > R3 #',
      '***',
      'Contact: noc@example.net >',
    ].join('\r\n');
    const first: Reply = { to: 'terminal length 0\r', says: 'terminal length 0\r\nR1#' };
    await survives(
      {
        greeting: `\r\n${banner}\r\n\r\nR1#`,
        replies: [first, { to: 'show clock\r', says: 'show clock\r\nnoon\r\nR1#' }],
        host: 'R1',
      },
      ['', 'noon'],
    );
  });

  test('a console that wants RETURN, and log messages', async () => {
    await survives(
      {
        greeting: `\r\nR1 con0 is now available\r\n\r\n\r\nPress RETURN to get started.\r\n\r\n\r\n${LOG}\r\nR1#`,
        replies: [{ to: 'show clock\r', says: 'show clock\r\nnoon\r\nR1#' }],
      },
      ['noon'],
    );
  });
});

describe.concurrent('lines of an answer that look like a prompt', () => {
  test('in a shell, in configuration, with two lines', async () => {
    const shown = ['ops@mx-2>', '[edit]', 'ops@mx-2#', ' ops@mx-1>', 'ops@mx-1', '{master:0}', '>', '#'];
    await survives(
      {
        platform: junosLike,
        greeting: '{master:0}\r\nops@mx-1> ',
        replies: [{ to: 'show log\r', says: `show log\r\n${shown.join('\r\n')}\r\n\r\n{master:0}\r\nops@mx-1> ` }],
      },
      [shown.join('\n')],
    );
  });
});

describe.concurrent('characters that are cut in two', () => {
  // The bytes are those of the WHATWG's indexes: "описание" in windows-1251, "接口描述" in gbk, "Außenstelle é" in latin1.
  test.each([
    ['utf-8', Buffer.from('описание 接口 é \u{1f600}'), 'описание 接口 é \u{1f600}'],
    ['latin1', Buffer.from([0x41, 0x75, 0xdf, 0x65, 0x6e, 0x20, 0xe9]), 'Außen é'],
    ['windows-1251', Buffer.from([0xee, 0xef, 0xe8, 0xf1, 0xe0, 0xed, 0xe8, 0xe5]), 'описание'],
    ['gbk', Buffer.from([0xbd, 0xd3, 0xbf, 0xda, 0xc3, 0xe8, 0xca, 0xf6]), '接口描述'],
  ])('in %s', async (encoding, bytes, text) => {
    const says = Buffer.concat([
      Buffer.from('show log\r\n'),
      bytes,
      Buffer.from('\r\nend '),
      bytes,
      Buffer.from('\r\nR1#'),
    ]);
    const replies = [
      { to: 'show log\r', says },
      { to: 'show log\r', says },
    ];
    await survives({ encoding, replies }, [`${text}\nend ${text}`, `${text}\nend ${text}`]);
  });
});
