import { expect, test } from 'vitest';
import { setLogger, silentLogger } from '#dist/base/index.js';
import type { Dialect } from '#dist/lab/dialect/index.js';
import { device } from './conversation.js';

const statements = [
  'hostname {host}',
  'interface {name} > description {text...}',
  'interface {name} > shutdown',
  { line: 'route {network:prefix} {gateway:ip}', many: true },
  { line: 'community {word}', refusedAtCommit: 'no authorization' },
] as const;
const render = { style: 'indented', between: '!' } as const;

const commands = [
  { line: 'configure', does: { enter: 'config', candidate: 'shared' } },
  { line: 'configure private', does: { enter: 'config', candidate: 'private' } },
  { line: 'configure exclusive', does: { enter: 'config', candidate: 'exclusive' } },
  { line: 'enable', asks: [{ asks: 'Secret: ', hidden: true, takes: 'secret', wrong: 'bad' }], does: { go: 'root' } },
  { line: 'show running', prints: '{running}' },
  { line: 'vsys {name}', does: { context: '{name}' } },
] as const;

const modes: Dialect['modes'] = {
  exec: { prompt: '{host}> ', commands },
  root: { prompt: '{host}# ', commands },
  config: {
    prompt: '{host}(c){uncommitted}# ',
    inside: '{host}(c-{section}){uncommitted}# ',
    hostLimit: 4,
    statements: true,
    endKey: 'rest',
    commands: [
      { line: 'no {statement...}', does: 'delete' },
      { line: 'show', prints: '{here}' },
      { line: 'changes', prints: '{changes}' },
      { line: 'commit', does: 'commit', prints: 'done' },
      { line: 'commit confirmed {n:1-9}', does: { commitFor: '{n}', unitMs: 1000 }, prints: 'for {n} s' },
      { line: 'confirm', when: 'confirming', does: 'confirm', prints: 'confirmed' },
      { line: 'discard', does: 'discard' },
      { line: 'exit', does: 'up' },
    ],
  },
};

const atOnce: Partial<Dialect> = {
  modes,
  configuration: { statements, initial: ['hostname {host}'], render, fallsBack: true },
};
const candidate: Partial<Dialect> = {
  modes,
  marks: { uncommitted: ['', '*'] },
  contexts: { names: ['blue'], unknown: 'no such vsys {name}' },
  configuration: {
    candidate: true,
    statements,
    initial: ['hostname {host}'],
    render,
    commitRefused: ['{statement}: {reason}'],
    locked: 'locked by {holder}',
  },
};

test('lines count at once, sections are entered and left, and the host name is cut in the prompt', async () => {
  const talk = device(atOnce)();
  await talk.type('', 'edge-1> ');
  await talk.type('configure\r', 'edge(c)# ');
  await talk.type('interface a\r', 'edge(c-interface a)# ');
  await talk.type('descr hello  world\r', '# ');
  await talk.type('interface b\r', 'edge(c-interface b)# ');
  await talk.type('shutdown\r', '# ');
  await talk.type('route 10.0.0.0/8 10.0.0.1\r', 'edge(c)# ');
  await talk.type('route 10.0.0.0/8 10.0.0.2\r', 'edge(c)# ');
  await talk.type('hostname core\r', 'core(c)# ');
  await talk.type('no interface b\r', 'core(c)# ');
  await talk.type('\x1a', 'core> ');
  expect(await talk.type('show running\r', 'core> ')).toBe(
    [
      'show running',
      'hostname core',
      'interface a',
      ' description hello  world',
      '!',
      'route 10.0.0.0/8 10.0.0.1',
      'route 10.0.0.0/8 10.0.0.2',
      'core> ',
    ].join('\r\n'),
  );
});

test('a candidate counts when it is committed, and is shown beside what runs', async () => {
  const talk = device(candidate)();
  await talk.type('', 'edge-1> ');
  await talk.type('configure\r', 'edge(c)# ');
  await talk.type('hostname core\r', 'edge(c)*# ');
  expect(await talk.type('changes\r', '# ')).toContain('- hostname edge-1\r\n+ hostname core\r\n');
  await talk.type('discard\r', 'edge(c)# ');
  await talk.type('hostname core\r', 'edge(c)*# ');
  expect(await talk.type('commit\r', 'core(c)# ')).toContain('done');
});

test('a commit that is refused changes nothing, and says why', async () => {
  const talk = device(candidate)();
  await talk.type('', 'edge-1> ');
  await talk.type('configure\r', '# ');
  await talk.type('community public\r', '*# ');
  expect(await talk.type('commit\r', '*# ')).toContain('community public: no authorization');
});

test('a commit with a time is taken back when it is over, unless it is confirmed', async () => {
  let now = 0;
  const talk = device(candidate, { clock: () => now })();
  await talk.type('', 'edge-1> ');
  await talk.type('configure\r', '# ');
  for (const confirmed of [false, true]) {
    await talk.type('hostname core\r', '*# ');
    await talk.type('commit confirmed 5\r', 'core(c)# ');
    now += 4999;
    expect(await talk.type('\r', 'core(c)# ')).toContain('core');
    if (confirmed) expect(await talk.type('confirm\r', '# ')).toContain('confirmed');
    now += 1;
    await talk.type('\r', confirmed ? 'core(c)# ' : 'edge(c)# ');
  }
});

test('who has the configuration for himself keeps others out until he leaves, or is gone', async () => {
  const open = device(candidate);
  const [one, other] = [open(), open()];
  await one.type('', 'edge-1> ');
  await other.type('', 'edge-1> ');
  await one.type('configure exclusive\r', '# ');
  expect(await other.type('configure\r', 'edge-1> ')).toContain('locked by cisco');
  await one.type('exit\r', 'edge-1> ');
  await other.type('configure exclusive\r', '# ');
  other.close();
  await one.type('configure exclusive\r', '# ');
});

test('a private candidate is of one alone, and is lost with the mode', async () => {
  const open = device(candidate);
  const [one, other] = [open(), open()];
  await one.type('', 'edge-1> ');
  await other.type('', 'edge-1> ');
  await one.type('configure private\r', '# ');
  await one.type('hostname core\r', '*# ');
  await other.type('configure\r', 'edge(c)# ');
  await one.type('exit\r', 'edge-1> ');
  await one.type('configure private\r', 'edge(c)# ');
});

test('each virtual device has its own configuration, and an unknown one is refused', async () => {
  const talk = device(candidate)();
  await talk.type('', 'edge-1> ');
  expect(await talk.type('vsys green\r', '> ')).toContain('no such vsys green');
  await talk.type('vsys blue\r', '> ');
  await talk.type('configure\r', '# ');
  await talk.type('route 10.0.0.0/8 10.0.0.1\r', '*# ');
  await talk.type('commit\r', '# ');
  await talk.type('exit\r', '> ');
  expect(await talk.type('show running\r', '> ')).toContain('route 10.0.0.0/8');
});

test('a secret is not shown, is asked three times, and is not asked where there is none', async () => {
  const talk = device(candidate)();
  await talk.type('', 'edge-1> ');
  await talk.type('enable\r', 'Secret: ');
  expect(await talk.type('wrong\r', 'Secret: ')).toBe('\r\nbad\r\nSecret: ');
  await talk.type('wrong\r', 'Secret: ');
  await talk.type('wrong\r', 'edge-1> ');
  await talk.type('enable\r', 'Secret: ');
  expect(await talk.type('secret\r', 'edge-1# ')).toBe('\r\nedge-1# ');
  const open = device(candidate, { secret: '' })();
  await open.type('', 'edge-1> ');
  await open.type('enable\r', 'edge-1# ');
});

test('a line of the start that is no statement ends the conversation with an error, not with a wrong device', async () => {
  const complaints: unknown[] = [];
  const before = setLogger({ ...silentLogger, error: (_message, fields) => complaints.push(fields) });
  try {
    const talk = device({ ...atOnce, configuration: { statements, initial: ['hotsname {host}'], render } })();
    await expect.poll(() => talk.ended()).toBe(true);
    expect(String((complaints[0] as { error?: unknown }).error)).toContain("'hotsname edge-1' is unknown");
  } finally {
    setLogger(before);
  }
});
