import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret, type SessionTarget } from 'rollcall/session';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Agent, agentPlace, connectThroughAgent, startAgent } from '#dist/agent/index.js';
import type { RealDevice } from './devices.mjs';
import { realDevicesOrSkip } from './use.ts';

const folder = mkdtempSync(join(tmpdir(), 'rc-agent-'));
const real = realDevicesOrSkip();
let agent: Agent;
beforeAll(async () => {
  vi.stubEnv('HOME', folder);
  vi.stubEnv('XDG_STATE_HOME', folder);
  vi.stubEnv('SSH_AUTH_SOCK', '');
  agent = await startAgent({ place: agentPlace({ ROLLCALL_AGENT: join(folder, 'a', 'agent.sock') }) });
});
afterAll(async () => {
  await agent.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function target({ host, port, transport, username, password, secret, platform }: RealDevice): SessionTarget {
  const own = { username, password: new Secret(password), ...(secret && { secret: new Secret(secret) }) };
  return { host, port, transport, platform: platform.replace(/_telnet$/, ''), ...own };
}

async function call(device: SessionTarget, command: string): Promise<string> {
  await using session = await connectThroughAgent(agent.address, device);
  return (await session.sendCommand(command)).output;
}

/** How many logins by password the servers' own logs tell of. */
const logins = (): number =>
  readdirSync(real().folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.log'))
    .map((name) => readFileSync(join(real().folder, name), 'utf8'))
    .reduce(
      (sum, text) => sum + (text.match(/Accepted (?:password|keyboard-interactive)|auth succeeded/g) ?? []).length,
      0,
    );

describe.each(['vtysh', 'shell', 'dropbear'] as const)('over SSH: %s', (kind) => {
  test('several calls have one login, by the server’s own log', async () => {
    const before = logins();
    const command = kind === 'vtysh' ? 'show version' : 'echo $SSH_CONNECTION';
    const answers = [];
    for (let round = 0; round < 3; round++) answers.push(await call(target(real().device(kind)), command));
    expect(answers[0]).toMatch(kind === 'vtysh' ? /^FRRouting/ : /^127\.0\.0\.1 \d+ 127\.0\.0\.1 \d+$/);
    expect(new Set(answers).size).toBe(1);
    expect(logins() - before).toBe(1);
  });
});

test('over telnet: FRRouting’s own command line keeps its session', async () => {
  const device = target(real().device('zebra'));
  await call(device, 'show version');
  const who = await call(device, 'who');
  expect(await call(device, 'who')).toBe(who);
});

test('a shell that was left in another folder is not given to the next call', async () => {
  const device = target(real().device('shell'));
  const home = await call(device, 'pwd');
  await call(device, 'cd /');
  expect(await call(device, 'pwd')).toBe(home);
});

test('keyboard-interactive logs in once as well', async () => {
  const before = logins();
  const device = target(real().keyboardInteractive);
  expect(await call(device, 'echo one')).toBe('one');
  expect(await call(device, 'echo two')).toBe('two');
  expect(logins() - before).toBe(1);
});

test('a wrong password is refused by the server though a session is open', async () => {
  const device = target(real().device('shell'));
  await call(device, 'true');
  const wrong = call({ ...device, password: new Secret('guess') }, 'true');
  await expect(wrong).rejects.toMatchObject({ name: 'AuthenticationError', code: 'authentication' });
});

test('a session whose server has ended is opened anew', async () => {
  const device = target(real().device('shell'));
  await call(device, 'true');
  const before = logins();
  await real().restartSshd();
  await vi.waitFor(async () => expect(await call(device, 'echo back')).toBe('back'), { timeout: 5_000 });
  expect(logins() - before).toBe(1);
});
