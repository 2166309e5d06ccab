import { connect, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { type Agent, connectThroughAgent } from '#dist/agent/index.js';
import { failure, ownAgents, target } from './use.ts';

const own = ownAgents();
const HELLO = '{"type":"hello","protocol":1}\n';

/** Says something to the agent, and returns all that it says until it hangs up. */
async function say(agent: Agent, ...pieces: readonly (string | Buffer)[]): Promise<string> {
  const socket: Socket = connect(agent.address);
  socket.on('error', () => {});
  for (const piece of pieces) socket.write(piece);
  let said = '';
  try {
    for await (const piece of socket) said += piece;
  } catch {
    // It hangs up in the middle of what is still on its way.
  }
  return said;
}

/** A real call: the agent is as it was. */
async function works(agent: Agent): Promise<void> {
  const lab = await own.lab();
  await using session = await connectThroughAgent(agent.address, target(lab.devices[0]));
  expect((await session.sendCommand('show privilege')).output).toBe('Current privilege level is 15');
}

describe('an agent hangs up on a client that', () => {
  test.each<[string, readonly (string | Buffer)[]]>([
    ['sends bytes of no kind', [Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919) % 256)), '\n']],
    ['sends no JSON', ['GET / HTTP/1.1\r\n\r\n']],
    ['sends a message that is no object', ['42\n']],
    ['sends a type that is none', ['{"type":"toString"}\n']],
    ['does not say hello first', ['{"type":"status"}\n']],
    ['says hello twice', [HELLO, HELLO]],
    ['sends a message that lacks something', [HELLO, '{"type":"open","target":{"host":"x"}}\n']],
    ['sends a list for an object', [HELLO, '{"type":"open","target":[],"options":{}}\n']],
    ['sends a command without a session', [HELLO, '{"type":"command","command":"reload"}\n']],
    ['speaks another version', ['{"type":"hello","protocol":2}\n']],
    ['sends a message without an end', [HELLO, Buffer.alloc(9 * 1024 * 1024, 'x')]],
    ['sends lists in lists in lists', [HELLO, `${'['.repeat(500_000)}${']'.repeat(500_000)}\n`]],
  ])('%s', async (_what, pieces) => {
    const agent = await own.agent();
    const withEnd =
      pieces.at(-1)?.toString().includes('"command"') || pieces[1] === HELLO ? [...pieces, '!\n'] : pieces;
    const said = await say(agent, ...withEnd);
    expect(said.replaceAll(/^\{"type":"(hello|failed)".*\}\n/gm, '')).toBe('');
    await works(agent);
  });
});

test.each<[string, object, RegExp]>([
  ['a target without a host', { host: 7, platform: 'cisco_ios' }, /host must be a name or an address/],
  ['a password that is no secret', { host: 'h', platform: 'cisco_ios', password: 'x' }, /must be a Secret/],
  ['a platform that is none', { host: 'h', platform: 'nope' }, /nope/],
  ['clocks that are none', { host: 'h', platform: 'cisco_ios', timeouts: { totalMs: 'x' } }, /totalMs/],
])('%s is told to the caller, and does the agent no harm', async (_what, wrong, says) => {
  const agent = await own.agent();
  const error = await failure(connectThroughAgent(agent.address, wrong as never));
  expect(error.message).toMatch(says);
  await works(agent);
});

test('what is no plain data is refused before it is sent', async () => {
  const agent = await own.agent();
  const wrong = { host: 'h', platform: 'cisco_ios', ssh: { keyFile: new Map() } };
  const error = await failure(connectThroughAgent(agent.address, wrong as never));
  expect(error.message).toMatch(/target\.ssh\.keyFile cannot go to the agent: expected plain data/);
});

test('a second command before the first is answered ends that client, and not the session of another', async () => {
  const agent = await own.agent();
  const lab = await own.lab([{ commandMs: 100 }]);
  const { host, port } = target(lab.devices[0]);
  const secret = { $secret: 'cisco' };
  const device = { host, port, username: 'cisco', platform: 'cisco_ios', password: secret, secret };
  const open = `${JSON.stringify({ type: 'open', target: device, options: { hostKeys: { policy: 'off' } } })}\n`;
  const command = '{"type":"command","command":"show clock"}\n';
  const said = await say(agent, HELLO, open, command, command);
  expect(said).not.toMatch(/answered/);
  await works(agent);
});
