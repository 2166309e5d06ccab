import { expect, test } from 'vitest';
import { device } from './conversation.js';

const show = [
  { line: 'show version', prints: 'one' },
  { line: 'show interfaces', prints: ['first', { repeat: 30, line: 'row {i}' }, 'last'] },
] as const;
const modes = { exec: { prompt: '{host}> ', commands: show } };

test('the help key prints what may follow, and the line stands there again', async () => {
  const talk = device({ modes, help: { key: '?', title: 'Completions:', row: '  {word}', none: 'none' } })();
  await talk.type('', 'edge-1> ');
  expect(await talk.type('show ?', 'edge-1> show ')).toBe(
    'show ?\r\nCompletions:\r\n  interfaces\r\n  version\r\nedge-1> show ',
  );
  expect(await talk.type('v?', 'edge-1> show v')).toContain('  version\r\n');
  expect(await talk.type('x?', 'edge-1> show vx')).toContain('none\r\n');
});

test('a tabulator, and a blank where the dialect says so, complete the only word that fits', async () => {
  const tab = device({ modes })();
  await tab.type('', 'edge-1> ');
  expect(await tab.type('sh\t v\t', 'version')).toBe('show version');
  const space = device({ modes, echo: { completesOnSpace: true } })();
  await space.type('', 'edge-1> ');
  expect(await space.type('sh ver ', ' version ')).toBe('show version ');
  expect(await space.type('\r', 'edge-1> ')).toBe('\r\none\r\nedge-1> ');
});

test('what is typed comes back as the dialect says: twice, painted anew, or between marks', async () => {
  const twice = device({ modes, echo: { manner: 'twice' } })();
  await twice.type('', 'edge-1> ');
  expect(await twice.type('show version\r', 'one\r\nedge-1> ')).toBe(
    'show version\redge-1> show version\r\none\r\nedge-1> ',
  );
  const painted = device({ modes, echo: { manner: 'repainted' } })();
  await painted.type('', 'edge-1> ');
  expect(await painted.type('ab', 'ab\x1b[K')).toBe('\redge-1> a\x1b[K\redge-1> ab\x1b[K');
  const marked = device({ modes, echo: { before: '<', after: '>', space: '_', enter: '\n' } })();
  expect(await marked.type('', 'edge-1> <')).toBe('edge-1> <');
  expect(await marked.type('show version\r', '<')).toBe('show_version>\none\r\nedge-1> <');
});

test('lines are edited at their end, and what a terminal answers by itself is no part of them', async () => {
  const talk = device({ modes, echo: { query: '\x1b[6n' } })();
  expect(await talk.type('', 'edge-1> ')).toBe('\x1b[6nedge-1> ');
  expect(await talk.type('\x1b[1;9Rshow x\x7fversioo\b\bon\r', 'one\r\nedge-1> ')).toContain('one');
  expect(await talk.type('nonsense\x15show version\r', 'one\r\nedge-1> ')).toContain('one');
  expect(await talk.type('show\x03', 'edge-1> ')).toBe('show^C\r\nedge-1> ');
});

test('the pager shows a page, a line, the rest or nothing more, and wipes its prompt', async () => {
  const pager = { prompt: '--more--', erase: '\r\x1b[K', all: ['G'] } as const;
  const talk = device({ modes, pager })({ size: { columns: 80, rows: 10 } });
  await talk.type('', 'edge-1> ');
  expect(await talk.type('show interfaces\r', '--more--')).toContain('row 8\r\n--more--');
  expect(await talk.type('\r', '--more--')).toBe('\r\x1b[Krow 9\r\n--more--');
  expect(await talk.type('x ', '--more--')).toContain('row 18\r\n--more--');
  expect(await talk.type('G', 'edge-1> ')).toContain('row 30\r\nlast\r\nedge-1> ');
  await talk.type('show interfaces\r', '--more--');
  expect(await talk.type('q', 'edge-1> ')).toBe('\r\x1b[Kedge-1> ');
});

test('the pager is turned off by a command, but not for what is always paged', async () => {
  const pager = { prompt: '--more--', erase: '' };
  const commands = [
    ...show,
    { line: 'terminal length {n:0-512}', does: { pageLength: '{n}' } },
    { line: 'show always', paged: 'always', prints: [{ repeat: 40, line: 'row {i}' }] },
    { line: 'show never', paged: 'never', prints: [{ repeat: 40, line: 'row {i}' }] },
  ] as const;
  const talk = device({ modes: { exec: { prompt: '{host}> ', commands } }, pager })();
  await talk.type('', 'edge-1> ');
  expect(await talk.type('show never\r', 'edge-1> ')).toContain('row 40');
  await talk.type('terminal length 0\r', 'edge-1> ');
  expect(await talk.type('show interfaces\r', 'edge-1> ')).toContain('last');
  await talk.type('show always\r', '--more--');
});

test('a stamp stands above each answer until it is turned off', async () => {
  const talk = device(
    {
      stamp: { text: '{day} {month} {date} {hours}:{minutes}:{seconds}.{ms} UTC', atLogin: 'on' },
      modes: { exec: { prompt: '{host}> ', commands: [...show, { line: 'no stamp', does: { stamp: 'off' } }] } },
    },
    { clock: () => Date.UTC(2026, 0, 5, 12, 1, 2, 3) },
  )();
  await talk.type('', 'edge-1> ');
  expect(await talk.type('show version\r', 'edge-1> ')).toContain('\r\nMon Jan 5 12:01:02.003 UTC\r\none\r\n');
  await talk.type('no stamp\r', 'edge-1> ');
  expect(await talk.type('show version\r', 'edge-1> ')).toBe('show version\r\none\r\nedge-1> ');
});

test('a line that is not taken is refused by its kind, with the mark below the word', async () => {
  const refusals = {
    unknown: ['{marker}', 'unknown {word}'],
    unexpected: ['{lineMarker}', 'unexpected {rest}'],
    value: 'bad {word} at {column}',
    incomplete: 'incomplete',
    ambiguous: 'ambiguous {line}',
  };
  const commands = [...show, { line: 'set width {n:1-9}', prints: 'width {n}' }];
  const talk = device({ refusals, modes: { exec: { prompt: '{host}> ', commands } } })();
  await talk.type('', 'edge-1> ');
  const says = async (line: string) => (await talk.type(`${line}\r`, 'edge-1> ')).slice(line.length + 2, -8);
  expect(await says('foo')).toBe('        ^\r\nunknown foo\r\n');
  expect(await says('show foo bar')).toBe('     ^\r\nunexpected foo bar\r\n');
  expect(await says('set width 10')).toBe('bad 10 at 11\r\n');
  expect(await says('set width')).toBe('incomplete\r\n');
  expect(await says('s')).toBe('ambiguous s\r\n');
  expect(await says('se w 7')).toBe('width 7\r\n');
});

test('the settings in a user name are those of the terminal', async () => {
  const login = { password: 'p', failure: 'no', ssh: { usernameSuffix: '+' } };
  const painted = { exec: { prompt: '[\x1b[36m{user}\x1b[m] > ', commands: show } };
  const open = device({ login, modes: painted, echo: { manner: 'repainted', query: '\x1b[6n' } });
  expect(await open({ username: 'cisco+ct511w4098h' }).type('', '> ')).toBe('[cisco] > ');
  expect(await open({ username: 'cisco' }).type('', '> ')).toBe('\x1b[6n[\x1b[36mcisco\x1b[m] > ');
});
